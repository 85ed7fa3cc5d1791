/** Every kind of bad input to NodePools and their classes, with the answer to it at synth and at plan. */
import { JUDGED_CASES } from "./judged-cases";
import { mistyped, wrong, type PartCase, type PartPatch } from "./part-case";

// The same name twice is no case: a map has a name once. TypeScript refuses a literal that repeats it, and Terraform takes the
// last one, before any rule is asked. Of pools, classes and overlays, each kind has names of its own.

const ALIAS = "al2023@v20260714";
const ROLE = "arn:aws:iam::123456789012:role/nodes";

/** Properties that are right. */
export const GOOD_NODE_POOLS: PartPatch = {
  nodePools: { default: {} },
  nodeClasses: { default: { amiAlias: ALIAS } },
  nodeClassDefaults: {
    role: "nodes",
    subnetSelectorTerms: [{ id: "subnet-0a" }],
    securityGroupSelectorTerms: [{ id: "sg-0a" }],
  },
};

/** What is allowed, and the way out, by kind. */
const RULES = {
  quantity:
    'a Kubernetes quantity such as "2", "500m" or "4Gi"; write a number with at most one unit behind it, without a space, ' +
    '"4Gi" and not "4 GB"',
  nodes:
    'a whole number such as "5", or a percentage from "0%" to "100%"; write it in quotes; "0" allows no disruption at all',
  budgetDuration: 'a duration in hours and minutes, "8h" or "8h30m"; leave out seconds and days',
  reasons: 'one of "Underutilized", "Empty", "Drifted", "Unhealthy"',
  age: 'a duration such as "30s", "10m" or "720h", or "Never"; give every number its unit: s, m or h; there are no days',
  weight: "a whole number from 1 to 100; the highest is tried first",
  operator: 'one of "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Gte", "Lte"',
  nameNotArn: "a name and not an ARN; give what follows the last slash",
  release:
    'an alias that names a release of its family, "al2023@v20260714", the day it was released on; write the day as vYYYYMMDD, ' +
    "in this case of letters",
  alias:
    "as the API has it: 'alias' is improperly formatted, must match the format 'family@version'; " +
    'write it as "al2023@v20260714"',
} as const;

/** A part of the one pool there is. */
const ofPool = (title: string, path: string, value: unknown, rule: keyof typeof RULES, pool: object) =>
  wrong("node-pools", title, `{nodePools}.default.${path}`, value, RULES[rule], { nodePools: { default: pool } });

/** A part of the one class there is. */
const ofClass = (title: string, path: string, value: unknown, rule: keyof typeof RULES, nodeClass: object) =>
  wrong("node-pools", title, `{nodeClasses}.default.${path}`, value, RULES[rule], {
    nodeClasses: { default: { amiAlias: ALIAS, ...nodeClass } },
  });

/** A class that is wrong as a whole, beside one that is right. */
const wholeClass = (title: string, nodeClass: object, answer: string): PartCase => ({
  title,
  part: "node-pools",
  patch: { nodeClasses: { default: { amiAlias: ALIAS }, other: nodeClass } },
  answer,
  plan: "alike",
});

const LATEST =
  'but must name a release, "al2023@v20260714"; "@latest" replaces every node whenever AWS releases an AMI: ' +
  'set "allowLatestAmi" to true to have that';
const budget = (given: object): object => ({ disruption: { budgets: [{ nodes: "10%" }, given] } });

/** What the API server says, in its own words. */
const asTheApiHasIt = (title: string, patch: PartPatch, at: string, words: string): PartCase => ({
  title,
  part: "node-pools",
  patch,
  answer: `"${at}, but must be as the API has it: ${words}`,
  plan: "alike",
});
const pool = (given: object): PartPatch => ({ nodePools: { default: given } });
const nodeClass = (given: object): PartPatch => ({ nodeClasses: { default: { amiAlias: ALIAS, ...given } } });
const labelled = (key: string): PartPatch => pool({ requirements: [{ key, operator: "Exists" }] });
const REQUIREMENT = "{nodePools}.default.requirements[0]";
const CLASS = "{nodeClasses}.default";

