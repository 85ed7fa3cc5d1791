import type { NodeClass } from "../../../lib/node-objects/node-class";
import type { NodeOverlay, NodePool } from "../../../lib/node-objects/node-pool";
import type { NodePoolsProps } from "../../../lib/kubernetes/node-pools";
import { NodePools } from "../../../lib/kubernetes/node-pools";
import { problemsOf, synthError } from "../../support/stack";
import { variable, variableFlag } from "../../support/tokens";
import { onCluster } from "../kubernetes/on-cluster";

const ALIAS = "al2023@v20260714";
const NAMED: NodeClass = { amiAlias: ALIAS };
const TERMS = [{ id: "ami-1" }];

const nodeClassDefaults = {
  role: "nodes",
  subnetSelectorTerms: [{ id: "subnet-0" }],
  securityGroupSelectorTerms: [{ id: "sg-0" }],
};

const build = (props: Partial<NodePoolsProps>) =>
  onCluster(
    (stack) =>
      new NodePools(stack, "pools", {
        nodePools: {},
        nodeClasses: {},
        nodeClassDefaults,
        nodePoolsChart: "./chart",
        ...props,
      }),
  );
const problems = (props: Partial<NodePoolsProps>) => problemsOf(build(props));
const problemsOfClass = (nodeClass: NodeClass) => problems({ nodeClasses: { default: nodeClass } });

const NO_AMI =
  '"nodeClasses.default.amiAlias" is missing, but must be given when "amiSelectorTerms" is not; name a release, "al2023@v20260714"';
const ALIAS_AND_TERMS =
  '"nodeClasses.default" has both "amiAlias" and "amiSelectorTerms", but an alias must stand alone; leave one out';
const TWICE: NodeClass = { amiAlias: ALIAS, amiSelectorTerms: TERMS };
const NO_FAMILY =
  '"nodeClasses.default.amiFamily" is missing, but must be as the API has it: ' +
  "must specify amiFamily if amiSelectorTerms does not contain an alias; " +
  'say how these AMIs start a node, "AL2023", "Bottlerocket" or "Custom"';
const LATEST =
  '"nodeClasses.default.amiAlias" is "al2023@latest", but must name a release, "al2023@v20260714"; ' +
  '"@latest" replaces every node whenever AWS releases an AMI: set "allowLatestAmi" to true to have that';
const LATEST_TERM =
  '"nodeClasses.default.amiSelectorTerms" has an alias that ends in "@latest", but must name a release, "al2023@v20260714"; ' +
  '"@latest" replaces every node whenever AWS releases an AMI: set "allowLatestAmi" to true to have that';

describe("the node class of a pool", () => {
  test.each<[string, NodePool, readonly string[]]>([
    ["the one it names", { nodeClass: "b" }, ["a", "b"]],
    ["the only one there is", {}, ["a"]],
    ["the one named default", {}, ["a", "default"]],
    ["one that only Terraform knows", { nodeClass: variable("class") }, ["a", "b"]],
  ])("may be %s", (_, pool, classes) => {
    const nodeClasses = Object.fromEntries(classes.map((name) => [name, NAMED]));
    expect(problems({ nodePools: { pool }, nodeClasses })).toEqual([]);
  });

  test.each<[string, NodePool, readonly string[], string]>([
    [
      "unknown",
      { nodeClass: "c" },
      ["a", "b"],
      '"nodePools.pool.nodeClass" is "c", but must be one of ["a","b"]; add the class to "nodeClasses", name one that is there, ' +
        'or name in "existingNodeClasses" what something else makes',
    ],
    [
      "unknown in its spec",
      { spec: { template: { spec: { nodeClassRef: { name: "c" } } } } },
      ["a"],
      '"nodePools.pool.spec.template.spec.nodeClassRef.name" is "c", but must be one of ["a"]; add the class to "nodeClasses", ' +
        'name one that is there, or name in "existingNodeClasses" what something else makes',
    ],
    [
      "unsaid",
      {},
      ["a", "b"],
      '"nodePools.pool.nodeClass" is missing, but must be given where there are several node classes and none is named ' +
        '"default"; name one of ["a","b"]',
    ],
    [
      "unsaid where there is none",
      {},
      [],
      '"nodePools.pool.nodeClass" is missing, and there is no node class, but there must be one; add it to "nodeClasses", or ' +
        'name in "existingNodeClasses" what something else makes',
    ],
  ])("must not be %s", (_, pool, classes, problem) => {
    const nodeClasses = Object.fromEntries(classes.map((name) => [name, NAMED]));
    expect(problems({ nodePools: { pool }, nodeClasses })).toEqual([problem]);
  });
});

