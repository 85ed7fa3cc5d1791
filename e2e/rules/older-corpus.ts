/** Whole objects of the APIs before v1: the values of the corpus where those APIs have them, and their own. */
import { CORPUS, type RuleCase } from "./corpus";
import { COUNTS, DURATIONS, of, oneByOne, QUANTITIES, TAGS } from "./values";

/** The kinds of the APIs before v1, and how their releases write them. */
export const OLDER_KINDS = {
  "NodePool v1beta1": { apiVersion: "karpenter.sh/v1beta1", kind: "NodePool" },
  "EC2NodeClass v1beta1": { apiVersion: "karpenter.k8s.aws/v1beta1", kind: "EC2NodeClass" },
  Provisioner: { apiVersion: "karpenter.sh/v1alpha5", kind: "Provisioner" },
  AWSNodeTemplate: { apiVersion: "karpenter.k8s.aws/v1alpha1", kind: "AWSNodeTemplate" },
} as const;
export type OlderKind = keyof typeof OLDER_KINDS;

/** One object, as its `spec`. */
export interface OlderCase {
  readonly kind: OlderKind;
  readonly title: string;
  readonly spec: Fields;
}

type Fields = Readonly<Record<string, unknown>>;

/** Inputs of the corpus that are in no words of ours. */
const inputs = (kind: RuleCase["kind"]): { title: string; input: Fields }[] =>
  CORPUS.filter((item) => item.kind === kind).filter(
    ({ name, input }) =>
      name === undefined && !["spec", "metadata", "nodeClass", "amiAlias"].some((word) => word in input),
  );
const some = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function betaPool({ labels, annotations, requirements = [], taints, startupTaints, ...input }: Fields): Fields {
  const { kubelet, nodeClassRef = { name: "a" }, expireAfter, disruption, terminationGracePeriod, ...rest } = input;
  const spec = some({ nodeClassRef, requirements, taints, startupTaints, kubelet, terminationGracePeriod });
  return some({
    template: some({ metadata: labels || annotations ? some({ labels, annotations }) : undefined, spec }),
    disruption: expireAfter === undefined ? disruption : { expireAfter, ...(disruption as Fields | undefined) },
    ...rest,
  });
}
const betaClass = (input: Fields): Fields => ({
  amiFamily: "AL2",
  ...("instanceProfile" in input ? {} : { role: "nodes" }),
  subnetSelectorTerms: [{ id: "subnet-0" }],
  securityGroupSelectorTerms: [{ id: "sg-0" }],
  ...input,
});
const provisioner = ({ kubelet, limits, ...input }: Fields): Fields =>
  some({
    providerRef: { name: "a" },
    ...input,
    limits: limits === undefined ? undefined : { resources: limits },
    kubeletConfiguration: kubelet,
  });
const nodeTemplate = (input: Fields): Fields => ({
  subnetSelector: { a: "b" },
  securityGroupSelector: { a: "b" },
  ...input,
});

const kubelets = inputs("EC2NodeClass").filter(({ input }) => "kubelet" in input);
const own = (
  kind: OlderKind,
  make: (input: Fields) => Fields,
  ...given: readonly { title: string; input: Fields }[][]
): OlderCase[] => given.flat().map(({ title, input }) => ({ kind, title, spec: make(input) }));

/** What an AWSNodeTemplate says in the words of an EC2NodeClass. */
const SHARED = [
  "blockDeviceMappings",
  "context",
  "detailedMonitoring",
  "instanceProfile",
  "metadataOptions",
  "tags",
  "userData",
];

const POLICIES = ["WhenEmpty", "WhenUnderutilized", "WhenEmptyOrUnderutilized", "whenEmpty", ""];
const DISRUPTIONS = [
  ...POLICIES.flatMap((consolidationPolicy) =>
    ["0s", "30s", "Never", undefined].map((consolidateAfter) => some({ consolidationPolicy, consolidateAfter })),
  ),
  ...DURATIONS.filter((value) => value !== "").map((expireAfter) => ({ expireAfter })),
  { terminationGracePeriod: "1h" },
];
const REFERENCES = [
  { apiVersion: "karpenter.k8s.aws/v1beta1", kind: "EC2NodeClass", name: "a" },
  { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "a" },
  { kind: "EC2NodeClass" },
  { name: 5 },
  {},
];
const FAMILIES = ["AL2", "AL2023", "Bottlerocket", "Custom", "Ubuntu", "Windows2019", "Windows2025", "ubuntu", ""];
const RESERVED = [1, 0, 1.5, "1", true].flatMap((cpu) => [{ kubeReserved: { cpu } }, { systemReserved: { cpu } }]);
const byId = [{ id: "ami-1" }];

