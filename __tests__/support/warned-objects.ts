import { Token } from "cdktf";
import type { NodePool, Requirement } from "../../lib/node-objects/node-pool";
import { variable, variableFlag } from "./tokens";

/** NodePools and node classes that are warned of, and ones at their edge that are right: for synth and plan alike. */
export const ALIAS = "al2023@v20260714";
export const LIMITS = { cpu: "100" };
/** A pool that nothing is told of. */
export const RIGHT: NodePool = { limits: LIMITS, terminationGracePeriod: "1h" };

/** Of each warning, objects that it speaks of and ones at their edge that are right. */
export type Table = readonly (readonly [id: string, wrong: readonly object[], right: readonly object[]])[];

const ebs = (given: object) => ({
  amiSelectorTerms: [{ alias: ALIAS }],
  blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: "100Gi", ...given } }],
});
/** A disk that no family starts from. */
const besideRoot = (given: object) => ({
  amiSelectorTerms: [{ alias: ALIAS }],
  blockDeviceMappings: [{ deviceName: "/dev/xvdf", ebs: { volumeSize: "500Gi", ...given } }],
});
const devices = (alias: string, ...names: string[]) => ({
  amiSelectorTerms: [{ alias }],
  blockDeviceMappings: names.map((deviceName) => ({ deviceName, ebs: { volumeSize: "100Gi" } })),
});
const amis = (amiFamily: string, term: object) => ({ amiFamily, amiSelectorTerms: [term] });
export const TOKEN = variable("x");