describe("the AMIs of a node class", () => {
  test.each<[string, NodeClass]>([
    ["an alias", NAMED],
    ["terms", { amiFamily: "AL2023", amiSelectorTerms: TERMS }],
    ["terms with the family in the spec", { amiSelectorTerms: TERMS, spec: { amiFamily: "AL2023" } }],
    ["terms in its spec", { spec: { amiFamily: "AL2023", amiSelectorTerms: TERMS } }],
    ["terms in its spec with the family beside it", { amiFamily: "AL2023", spec: { amiSelectorTerms: TERMS } }],
    ["an alias in its terms", { amiSelectorTerms: [{ alias: ALIAS }] }],
    ["an alias that only Terraform knows", { amiAlias: variable("alias") }],
    ["a spec that only Terraform knows", { spec: variableFlag("spec") as never }],
    ["@latest where that is wanted", { amiAlias: "al2023@latest", allowLatestAmi: true }],
    [
      "@latest where Terraform knows whether it is",
      { amiAlias: "al2023@latest", allowLatestAmi: variableFlag("x") as never },
    ],
  ])("may be named by %s", (_, nodeClass) => {
    expect(problemsOfClass(nodeClass)).toEqual([]);
  });

  test.each<[string, NodeClass, string]>([
    ["by nothing", {}, NO_AMI],
    ["by a spec that says nothing of them", { spec: { userData: "" } }, NO_AMI],
    ["twice", TWICE, ALIAS_AND_TERMS],
    ["twice, once in the spec", { amiAlias: ALIAS, spec: { amiSelectorTerms: TERMS } }, ALIAS_AND_TERMS],
    ["by @latest", { amiAlias: "al2023@latest" }, LATEST],
    ["by @latest against one's will", { amiAlias: "al2023@latest", allowLatestAmi: false }, LATEST],
    [
      "twice beside a spec that only Terraform knows",
      { ...TWICE, spec: variableFlag("spec") as never },
      ALIAS_AND_TERMS,
    ],
    ["by terms that do not say the family", { amiSelectorTerms: TERMS }, NO_FAMILY],
    ["by terms in the spec that do not say the family", { spec: { amiSelectorTerms: TERMS } }, NO_FAMILY],
    ["by @latest in a term", { amiSelectorTerms: [{ alias: "al2023@latest" }] }, LATEST_TERM],
    ["by @latest in the spec", { spec: { amiSelectorTerms: [{ alias: "al2023@latest" }] } }, LATEST_TERM],
  ])("must not be named %s", (_, nodeClass, problem) => {
    expect(problemsOfClass(nodeClass)).toEqual([problem]);
  });
});

describe("the identity of a node class", () => {
  test.each<NodeClass>([{ role: "nodes" }, { instanceProfile: "nodes" }, { role: variable("role") }, {}])(
    "may be a name or left to the defaults: %j",
    (identity) => {
      expect(problemsOfClass({ ...NAMED, ...identity })).toEqual([]);
    },
  );

  test("must not be both a role and an instance profile", () => {
    expect(problemsOfClass({ ...NAMED, role: "a", instanceProfile: "b" })).toEqual([
      '"nodeClasses.default" has both "role" and "instanceProfile", but must be as the API has it: ' +
        "must specify exactly one of ['role', 'instanceProfile']; leave one out",
    ]);
  });

  test.each(["role", "instanceProfile"] as const)("must not be an ARN in %s", (property) => {
    const arn = "arn:aws:iam::111122223333:role/nodes";
    expect(problemsOfClass({ ...NAMED, [property]: arn })).toEqual([
      `"nodeClasses.default.${property}" is "${arn}", but must be a name and not an ARN; give what follows the last slash`,
    ]);
  });
});