/** One of each family of rules: domains of labels, comparisons, sizes, tags, terms, volumes, interfaces. */
const FAMILIES_OF_RULES: readonly PartCase[] = [
  asTheApiHasIt(
    "a label of Karpenter's own domain",
    labelled("karpenter.sh/other"),
    `${REQUIREMENT}.key" is "karpenter.sh/other"`,
    'label domain "karpenter.sh" is restricted; ',
  ),
  asTheApiHasIt(
    "a label of AWS that there is not",
    labelled("karpenter.k8s.aws/instance-colour"),
    `${REQUIREMENT}.key" is "karpenter.k8s.aws/instance-colour"`,
    'label domain "karpenter.k8s.aws" is restricted; take a label that Karpenter gives its nodes',
  ),
  asTheApiHasIt(
    "a comparison with a word",
    pool({ requirements: [{ key: "a", operator: "Gt", values: ["four"] }] }),
    `${REQUIREMENT}.values" is ["four"]`,
    "requirements operator 'Gt', 'Lt', 'Gte', or 'Lte' must have a single positive integer value; write [\"4\"]",
  ),
  asTheApiHasIt(
    "more values asked for than there are",
    pool({ requirements: [{ key: "a", operator: "In", values: ["b"], minValues: 2 }] }),
    `${REQUIREMENT}.minValues" is 2`,
    "requirements with 'minValues' must have at least that many values specified in the 'values' field; ",
  ),
  asTheApiHasIt(
    "a limit of a fixed number of nodes",
    pool({ replicas: 2, limits: { cpu: "10" } }),
    '{nodePools}.default.limits" is given beside a fixed number of nodes',
    "only 'limits.nodes' is supported on static NodePools; ",
  ),
  {
    title: "more budgets than the API takes",
    part: "node-pools",
    patch: pool({ disruption: { budgets: Array.from({ length: 51 }, () => ({ nodes: "1" })) } }),
    answer: '"{nodePools}.default.disruption.budgets" has 51 items, but must have at most 50; leave some out',
    plan: "alike",
  },
  asTheApiHasIt(
    "a family that is not the alias's",
    nodeClass({ amiFamily: "Bottlerocket" }),
    `${CLASS}.amiFamily" is "Bottlerocket"`,
    "if set, amiFamily must be 'AL2023' or 'Custom' when using an AL2023 alias; ",
  ),
  {
    title: "a tag that Karpenter sets itself",
    part: "node-pools",
    patch: nodeClass({ tags: { "karpenter.sh/nodepool": "a" } }),
    answer:
      `"${CLASS}.tags" has the name "karpenter.sh/nodepool", but a name must be as the API has it: ` +
      "tag contains a restricted tag matching karpenter.sh/nodepool; leave it out: EKS and Karpenter set it themselves",
    plan: "alike",
  },
  asTheApiHasIt(
    "a subnet selected by nothing",
    nodeClass({ subnetSelectorTerms: [{ id: "subnet-0a" }, {}] }),
    `${CLASS}.subnetSelectorTerms[1]" selects by nothing`,
    "expected at least one, got none, ['tags', 'id']; say which subnet is meant",
  ),
  asTheApiHasIt(
    "a volume without a size",
    nodeClass({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: true } }] }),
    `${CLASS}.blockDeviceMappings[0].ebs.volumeSize" is missing`,
    "snapshotID or volumeSize must be defined; ",
  ),
  asTheApiHasIt(
    "interfaces without a primary one",
    nodeClass({ networkInterfaces: [{ deviceIndex: 1, networkCardIndex: 0, interfaceType: "interface" }] }),
    `${CLASS}.networkInterfaces" has no primary one`,
    "networkInterfaces must include a primary interface with interfaceType='interface'; ",
  ),
];

const ofRelease = (title: string, karpenterVersion: string, patch: PartPatch, answer: string): PartCase => ({
  title,
  part: "node-pools",
  patch: { karpenterVersion, ...patch },
  answer,
  plan: "alike",
});