export const CLASSES: Table = [
  [
    "karpenter-volume-device",
    [
      devices("bottlerocket@1.51.0", "/dev/xvda"),
      devices("al2023@v20260714", "/dev/sda1"),
      devices("al2023@v20260714", "/dev/xvda", "/dev/sda1"),
      { ...devices("al2023@v20260714", "/dev/sda1"), ...amis("AL2", { id: "ami-0" }) },
      { ...devices("al2023@v20260714", "/dev/xvda"), ...amis("Windows2022", { id: "ami-0" }) },
    ],
    [
      devices("bottlerocket@1.51.0", "/dev/xvda", "/dev/xvdb"),
      devices("bottlerocket@1.51.0", "/dev/xvdb"),
      devices("bottlerocket@1.51.0", TOKEN),
      devices(TOKEN, "/dev/sda1"),
      devices("al2023@v20260714", "/dev/xvda", "/dev/xvdb"),
      { ...devices("al2023@v20260714", "/dev/sda1"), ...amis("Windows2022", { id: "ami-0" }) },
      { ...devices("al2023@v20260714", "/dev/sda1"), ...amis("Custom", { id: "ami-0" }) },
    ],
  ],
  [
    "karpenter-key-without-encryption",
    [ebs({ kmsKeyID: "alias/nodes" }), ebs({ kmsKeyID: "alias/nodes", encrypted: false }), ebs({ kmsKeyID: TOKEN })],
    [
      ebs({ kmsKeyID: "alias/nodes", encrypted: true }),
      ebs({ kmsKeyID: "alias/nodes", encrypted: variableFlag("x") }),
      ebs({ encrypted: false }),
    ],
  ],
  [
    "karpenter-volume-limits",
    [
      ebs({ iops: 256_001 }),
      ebs({ volumeType: TOKEN, iops: 99 }),
      ebs({ throughput: 2_001 }),
      ebs({ volumeSize: "65537Gi" }),
      ebs({ volumeType: "gp3", iops: 100_000 }),
      ebs({ volumeType: "gp3", iops: 2_999 }),
      ebs({ volumeType: "gp3", iops: 50_001 }),
      ebs({ volumeType: "gp3", throughput: 2_001, iops: 16_000 }),
      ebs({ volumeType: "gp3", throughput: 124 }),
      ebs({ volumeType: "gp3", throughput: 751 }),
      ebs({ volumeType: "gp3", volumeSize: "64001Gi", iops: 80_001 }),
      ebs({ volumeType: "io1", iops: 5_001 }),
      ebs({ volumeType: "io1" }),
      ebs({ volumeType: "io2", iops: 100_001 }),
      ebs({ volumeType: "io2", volumeSize: "3Gi", iops: 100 }),
      ebs({ volumeType: "io2", iops: 1_000, throughput: 200 }),
      ebs({ volumeType: "gp2", iops: 3_000 }),
      ebs({ volumeType: "gp2", volumeSize: "17Ti" }),
      ebs({ volumeType: "st1" }),
      ebs({ volumeType: "sc1", volumeSize: "500G", throughput: 200 }),
      ebs({ volumeType: "standard", volumeSize: "2T" }),
    ],
    [
      ebs({ volumeType: "gp3" }),
      ebs({ volumeType: "gp3", iops: 50_000 }),
      ebs({ volumeType: "gp3", volumeSize: "1Gi", iops: 3_000, throughput: 750 }),
      ebs({ volumeType: "gp3", iops: 8_000, throughput: 2_000 }),
      ebs({ volumeType: "gp3", iops: Token.asNumber(variableFlag("x")), throughput: 2_000 }),
      ebs({ volumeType: "gp3", volumeSize: TOKEN, iops: 80_000 }),
      ebs({ volumeType: "io1", iops: 5_000 }),
      ebs({ volumeType: "io2", iops: 100_000 }),
      besideRoot({ volumeType: "st1", volumeSize: "125Gi" }),
      ebs({ volumeType: "standard", volumeSize: "1Ti" }),
      ebs({ volumeType: TOKEN, iops: 100 }),
      ebs({ iops: 256_000, throughput: 2_000 }),
    ],
  ],
  [
    "karpenter-ami-family",
    [
      amis("AL2023", { name: "amazon-eks-node-1.30-v20240807" }),
      amis("AL2023", { name: "amazon-eks-gpu-node-1.30-v20240807" }),
      amis("AL2", { name: "amazon-eks-node-al2023-x86_64-standard-1.35-v20260714" }),
      amis("AL2", { ssmParameter: "/aws/service/bottlerocket/aws-k8s-1.35/x86_64/1.51.0/image_id" }),
      amis("Windows2019", { name: "Windows_Server-2022-English-Core-EKS_Optimized-1.35-2026.04.18" }),
    ],
    [
      amis("AL2", { name: "amazon-eks-node-1.30-v20240807" }),
      amis("AL2023", { name: "amazon-eks-node-al2023-x86_64-standard-1.35-v20260714" }),
      amis("Bottlerocket", { ssmParameter: "/aws/service/bottlerocket/aws-k8s-1.35/x86_64/1.51.0/image_id" }),
      amis("Custom", { name: "amazon-eks-node-1.30-v20240807" }),
      amis("AL2023", { name: "our-own-1" }),
      amis("AL2023", { name: TOKEN }),
      amis(TOKEN, { name: "amazon-eks-node-1.30-v20240807" }),
    ],
  ],
  [
    "karpenter-ami-wildcard",
    [
      amis("AL2023", { name: "amazon-eks-node-*" }),
      amis("AL2023", { name: "amazon-eks-node-al2023-x86_64-standard-1.35-v*" }),
      amis("Bottlerocket", { name: "bottlerocket-aws-k8s-1.35-x86_64-v1.5?.0-*" }),
    ],
    [
      amis("AL2023", { name: "amazon-eks-node-al2023-*-standard-1.35-v20260714" }),
      amis("AL2023", { name: "our-own-*" }),
      amis("AL2023", { name: TOKEN }),
    ],
  ],
  [
    "karpenter-ami-release",
    [
      { amiSelectorTerms: [{ alias: "al2023@v20251108" }] },
      { amiSelectorTerms: [{ alias: "al2@v20251108" }] },
      { amiSelectorTerms: [{ alias: "bottlerocket@1.28.0" }] },
    ],
    [
      { amiSelectorTerms: [{ alias: "al2023@v20260714" }] },
      { amiSelectorTerms: [{ alias: "bottlerocket@1.51.0" }] },
      { amiSelectorTerms: [{ alias: TOKEN }] },
    ],
  ],
  ["karpenter-hop-limit", [{ metadataOptions: { httpPutResponseHopLimit: 2 } }], [{ metadataOptions: {} }]],
  ["karpenter-latest-ami", [{ allowLatestAmi: true, amiSelectorTerms: [{ alias: "al2023@latest" }] }], [{}]],
];

export const requires = (key: string, ...values: unknown[]) => ({ key, operator: "In", values });
export const TYPE = "node.kubernetes.io/instance-type";
const FAMILY = "karpenter.k8s.aws/instance-family";
const SPOT = requires("karpenter.sh/capacity-type", "spot");

