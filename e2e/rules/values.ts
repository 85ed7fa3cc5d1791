/** Values that are right, that are wrong, and that stand at the edge of both. */
import fc from "fast-check";

type Input = Readonly<Record<string, unknown>>;

/** One seed, so that the objects are the same on every machine. */
const SEED = 20_261_125;

/** Values for one field of an input. */
export interface FieldValues {
  readonly field: string;
  readonly values: readonly unknown[];
  /** What else the input has. */
  readonly with?: Input;
}

export const of = (field: string, values: readonly unknown[], more?: Input): FieldValues => ({
  field,
  values,
  ...(more === undefined ? {} : { with: more }),
});

/** An input for each value. */
export function oneByOne(fields: readonly FieldValues[]): { title: string; input: Input }[] {
  return fields.flatMap(({ field, values, with: more }) =>
    values.map((value) => ({
      title: `${field} ${JSON.stringify(value)?.slice(0, 120)}`,
      input: { ...more, [field]: value },
    })),
  );
}

/** Inputs of several fields at once, each with a value at random. */
export function atRandom(fields: readonly FieldValues[], count: number): { title: string; input: Input }[] {
  const byField = new Map<string, unknown[]>();
  for (const { field, values, with: more = {} } of fields) {
    for (const [name, value] of [...values.map((value) => [field, value] as const), ...Object.entries(more)]) {
      byField.set(name, [...(byField.get(name) ?? []), value]);
    }
  }
  const some = fc.record(Object.fromEntries([...byField].map(([name, values]) => [name, fc.constantFrom(...values)])), {
    requiredKeys: [],
  });
  return fc
    .sample(fc.tuple(some, fc.subarray([...byField.keys()], { minLength: 1, maxLength: 4 })), {
      seed: SEED,
      numRuns: count,
    })
    .map(([input, names], index) => ({
      title: `random ${index + 1}`,
      input: Object.fromEntries(Object.entries(input).filter(([name]) => names.includes(name))),
    }));
}

/** A map of this many entries. */
export function entries(count: number, value: unknown = "a"): Input {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, value]));
}

