/** Every kind of bad input to NodePools and their classes, with the answer to it at synth and at plan. */
import { mistyped, wrong, type PartCase, type PartPatch } from "./part-case";

// The same name twice is no case: a map has a name once. TypeScript refuses a literal that repeats it, and Terraform takes the
// last one, before any rule is asked. Of pools, classes and overlays, each kind has names of its own.

const ALIAS = "al2023@v20251108";
const ROLE = "arn:aws:iam::123456789012:role/nodes";

/** Properties that are right. */
export const GOOD_NODE_POOLS: PartPatch = { nodePools: { default: {} }, nodeClasses: { default: { amiAlias: ALIAS } } };

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
  alias:
    "an AMI family and a release of it, al2, al2023, bottlerocket, windows2019, windows2022, windows2025 before an @; " +
    'write it as "al2023@v20251108"',
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
  'but must name a release, "al2023@v20251108"; "@latest" replaces every node whenever AWS releases an AMI: ' +
  'set "{allowLatestAmi}" to true to have that';
const budget = (given: object): object => ({ disruption: { budgets: [{ nodes: "10%" }, given] } });

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
      '"{nodePools}.default.disruption.budgets[1].duration" is null, but must be given together; say both when it begins and ' +
      "how long it applies, or leave both out",
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
      '"{nodePools}.default.requirements[0].values" is null, but must have a value with the operator "In"; ' +
      'take "Exists" for any value',
    plan: "alike",
  },
  {
    title: "a pool named in capitals",
    part: "node-pools",
    patch: { nodePools: { Default: {} } },
    answer:
      '"{nodePools}" has the name "Default", but a name must be 1 to 253 lower-case letters, digits, hyphens and dots, ' +
      "a letter or digit at both ends; rename it",
    plan: "alike",
  },
  {
    title: "a pool of a class that is not there",
    part: "node-pools",
    patch: { nodePools: { default: { nodeClass: "gpu" } }, nodeClasses: { default: { amiAlias: ALIAS } } },
    answer:
      '"{nodePools}.default.{nodeClass}" is "gpu", but must be one of ["default"]; add the class to "{nodeClasses}", or name ' +
      "one that is there",
    plan: "once all is right",
  },
  {
    title: "a pool without any class",
    part: "node-pools",
    patch: { nodePools: { default: {} }, nodeClasses: {} },
    answer:
      '"{nodePools}.default.{nodeClass}" is "default", but must be one of []; add the class to "{nodeClasses}", or name one ' +
      "that is there",
    plan: "once all is right",
  },
  {
    title: "a pool that may drain longer than a destroy waits",
    part: "node-pools",
    patch: { nodePools: { default: { terminationGracePeriod: "1h" } }, nodeClasses: { default: { amiAlias: ALIAS } } },
    answer:
      '"{nodePools}.default.terminationGracePeriod" is "1h", but must be shorter than "{nodePoolsTimeout}", 1800 seconds: a ' +
      "destroy would stop waiting for nodes that still drain; shorten it, or give the timeout more seconds than that",
    plan: "once all is right",
  },
  wholeClass(
    "a class without an AMI",
    {},
    '"{nodeClasses}.other.{amiAlias}" is missing, but must be given when "amiSelectorTerms" is not; ' +
      'name a release, "al2023@v20251108"',
  ),
  wholeClass(
    "a class of the latest AMI",
    { amiAlias: "al2023@latest" },
    `"{nodeClasses}.other.{amiAlias}" is "al2023@latest", ${LATEST}`,
  ),
  wholeClass(
    "a class of the latest AMI by a term",
    { amiSelectorTerms: [{ alias: "al2023@latest" }] },
    `"{nodeClasses}.other.amiSelectorTerms" has an alias that ends in "@latest", ${LATEST}`,
  ),
  wholeClass(
    "a class with an alias and terms",
    { amiAlias: ALIAS, amiSelectorTerms: [{ id: "ami-0a" }] },
    '"{nodeClasses}.other" has both "{amiAlias}" and "amiSelectorTerms", but an alias must stand alone; leave one out',
  ),
  wholeClass(
    "a class with terms that do not say the family",
    { amiSelectorTerms: [{ id: "ami-0a" }] },
    '"{nodeClasses}.other.amiFamily" is missing, but must be given when no term of "amiSelectorTerms" is an alias; ' +
      'say how these AMIs start a node, "AL2023", "Bottlerocket" or "Custom"',
  ),
  wholeClass(
    "a class with a role and an instance profile",
    { amiAlias: ALIAS, role: "nodes", instanceProfile: "nodes" },
    '"{nodeClasses}.other" has both "role" and "instanceProfile", but must have one of them; leave one out',
  ),
  ofClass("the nodes' role by its ARN", "role", ROLE, "nameNotArn", { role: ROLE }),
  ofClass("an alias without a release", "{amiAlias}", "al2023", "alias", { amiAlias: "al2023" }),
  mistyped(
    "a pool's unknown field",
    "node-pools",
    { nodePools: { default: { requirement: [] } } },
    '"{nodePools}.default.requirement" is unknown, but must be "requirements" perhaps, or one of {nodeClass}, ',
    "nothing",
  ),
  mistyped(
    "a weight in words",
    "node-pools",
    { nodePools: { default: { weight: "high" } } },
    `"{nodePools}.default.weight" is "high", but must be ${RULES.weight}`,
    { says: "a number is required" },
  ),
  mistyped(
    "requirements that are no list",
    "node-pools",
    { nodePools: { default: { requirements: "spot" } } },
    '"{nodePools}.default.requirements" is "spot", but must be a list',
    { says: "list of object required" },
  ),
];