export const POOLS: Table = [
  [
    "karpenter-narrow-spot",
    [{ requirements: [SPOT, requires(TYPE, "m5.large")] }, { requirements: [SPOT, requires(FAMILY, "m5")] }],
    [
      { requirements: [SPOT, requires(TYPE, "m5.large", "m6i.large")] },
      { requirements: [SPOT] },
      { requirements: [requires(TYPE, "m5.large")] },
      { requirements: [requires("karpenter.sh/capacity-type", "spot", "on-demand"), requires(TYPE, "m5.large")] },
      { requirements: [requires("karpenter.sh/capacity-type", TOKEN), requires(TYPE, "m5.large")] },
    ],
  ],
  [
    "karpenter-impossible-requirements",
    [
      { requirements: [requires(TYPE, "m5large")] },
      { requirements: [requires(TYPE, "M5.large", "m5")] },
      { requirements: [requires("topology.kubernetes.io/zone", "eu-north-1")] },
      { requirements: [requires("karpenter.k8s.aws/instance-category", "m5")] },
    ],
    [
      { requirements: [requires(TYPE, "m5large", "m5.large", "u-6tb1.112xlarge", "m7i.metal-24xl")] },
      { requirements: [requires("topology.kubernetes.io/zone", "eu-north-1a", "us-east-1-bos-1a")] },
      { requirements: [requires("topology.kubernetes.io/zone", "us-east-1-wl1-bos-wlz-1")] },
      { requirements: [requires("topology.kubernetes.io/zone", "us-gov-west-1a")] },
    ],
  ],
  [
    "karpenter-no-termination-grace-period",
    [{ terminationGracePeriod: undefined }],
    [{ terminationGracePeriod: TOKEN }],
  ],
  ["karpenter-no-limits", [{ limits: undefined }], [{ limits: { nodes: "1" } }]],
  [
    "karpenter-no-budget",
    [
      { disruption: { consolidateAfter: "1m" } },
      { disruption: { budgets: [{ nodes: "1", reasons: ["Drifted"] }] } },
      { disruption: { consolidationPolicy: "WhenEmpty", budgets: [{ nodes: "1", reasons: ["Empty"] }] } },
    ],
    [
      { disruption: { consolidateAfter: "Never" } },
      { disruption: { budgets: [{ nodes: "1", reasons: ["Drifted", "Underutilized"] }] } },
      { disruption: { budgets: [{ nodes: "1", reasons: ["Drifted"] }, { nodes: "10%" }] } },
      {
        disruption: {
          budgets: [
            { nodes: "1", reasons: ["Drifted"] },
            { nodes: "1", reasons: ["Underutilized"] },
          ],
        },
      },
      { disruption: { consolidationPolicy: "WhenEmpty", budgets: [{ nodes: "1", reasons: ["Drifted"] }] } },
      { disruption: { budgets: [{ nodes: "1", reasons: [TOKEN] }] } },
      { disruption: { budgets: TOKEN } },
    ],
  ],
];

/** The `spec` of a NodePool from typed fields. */
const poolSpec = ({ requirements, terminationGracePeriod, ...rest }: Record<string, unknown>) => ({
  ...rest,
  template: { spec: { requirements, terminationGracePeriod } },
});

/** Inputs of the same object said typed, in its spec, and as a manifest. */
export function threeWays(kind: "NodePool" | "EC2NodeClass", of: object) {
  const pool = kind === "NodePool";
  const spec = pool ? poolSpec(of as Record<string, unknown>) : of;
  const named = (object: object) => ({
    nodePools: {},
    nodeClasses: {},
    [pool ? "nodePools" : "nodeClasses"]: { a: object },
  });
  return [
    named(of),
    named({ spec, ...("allowLatestAmi" in of ? { allowLatestAmi: of.allowLatestAmi } : {}) }),
    { nodePools: {}, nodeClasses: {}, manifests: [{ kind, metadata: { name: "a" }, spec }] },
  ];
}

export const need = (operator: Requirement["operator"], ...values: string[]): Requirement => ({
  key: "a",
  operator,
  values,
});

/** Two requirements that no instance type meets together. */
export const IMPOSSIBLE: readonly [Requirement, Requirement][] = [
  [need("In", "x"), need("In", "y", "z")],
  [need("In", "x", "y"), need("NotIn", "y", "x")],
  [need("NotIn", "x"), need("In", "x")],
  [need("Gt", "4"), need("Lt", "5")],
  [need("Gte", "5"), need("Lte", "4")],
  [need("Lt", "1"), need("Gte", "1")],
  [need("In", "2", "x"), need("Gt", "2")],
  [need("Lte", "7"), need("In", "8")],
  [need("Exists"), need("DoesNotExist")],
  [need("DoesNotExist"), need("In", "x")],
  [need("Gt", "0"), need("DoesNotExist")],
];

/** Two requirements that some instance type may meet. */
export const POSSIBLE: readonly [Requirement, Requirement][] = [
  [need("In", "x", "y"), need("In", "y", "z")],
  [need("In", "x", "y"), need("NotIn", "x")],
  [need("Gt", "4"), need("Lt", "6")],
  [need("Gte", "5"), need("Lte", "5")],
  [need("In", "2", "3"), need("Gt", "2")],
  [need("NotIn", "x"), need("DoesNotExist")],
  [need("Exists"), need("Gt", "1")],
  [need("NotIn", "x"), need("Gt", "1")],
  [need("In", variable("x")), need("In", "y")],
  [need("In", "x"), { key: "b", operator: "In", values: ["y"] }],
];