describe("the objects that NodePools makes", () => {
  test.each(["Default", "a_b", "-a", "a.", "", "a".repeat(254)])('must not be named "%s"', (name) => {
    const problem = (property: string) =>
      `"${property}" has the name "${name}", but a name must be 1 to 253 lower-case letters, digits, hyphens and dots, a letter or digit ` +
      "at both ends and beside each dot; rename it";
    expect(
      problems({ nodePools: { [name]: {} }, nodeClasses: { [name]: NAMED }, nodeOverlays: { [name]: {} } }),
    ).toEqual([problem("nodePools"), problem("nodeClasses"), problem("nodeOverlays")]);
  });

  test.each(["default", "a.b-c", "1", "a".repeat(63)])("may be named %s", (name) => {
    expect(problems({ nodePools: { [name]: {} }, nodeClasses: { [name]: NAMED } })).toEqual([]);
  });

  test("must have no fields but the API's, and those of the right type", () => {
    const props = {
      nodePools: {
        default: { requirement: [], disruption: { budgets: [{ nodes: 10, reason: ["Empty"] }] } },
        other: { requirements: [{ key: "a", operator: "in" }], taints: [{ key: "b" }] },
      } as unknown as Record<string, NodePool>,
      nodeClasses: {
        default: { ...NAMED, metadataOptions: { httpToken: "required" } } as unknown as NodeClass,
      },
      nodeOverlays: { cheap: { weight: "1" } as unknown as NodeOverlay },
      namespace: "A_B",
    };
    const found = problems(props);
    expect(found).toEqual([
      expect.stringMatching(
        /^"nodePools\.default\.requirement" is not known; did you mean "requirements"\? Known: annotations, /,
      ),
      '"nodePools.default.disruption.budgets[0].reason" is not known; did you mean "reasons"? Known: duration, nodes, ' +
        "reasons, schedule",
      '"nodePools.default.disruption.budgets[0].nodes" is 10, but must be a whole number such as "5", or a percentage from ' +
        '"0%" to "100%"; write it in quotes; "0" allows no disruption at all',
      '"nodePools.other.requirements[0].operator" is "in", but must be one of "In", "NotIn", "Exists", "DoesNotExist", "Gt", ' +
        '"Lt", "Gte", "Lte"',
      '"nodePools.other.taints[0].effect" is missing, but must be one of "NoSchedule", "PreferNoSchedule", "NoExecute"',
      '"nodeClasses.default.metadataOptions.httpToken" is not known; did you mean "httpTokens"? Known: httpEndpoint, ' +
        "httpProtocolIPv6, httpPutResponseHopLimit, httpTokens",
      '"nodeOverlays.cheap.weight" is "1", but must be a whole number from 1 to 10000; the highest wins',
      expect.stringMatching(/^"namespace" is "A_B", but must be a Kubernetes namespace: /),
    ]);
    const message = synthError(build(props));
    found.forEach((problem) => expect(message).toContain(problem));
  });

  test("are told of wrong types, and do not break the check by them", () => {
    const wrong = { amiAlias: 5, role: 6, amiSelectorTerms: {} } as unknown as NodeClass;
    expect(problemsOfClass(wrong)).toEqual([
      expect.stringMatching(/^"nodeClasses\.default\.amiAlias" is 5, but must be .*; write it as "al2023@v20260714"$/),
      '"nodeClasses.default.amiSelectorTerms" is {}, but must be a list; write it in brackets',
      expect.stringMatching(/^"nodeClasses\.default\.role" is 6, but must be /),
      ALIAS_AND_TERMS,
    ]);
    expect(problems({ nodeClasses: { default: { amiSelectorTerms: [null] } as unknown as NodeClass } })).toEqual([
      '"nodeClasses.default.amiSelectorTerms[0]" is null, but must be an object; write its fields in braces',
    ]);
  });

  test("are checked as far as synth knows them", () => {
    const token = variableFlag("x") as never;
    expect(problems({ nodePools: token, nodeClasses: token, nodeOverlays: token })).toEqual([]);
    expect(problems({ nodePools: { default: token }, nodeClasses: { a: token, b: NAMED } })).toEqual([]);
    expect(problems({ nodePools: token, nodeClasses: { default: {} } })).toEqual([NO_AMI]);
    expect(problems({ nodePools: { default: { weight: "1" } as never }, nodeClasses: token })).toEqual([
      '"nodePools.default.weight" is "1", but must be a whole number from 1 to 100; the highest is tried first',
    ]);
  });
});