/** All of them, always the same. */
export const OLDER_CORPUS: readonly OlderCase[] = [
  ...own(
    "NodePool v1beta1",
    betaPool,
    inputs("NodePool"),
    kubelets.map(({ title, input: { kubelet } }) => ({ title, input: { kubelet } })),
    oneByOne([
      of("disruption", DISRUPTIONS),
      of("nodeClassRef", REFERENCES),
      of("kubelet", RESERVED),
      of("expireafter", ["1h"]),
      of("consolidation", [{ enabled: true }]),
      of("ttlSecondsAfterEmpty", [30]),
    ]),
  ),
  ...own(
    "EC2NodeClass v1beta1",
    betaClass,
    inputs("EC2NodeClass"),
    oneByOne([
      of("amiFamily", FAMILIES),
      of("amiFamily", FAMILIES, { amiSelectorTerms: byId }),
      of("amiSelectorTerms", [[], [{ id: "ami-1", name: "a" }], [{ id: "ami-1", name: "a" }, { name: "b" }]]),
      of("tags", [{ "karpenter.sh/managed-by": "a" }, { "eks:eks-cluster-name": "a" }]),
      of("subnetSelector", [{ a: "b" }]),
      of("launchTemplate", ["own"]),
    ]),
  ),
  ...own(
    "Provisioner",
    provisioner,
    inputs("NodePool").filter(({ input }) => !["disruption", "expireAfter"].some((word) => word in input)),
    kubelets.map(({ title, input: { kubelet } }) => ({ title, input: { kubelet } })),
    oneByOne([
      of("kubelet", [...RESERVED, { containerRuntime: "containerd" }, { containerRuntime: 1 }]),
      of("consolidation", [{ enabled: true }, { enabled: "true" }, {}, { enable: true }, true]),
      of("ttlSecondsAfterEmpty", COUNTS(0, 30)),
      of("ttlSecondsUntilExpired", COUNTS(0, 2_592_000)),
      of("providerRef", [...REFERENCES, { name: "a", apiVersion: "karpenter.k8s.aws/v1alpha1" }]),
      of("provider", [{}, { subnetSelector: { a: "b" }, any: [1] }, "a", []], { providerRef: undefined }),
      of("limits", [{ cpu: "1" }, ...QUANTITIES.slice(0, 8).map((memory) => ({ memory }))]),
      of("template", [{}]),
      of("disruption", [{}]),
      of("expireAfter", ["1h"]),
    ]),
  ),
  ...own(
    "AWSNodeTemplate",
    nodeTemplate,
    inputs("EC2NodeClass").filter(({ input }) => Object.keys(input).every((name) => SHARED.includes(name))),
    oneByOne([
      of("amiFamily", FAMILIES),
      of("amiFamily", [...FAMILIES, 5], { amiSelector: { "aws-ids": "ami-1" } }),
      ...["amiSelector", "subnetSelector", "securityGroupSelector"].map((name) =>
        of(name, [...TAGS, { a: 5 }, { "aws-ids": "x-1,x-2" }, ["x-1"], "a"]),
      ),
      of("launchTemplate", ["own", 5]),
      of("launchTemplate", ["own"], { securityGroupSelector: undefined }),
      of("apiVersion", ["karpenter.k8s.aws/v1alpha1", 5]),
      of("kind", ["AWSNodeTemplate"]),
      of("subnetSelectorTerms", [[{ id: "subnet-1" }]]),
      of("role", ["a"]),
      of("kubelet", [{}]),
      of("subnetselector", [{ a: "b" }]),
    ]),
  ),
].map(({ spec, ...item }) => ({ ...item, spec: some(spec) }));