/** What the release decides, beside what it does not. */
const RULES_OF_RELEASES: readonly PartCase[] = [
  ofRelease(
    "a field that the release does not know",
    "1.14.3",
    nodeClass({ enclaveOptions: { enabled: true } }),
    `"${CLASS}.enclaveOptions" is given, but must be left out with Karpenter 1.14.3, which does not know it; leave it out, ` +
      'or set "{karpenterVersion}" to a release from 1.15 on',
  ),
  ofRelease(
    "a word that the release does not know",
    "1.14.3",
    pool(budget({ nodes: "0", reasons: ["Unhealthy"] })),
    '"{nodePools}.default.disruption.budgets[1].reasons[0]" is "Unhealthy", but must be another with Karpenter 1.14.3, ' +
      'which does not know it; take another, or set "{karpenterVersion}" to a release from 1.15 on',
  ),
  ofRelease(
    "a signal of the kubelet that there is not",
    "1.14.3",
    nodeClass({ kubelet: { evictionHard: { memory: "5%" } } }),
    `"${CLASS}.kubelet.evictionHard" has the name "memory", but a name must be as the API has it: valid keys for ` +
      "evictionHard are ['memory.available','nodefs.available','nodefs.inodesFree','imagefs.available'," +
      "'imagefs.inodesFree','pid.available']; take one of these",
  ),
  ofRelease(
    "soft evictions without their time",
    "1.14.3",
    nodeClass({ kubelet: { evictionSoft: { "memory.available": "5%" } } }),
    `"${CLASS}.kubelet.evictionSoft" has what "evictionSoftGracePeriod" has not, but must be as the API has it: ` +
      "evictionSoft OwnerKey does not have a matching evictionSoftGracePeriod; ",
  ),
];

