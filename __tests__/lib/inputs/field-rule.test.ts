import { Field, terraformType } from "../../../lib/inputs/field";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { fieldRule } from "../../../lib/inputs/field-rule";
import { CONTROLLER_OPTION_FIELDS } from "../../../lib/inputs/catalog/controller";
import { nodeClassesSchema, nodeOverlaysSchema, nodePoolsSchema } from "../../../lib/inputs/catalog/objects";
import { evaluateExpression } from "../../support/hcl";
import { asInput, moduleSpelling, ownSpelling } from "../../support/module-input";

/** What Terraform says of an input, in the spelling of synth. */
function saidByTerraform(name: string, value: unknown, field: Field): { passes: unknown; problems: string[] } {
  const rule = fieldRule(field, moduleSpelling);
  const scope = { var: { [name]: asInput(field, value) } };
  return {
    passes: rule === undefined || evaluateExpression(rule.terraform(`var.${name}`), scope),
    problems:
      rule?.sentences === undefined
        ? []
        : (evaluateExpression(rule.sentences(`var.${name}`, name), scope) as string[]).map(ownSpelling),
  };
}

const ALIAS = "al2023@v20251108";
const LATEST = "al2023@latest";
const BOTH: readonly [string, Field, unknown, number][] = [
  ["a pool's weight", nodePoolsSchema, { a: { weight: 0 }, b: { weight: 100 }, c: { weight: 1.5 } }, 2],
  ["a number of nodes", nodePoolsSchema, { a: { replicas: -1 } }, 1],
  ["limits", nodePoolsSchema, { a: { limits: { cpu: "1000", memory: "10 Gi" } } }, 1],
  ["an age in days", nodePoolsSchema, { a: { expireAfter: "30d", terminationGracePeriod: "Never" } }, 2],
  ["a word of the API", nodePoolsSchema, { a: { disruption: { consolidationPolicy: "Never" } } }, 1],
  ["when nodes are consolidated", nodePoolsSchema, { a: { disruption: { consolidateAfter: "soon" } } }, 1],
  [
    "budgets",
    nodePoolsSchema,
    { a: { disruption: { budgets: [{ nodes: "10%" }, { nodes: "110%" }, { nodes: "ten", reasons: ["Old"] }] } } },
    3,
  ],
  ["a schedule alone", nodePoolsSchema, { a: { disruption: { budgets: [{ schedule: "@daily" }] } } }, 1],
  ["a duration alone", nodePoolsSchema, { a: { disruption: { budgets: [{ duration: "8h" }] } } }, 1],
  [
    "a malformed schedule with its duration",
    nodePoolsSchema,
    { a: { disruption: { budgets: [{ schedule: "9 to 5", duration: "8h30s" }] } } },
    2,
  ],
  [
    "requirements",
    nodePoolsSchema,
    {
      a: {
        requirements: [
          { key: "a", operator: "In" },
          { key: "b", operator: "Gt", values: ["x"] },
          { key: "c", operator: "Lt", values: ["1", "2"] },
          { key: "d", operator: "Gte" },
          { key: "e", operator: "in", values: ["x"], minValues: 51 },
          { key: "f", operator: "Exists" },
          { key: "g", operator: "Lte", values: ["4"] },
        ],
      },
    },
    6,
  ],
  ["a taint", nodePoolsSchema, { a: { taints: [{ key: "a", effect: "NoRun" }] } }, 1],
  ["a weight beside a number of nodes", nodePoolsSchema, { a: { replicas: 0 }, b: { replicas: 2, weight: 1 } }, 1],
  ["terms without a family", nodeClassesSchema, { a: { amiSelectorTerms: [{ id: "ami-1" }, { name: "a" }] } }, 1],
  [
    "what goes together in a toleration",
    CONTROLLER_OPTION_FIELDS.controllerTolerations,
    [
      { key: "a", operator: "Exists", value: "b" },
      { value: "b" },
      { operator: "Equal" },
      { key: "a", tolerationSeconds: 1 },
      { key: "a", effect: "NoSchedule", tolerationSeconds: 1 },
      { key: "a", effect: "NoExecute", tolerationSeconds: 1, value: "b" },
      { operator: "Exists" },
    ],
    5,
  ],
  [
    "settings that exclude each other",
    CONTROLLER_OPTION_FIELDS.settings,
    { enableDRA: true, ignoreDRARequests: false },
    1,
  ],
  ["names", nodePoolsSchema, { Default: {}, a_b: {}, "a.b-c": {} }, 2],
  ["an overlay", nodeOverlaysSchema, { a: { weight: 10_001, capacity: { gpus: "two" } } }, 2],
  ["a class without an AMI", nodeClassesSchema, { a: {}, b: { amiAlias: ALIAS } }, 1],
  ["a spec without an AMI", nodeClassesSchema, { a: { spec: {} } }, 1],
  ["an alias beside terms", nodeClassesSchema, { a: { amiAlias: ALIAS, amiSelectorTerms: [{ id: "ami-1" }] } }, 1],
  ["an alias beside a spec's terms", nodeClassesSchema, { a: { amiAlias: ALIAS, spec: { amiSelectorTerms: [] } } }, 1],
  ["@latest", nodeClassesSchema, { a: { amiAlias: LATEST }, b: { amiAlias: LATEST, allowLatestAmi: false } }, 2],
  ["@latest in a term", nodeClassesSchema, { a: { amiSelectorTerms: [{ id: "ami-1" }, { alias: LATEST }] } }, 2],
  ["@latest in a spec", nodeClassesSchema, { a: { spec: { amiSelectorTerms: [{ alias: LATEST }] } } }, 1],
  ["an alias without a release", nodeClassesSchema, { a: { amiAlias: "al2023" } }, 1],
  ["a role and a profile", nodeClassesSchema, { a: { amiAlias: ALIAS, role: "a", instanceProfile: "b" } }, 1],
  ["a role by ARN", nodeClassesSchema, { a: { amiAlias: ALIAS, role: "arn:aws:iam::111122223333:role/nodes" } }, 1],
  [
    "an instance profile by ARN",
    nodeClassesSchema,
    { a: { amiAlias: ALIAS, instanceProfile: "arn:aws:iam::111122223333:instance-profile/nodes" } },
    1,
  ],
  ["hops", nodeClassesSchema, { a: { amiAlias: ALIAS, metadataOptions: { httpPutResponseHopLimit: 65 } } }, 1],
  ["a class that is null", nodeClassesSchema, { a: null }, 1],
  ["the controller's size", CONTROLLER_OPTION_FIELDS.controllerSize, { cpu: "2 cores", memory: "4Gi" }, 1],
  [
    "settings",
    CONTROLLER_OPTION_FIELDS.settings,
    { batchMaxDuration: "10", preferencePolicy: "respect", vmMemoryOverheadPercent: 7.5, reservedENIs: "one" },
    4,
  ],
  [
    "tolerations",
    CONTROLLER_OPTION_FIELDS.controllerTolerations,
    [{ operator: "Exist" }, { key: "a", effect: "NoRun" }],
    2,
  ],
  [
    "the spread of pods",
    CONTROLLER_OPTION_FIELDS.controllerTopologySpread,
    [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "Wait", minDomains: 0.5, nodeTaintsPolicy: "Obey" }],
    4,
  ],
  ["labels", CONTROLLER_OPTION_FIELDS.serviceMonitorLabels, { "a b": "x", a: "b c", "example.com/a": "" }, 2],
  ["more values", CONTROLLER_OPTION_FIELDS.controllerHelmValues, ["a: 1", "- a", "a", "", "a: [", '{"a": 1}'], 4],
  ["a log level", CONTROLLER_OPTION_FIELDS.logLevel, "warn", 1],
  ["a resolver", CONTROLLER_OPTION_FIELDS.controllerDnsPolicy, "None", 1],
];