/** The same item over and over. */
export function times<T>(count: number, item: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

export const QUANTITIES = [
  "2",
  "0",
  "1.",
  ".5",
  "1.5",
  "500m",
  "100n",
  "100u",
  "4k",
  "4Ki",
  "1Ei",
  "1E",
  "1e3",
  "1E-3",
  "1e.5",
  "1e1.5",
  "1e5.",
  "1e30",
  "-1",
  "+1",
  "-1.5Gi",
  "-500m",
  "",
  " ",
  "4 Gi",
  "4GB",
  "Gi",
  "1ki",
  "1i",
  "two",
  "1e",
  "--1",
  "0x10",
  "1,5",
  "4Gi ",
  ".",
];
export const NAMES = [
  "a",
  "A",
  "a-b",
  "a_b.c",
  "example.com/a",
  "a.b.c/D",
  "1/2",
  "example.com/a_b",
  "x".repeat(63),
  "x".repeat(64),
  "x".repeat(100),
  `example.com/${"x".repeat(64)}`,
  `${"x".repeat(254)}/a`,
  "0",
  "",
  "-a",
  "a-",
  "a b",
  "a/b/c",
  "/a",
  "a/",
  "Example.com/a",
  "a..b/c",
  "-a.com/b",
  "ä",
  "a\n",
  "_",
  ".a",
];
export const DURATIONS = [
  "0s",
  "30s",
  "10m",
  "720h",
  "1h30m",
  "1h1h",
  "90s30s",
  "00h",
  "Never",
  "",
  "30",
  "30d",
  "1.5h",
  "never",
  " 30s",
  "30s ",
  "1h 30m",
  "-1h",
  "s",
  "30ms",
  "10mx",
  "x10m",
  "NeverX",
  "xNever",
  "1h30",
  "999999h",
  "1000000h",
  "99999999m",
  "9999999999s",
  "1h1h1h1h1h1h1h1h1h1h1h",
];
export const DOMAINS = [
  "karpenter.sh/capacity-type",
  "karpenter.sh/nodepool",
  "karpenter.sh/other",
  "karpenter.sh",
  "sub.karpenter.sh/a",
  "mykarpenter.sh/a",
  "karpenter.sh.example.com/a",
  "example.com/karpenter.sh",
  "kubernetes.io/hostname",
  "kubernetes.io/arch",
  "kubernetes.io/os",
  "kubernetes.io/other",
  "kubernetes.io",
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/other",
  "beta.kubernetes.io/instance-type",
  "beta.kubernetes.io/os",
  "beta.kubernetes.io/arch",
  "beta.kubernetes.io/other",
  "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "node.kubernetes.io/instance-type",
  "node.kubernetes.io/windows-build",
  "node.kubernetes.io/other",
  "x.node.kubernetes.io/a",
  "node-restriction.kubernetes.io/a",
  "team.node-restriction.kubernetes.io/a",
  "mynode.kubernetes.io/a",
  "kops.k8s.io/a",
  "x.kops.k8s.io/a",
  "k8s.io/a",
  "other.k8s.io/a",
  "myk8s.io/a",
  "k8s.io.example.com/a",
];
const AWS_LABELS = [
  "capacity-reservation-id",
  "capacity-reservation-interruptible",
  "capacity-reservation-type",
  "ec2nodeclass",
  "instance-accelerator-count",
  "instance-accelerator-manufacturer",
  "instance-accelerator-name",
  "instance-capability-flex",
  "instance-category",
  "instance-cpu",
  "instance-cpu-manufacturer",
  "instance-cpu-sustained-clock-speed-mhz",
  "instance-ebs-bandwidth",
  "instance-encryption-in-transit-supported",
  "instance-family",
  "instance-generation",
  "instance-gpu-count",
  "instance-gpu-manufacturer",
  "instance-gpu-memory",
  "instance-gpu-name",
  "instance-hypervisor",
  "instance-local-nvme",
  "instance-memory",
  "instance-network-bandwidth",
  "instance-size",
  "instance-tenancy",
  "placement-group-id",
  "placement-group-partition",
];
/** Labels of the AWS provider's domain; the definitions of Karpenter's core do not speak of it. */
export const AWS_DOMAIN = [
  ...AWS_LABELS.map((name) => `karpenter.k8s.aws/${name}`),
  "karpenter.k8s.aws/other",
  "karpenter.k8s.aws",
  "x.karpenter.k8s.aws/a",
  "mykarpenter.k8s.aws/instance-cpu",
  "karpenter.k8s.aws.example.com/a",
];
export const COUNTS = (from: number, to: number): unknown[] => [from, to, from - 1, to + 1, from + 0.5, String(from)];
export const TAGS: readonly Input[] = [
  { a: "b" },
  { a: "*" },
  { "*": "x" },
  { a: "" },
  { "": "b" },
  { "": "" },
  { a: "b", c: "" },
  entries(20),
  entries(21),
  {},
];

/** Labels and annotations of an object itself, right and wrong; of a wrong type the server says no field. */
export const METADATA: readonly unknown[] = [
  {},
  { labels: {}, annotations: {} },
  { labels: { a: "b", "example.com/a": "", "a.b_c-d": "x.y_z-0" } },
  { annotations: { "example.com/a": "any text: {}\n", a: "" } },
  ...["a b", "-a", "a-", "a/b/c", "/a", "a/", "", "a".repeat(64), "_"].flatMap((key) => [
    { labels: { [key]: "a" } },
    { annotations: { [key]: "a" } },
  ]),
  ...["a b", "-a", "a-", "a/b", "a".repeat(64), "_"].map((value) => ({ labels: { a: value } })),
];