/** All of them. */
export const NODE_POOLS_CASES: readonly PartCase[] = [
  ofPool("a budget in words", "disruption.budgets[1].nodes", "ten", "nodes", budget({ nodes: "ten" })),
  ofPool("a budget of 110%", "disruption.budgets[1].nodes", "110%", "nodes", budget({ nodes: "110%" })),
  ofPool(
    "a budget for seconds",
    "disruption.budgets[1].duration",
    "30s",
    "budgetDuration",
    budget({ nodes: "0", schedule: "@daily", duration: "30s" }),
  ),
  ofPool(
    "a budget for an unknown reason",
    "disruption.budgets[1].reasons[0]",
    "Old",
    "reasons",
    budget({ nodes: "0", reasons: ["Old"] }),
  ),
  {
    title: "a budget's schedule without its duration",
    part: "node-pools",
    patch: { nodePools: { default: budget({ nodes: "0", schedule: "0 9 * * mon-fri" }) } },
    answer:
      '"{nodePools}.default.disruption.budgets[1].schedule" is "0 9 * * mon-fri" and ' +
      '"{nodePools}.default.disruption.budgets[1].duration" is null, but must be as the API has it: ' +
      "'schedule' must be set with 'duration'; say both when it begins and how long it applies, or leave both out",
    plan: "alike",
  },
  ofPool("a limit in words", "limits.cpu", "1000 cores", "quantity", { limits: { cpu: "1000 cores" } }),
  ofPool("an age in days", "expireAfter", "30d", "age", { expireAfter: "30d" }),
  ofPool("a weight above the highest", "weight", 101, "weight", { weight: 101 }),
  ofPool("an operator in lower case", "requirements[0].operator", "in", "operator", {
    requirements: [{ key: "karpenter.sh/capacity-type", operator: "in", values: ["spot"] }],
  }),
  {
    title: "a requirement without a value",
    part: "node-pools",
    patch: { nodePools: { default: { requirements: [{ key: "karpenter.sh/capacity-type", operator: "In" }] } } },
    answer:
      '"{nodePools}.default.requirements[0].values" is null, but must be as the API has it: ' +
      "requirements with operator 'In' must have a value defined; take \"Exists\" for any value",
    plan: "alike",
  },
  {
    title: "a pool named in capitals",
    part: "node-pools",
    patch: { nodePools: { Default: {} } },
    answer:
      '"{nodePools}" has the name "Default", but a name must be 1 to 253 lower-case letters, digits, hyphens and dots, ' +
      "a letter or digit at both ends and beside each dot; rename it",
    plan: "alike",
  },
  {
    title: "a pool of a class that is not there",
    part: "node-pools",
    patch: { nodePools: { default: { nodeClass: "gpu" } }, nodeClasses: { default: { amiAlias: ALIAS } } },
    answer:
      '"{nodePools}.default.nodeClass" is "gpu", but must be one of ["default"]; add the class to "{nodeClasses}", ' +
      'name one that is there, or name in "{existingNodeClasses}" what something else makes',
    plan: "once all is right",
  },
  {
    title: "a pool without any class",
    part: "node-pools",
    patch: { nodePools: { default: {} }, nodeClasses: {} },
    answer:
      '"{nodePools}.default.nodeClass" is missing, and there is no node class, but there must be one; add it to ' +
      '"{nodeClasses}", or name in "{existingNodeClasses}" what something else makes',
    plan: "once all is right",
  },
  {
    title: "a pool that may drain longer than a destroy waits",
    part: "node-pools",
    patch: {
      nodePools: { default: { terminationGracePeriod: "1h" } },
      nodeClasses: { default: { amiAlias: ALIAS } },
      nodePoolsTimeout: 1800,
    },
    answer:
      '"{nodePools}.default.terminationGracePeriod" is "1h", but must be shorter than "{nodePoolsTimeout}", 1800 seconds: a ' +
      "destroy would stop waiting for nodes that still drain; shorten it, give the timeout more seconds than that, or leave the " +
      "timeout out, which then follows the longest period",
    plan: "once all is right",
  },
  wholeClass(
    "a class without an AMI",
    {},
    '"{nodeClasses}.other.amiAlias" is missing, but must be given when "amiSelectorTerms" is not; ' +
      'name a release, "al2023@v20260714"',
  ),
  wholeClass(
    "a class of the latest AMI",
    { amiAlias: "al2023@latest" },
    `"{nodeClasses}.other.amiAlias" is "al2023@latest", ${LATEST}`,
  ),
  wholeClass(
    "a class of the latest AMI by a term",
    { amiSelectorTerms: [{ alias: "al2023@latest" }] },
    `"{nodeClasses}.other.amiSelectorTerms" has an alias that ends in "@latest", ${LATEST}`,
  ),
  wholeClass(
    "a class with an alias and terms",
    { amiAlias: ALIAS, amiSelectorTerms: [{ id: "ami-0a" }] },
    '"{nodeClasses}.other" has both "amiAlias" and "amiSelectorTerms", but an alias must stand alone; leave one out',
  ),
  wholeClass(
    "a class with terms that do not say the family",
    { amiSelectorTerms: [{ id: "ami-0a" }] },
    '"{nodeClasses}.other.amiFamily" is missing, but must be as the API has it: ' +
      "must specify amiFamily if amiSelectorTerms does not contain an alias; " +
      'say how these AMIs start a node, "AL2023", "Bottlerocket" or "Custom"',
  ),
  wholeClass(
    "a class with a role and an instance profile",
    { amiAlias: ALIAS, role: "nodes", instanceProfile: "nodes" },
    '"{nodeClasses}.other" has both "role" and "instanceProfile", but must be as the API has it: ' +
      "must specify exactly one of ['role', 'instanceProfile']; leave one out",
  ),
  {
    title: "a class of an AMI without the cluster's Kubernetes",
    part: "node-pools",
    patch: { nodeClasses: { default: { amiAlias: "al2023@v20251108" } }, kubernetesVersion: "1.35" },
    answer:
      '"{nodeClasses}.default.amiAlias" is "al2023@v20251108", but must be a release that has Kubernetes 1.35, the first of ' +
      'which is "al2023@v20260114"; take that or a later one',
    plan: "once all is right",
  },
  wholeClass(
    "a class of Windows whose AMIs cannot be pinned",
    { amiSelectorTerms: [{ alias: "windows2022@latest" }] },
    '"{nodeClasses}.other.amiSelectorTerms" has an alias of Windows, but must stand beside "allowLatestAmi" with the value true: ',
  ),
  ofClass("a release of Amazon Linux without its v", "amiAlias", "al2023@20251108", "release", {
    amiAlias: "al2023@20251108",
  }),
  ...FAMILIES_OF_RULES,
  ...RULES_OF_RELEASES,
  ...JUDGED_CASES,
  ofClass("the nodes' role by its ARN", "role", ROLE, "nameNotArn", { role: ROLE }),
  ofClass("an alias without a release", "amiAlias", "al2023", "alias", { amiAlias: "al2023" }),
  mistyped(
    "a pool's unknown field",
    "node-pools",
    { nodePools: { default: { requirement: [] } } },
    '"{nodePools}.default.requirement" is not known; did you mean "requirements"? Known: annotations, ',
  ),
  mistyped(
    "a weight in words",
    "node-pools",
    { nodePools: { default: { weight: "high" } } },
    `"{nodePools}.default.weight" is "high", but must be ${RULES.weight}`,
  ),
  mistyped(
    "requirements that are no list",
    "node-pools",
    { nodePools: { default: { requirements: "spot" } } },
    '"{nodePools}.default.requirements" is "spot", but must be a list; write it in brackets',
  ),
];