describe("what is wrong inside of an input", () => {
  test.each(BOTH)("is said of %s by Terraform as by synth", (_, field, value, count) => {
    const problems = fieldProblems("it", value, field);
    expect(problems).toHaveLength(count);
    const said = saidByTerraform("it", value, field);
    expect(said).toEqual({ passes: false, problems: expect.arrayContaining(problems) as unknown });
    expect(said.problems).toHaveLength(count);
  });

  test.each<[string, Field, unknown]>([
    ["no pools", nodePoolsSchema, {}],
    ["a pool that says nothing", nodePoolsSchema, { default: {} }],
    [
      "a full pool",
      nodePoolsSchema,
      {
        default: {
          nodeClass: "a",
          requirements: [{ key: "a", operator: "In", values: ["b"], minValues: 1 }],
          expireAfter: "Never",
          terminationGracePeriod: "1h30m",
          disruption: {
            consolidateAfter: "1m",
            budgets: [{ nodes: "0", schedule: "0 9 * * mon-fri", duration: "8h30m" }],
          },
          limits: { cpu: 1000, memory: "1.5Ti", nodes: "10" },
          weight: 1,
          spec: { template: {} },
        },
      },
    ],
    ["@latest that is wanted", nodeClassesSchema, { a: { amiAlias: LATEST, allowLatestAmi: true } }],
    [
      "terms",
      nodeClassesSchema,
      { a: { amiSelectorTerms: [{ alias: ALIAS }] }, b: { amiFamily: "AL2", amiSelectorTerms: [{ id: "ami-1" }] } },
    ],
    ["a spec with terms", nodeClassesSchema, { a: { spec: { amiSelectorTerms: [{ id: "ami-1" }] } } }],
    ["nothing", CONTROLLER_OPTION_FIELDS.controllerTolerations, null],
    ["feature gates", CONTROLLER_OPTION_FIELDS.featureGates, { nodeRepair: true }],
  ])("is nothing for %s", (_, field, value) => {
    expect(fieldProblems("it", value, field)).toEqual([]);
    expect(saidByTerraform("it", value, field)).toEqual({ passes: true, problems: [] });
  });

  test.each<[keyof typeof CONTROLLER_OPTION_FIELDS, unknown, boolean]>([
    ["controllerReplicas", 1, true],
    ["controllerReplicas", 0, false],
    ["controllerReplicas", 1.5, false],
    ["controllerMaxUnavailable", "1", true],
    ["controllerMaxUnavailable", "100%", true],
    ["controllerMaxUnavailable", "0", false],
    ["controllerMaxUnavailable", "0%", false],
    ["controllerMaxUnavailable", "101%", false],
  ])("is decided alike for %s %j", (name, value, accepted) => {
    const field = CONTROLLER_OPTION_FIELDS[name];
    expect(fieldProblems(name, value, field).length === 0).toBe(accepted);
    expect(saidByTerraform(name, value, field).passes).toBe(accepted);
  });

  test("is said of free-form parts that are no JSON", () => {
    const rule = fieldRule(nodeOverlaysSchema, moduleSpelling);
    const overlay = asInput(nodeOverlaysSchema, { a: {} }) as { a: object };
    const scope = { var: { it: { a: { ...overlay.a, spec: "[]" } } } };
    expect(evaluateExpression(rule?.sentences?.("var.it", "it") ?? "", scope)).toEqual([
      '"it.a.spec" is "[]", but must be a JSON object; write it as jsonencode({ … })',
    ]);
  });

  test("is nothing that a rule could say where only the type can be wrong", () => {
    expect(fieldRule(CONTROLLER_OPTION_FIELDS.featureGates)).toBeUndefined();
    expect(terraformType(CONTROLLER_OPTION_FIELDS.featureGates)).not.toBe("string");
  });
});
