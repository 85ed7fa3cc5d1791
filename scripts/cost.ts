/** What the controller costs on Fargate, for docs/cost.md. */

/** Dollars an hour in us-east-1, June 2026. https://aws.amazon.com/fargate/pricing/ */
export const FARGATE_PRICES = { vcpu: 0.04048, gigabyte: 0.004445 } as const;

const HOURS_A_MONTH = 730;
/** What Fargate adds to a pod's memory for the kubelet, kube-proxy and containerd, in GiB. */
const OVERHEAD = 0.25;

/** vCPU, and the memory that Fargate has with it, in GB: the least, the most, and the steps between. */
const SIZES = [
  { vcpu: 0.25, memory: [0.5, 1, 2] },
  { vcpu: 0.5, memory: range(1, 4) },
  { vcpu: 1, memory: range(2, 8) },
  { vcpu: 2, memory: range(4, 16) },
  { vcpu: 4, memory: range(8, 30) },
] as const;

/** What a pod is billed as. */
export interface FargateSize {
  readonly vcpu: number;
  readonly gigabytes: number;
}

/**
 * The size that Fargate gives a pod.
 * https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
 *
 * @param cpu what the pod asks for, in vCPU
 * @param memory what the pod asks for, in GiB
 */
export function fargateSize(cpu: number, memory: number): FargateSize {
  for (const size of SIZES) {
    const gigabytes = size.memory.find((candidate) => candidate >= memory + OVERHEAD);
    if (size.vcpu >= cpu && gigabytes !== undefined) {
      return { vcpu: size.vcpu, gigabytes };
    }
  }
  throw new Error(
    `"${cpu} vCPU and ${memory} GiB" is no size that Fargate has, but must be at most 4 vCPU and 29.75 GiB`,
  );
}

/** Dollars a month for so many pods of a size. */
export function monthly({ vcpu, gigabytes }: FargateSize, pods: number): number {
  return (vcpu * FARGATE_PRICES.vcpu + gigabytes * FARGATE_PRICES.gigabyte) * HOURS_A_MONTH * pods;
}

/** Sizes of the controller that are worth comparing, as `controller_size` says them; the default first. */
const COMPARED = [
  { cpu: "1", memory: "1Gi", vcpu: 1, gibibytes: 1 },
  { cpu: "250m", memory: "512Mi", vcpu: 0.25, gibibytes: 0.5 },
  { cpu: "500m", memory: "768Mi", vcpu: 0.5, gibibytes: 0.75 },
  { cpu: "1", memory: "1792Mi", vcpu: 1, gibibytes: 1.75 },
  { cpu: "2", memory: "3840Mi", vcpu: 2, gibibytes: 3.75 },
] as const;

/** The table of docs/cost.md. */
export function costTable(): string {
  const head = ["`controller_size`", "Billed as", "One replica", "Two replicas"];
  const rows = COMPARED.map(({ cpu, memory, vcpu, gibibytes }) => {
    const size = fargateSize(vcpu, gibibytes);
    return [
      `cpu \`${cpu}\`, memory \`${memory}\``,
      `${size.vcpu} vCPU, ${size.gigabytes} GB`,
      monthly(size, 1).toFixed(2),
      monthly(size, 2).toFixed(2),
    ];
  });
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
