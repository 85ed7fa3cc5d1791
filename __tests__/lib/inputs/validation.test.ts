import { CHECKED_INPUTS } from "../../../lib/inputs/catalog/checked-inputs";
import type { InputName } from "../../../lib/inputs/catalog/inputs";
import { INPUTS } from "../../../lib/inputs/catalog/inputs";
import type { Field } from "../../../lib/inputs/field";
import { any, bool, list, map, number, object, oneOfStrings, string, text } from "../../../lib/inputs/field-builders";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { matching } from "../../../lib/inputs/rule";
import { hasObjects, terraformType, validationsOf } from "../../../lib/inputs/validation";
import { evaluate } from "../../support/hcl";

/** What a plan says of an input, sentence by sentence. */
function atPlan(name: string, field: Field, value: unknown): string[] {
  const scope = { var: { [name]: value } };
  return validationsOf(name, field, field.default === null)
    .filter(({ condition }) => evaluate(condition, scope) !== true)
    .flatMap(({ error_message }) => String(evaluate(error_message, scope)).split("\n"));
}

const ROLE = "arn:aws:iam::111122223333:role/nodes";
const POLICY = "arn:aws:iam::111122223333:policy/extra";
const several = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, i) => make(i));
const entries = (count: number, value: string) =>
  Object.fromEntries(several(count, (i) => `k${i}`).map((k) => [k, value]));

const WRONG: readonly [InputName, unknown, number][] = [
  ["clusterName", "-", 1],
  ["clusterName", "", 1],
  ["iamPath", "a", 1],
  ["oidcProviderArn", "arn:aws:iam::1:oidc-provider/x", 1],
  ["controllerReplicas", 0, 1],
  ["controllerReplicas", 1.5, 1],
  ["chartTimeout", -1, 1],
  ["controllerMaxUnavailable", "0%", 1],
  ["controllerMaxUnavailable", "101%", 1],
  ["memoryPerReplica", "1 GB", 1],
  ["controllerIdentity", "IRSA", 1],
  ["logLevel", "warn", 1],
  ["controllerDnsPolicy", "None", 1],
  ["subnetIds", [], 1],
  ["subnetIds", ["subnet-0a", "x", "y"], 2],
  ["subnetIds", ["subnet-0a", "subnet-0b", "subnet-0a", "subnet-0b"], 2],
  ["subnetIds", several(31, (i) => `subnet-${i}`), 1],
  ["fargateSubnetIds", several(101, (i) => `subnet-${i}`), 1],
  ["securityGroupIds", ["sg-0a", "subnet-0a"], 1],
  ["nodeRoleArns", [ROLE, "nodes"], 1],
  ["additionalNodeRoleArns", [ROLE, ROLE], 1],
  ["existingNodeClasses", ["gpu", "Big"], 1],
  ["tags", { "aws:x": "y", a: "b" }, 1],
  ["tags", { "AWS:x": "y", "Kubernetes.io/Cluster/prod": "owned" }, 2],
  ["tags", { a: "x".repeat(257) }, 1],
  ["tags", { ["x".repeat(129)]: "" }, 1],
  ["tags", entries(51, "v"), 1],
  ["nodeAdditionalPolicies", { a: "ReadOnly", "b/c": POLICY }, 2],
  ["discoverySubnetIds", { a: "sg-0a" }, 1],
  ["serviceMonitorLabels", { "a b": "x", a: "b c", "example.com/a": "" }, 2],
];

const RIGHT: readonly [InputName, unknown][] = [
  ["clusterName", "prod"],
  ["oidcProviderArn", null],
  ["controllerReplicas", 1],
  ["cpuPerReplica", "1"],
  ["memoryPerReplica", "1.5Gi"],
  ["controllerMaxUnavailable", "100%"],
  ["controllerMaxUnavailable", null],
  ["controllerDnsPolicy", null],
  ["subnetIds", null],
  ["subnetIds", several(30, (i) => `subnet-${i}`)],
  ["tags", { Team: "", "karpenter.sh/discovery": "prod", "awsome:x": "y" }],
  ["nodeAdditionalPolicies", { extra: POLICY }],
  ["nodePoolsTimeout", null],
];

describe("what a plan asks of an input without objects", () => {
  test.each(WRONG)("is told of %s %j as at synth", (name, value, count) => {
    const told = fieldProblems(name, value, INPUTS[name]);
    expect(told).toHaveLength(count);
    expect(atPlan(name, INPUTS[name], value).sort()).toEqual(told.sort());
  });

  test.each(RIGHT)("is kept by %s %j, also where both sides of || are evaluated", (name, value) => {
    expect(fieldProblems(name, value, INPUTS[name])).toEqual([]);
    expect(atPlan(name, INPUTS[name], value)).toEqual([]);
  });

  test("names the item that is wrong", () => {
    expect(atPlan("subnet_ids", INPUTS.subnetIds, ["subnet-0a", "x"])).toEqual([
      '"subnet_ids[1]" is "x", but must be a subnet id, subnet-…; give the subnet\'s id, not its name',
    ]);
    expect(atPlan("tags", INPUTS.tags, { "aws:x": "y" })).toEqual([
      expect.stringMatching(/^"tags" has the name "aws:x", but a name must be one that begins with none of "aws:", /),
    ]);
  });

  test("may be told by a rule sentence by sentence", () => {
    const telling = {
      ...matching("^a$", { allowed: "", remedy: "" }),
      sentences: (it: string, name: string) => `["\${${it}} is no \${${it} == "b" ? "a" : "b"}", "so is ${name}"]`,
    };
    expect(atPlan("x", text(telling), "b")).toEqual(["b is no a", "so is x"]);
  });

  test("is left to the table of types where there are objects: it would fail on a wrong type, and hide the rest", () => {
    expect(Object.values(CHECKED_INPUTS).flatMap((field) => validationsOf("x", field, true))).toEqual([]);
  });
});

describe("terraformType", () => {
  test.each<[string, Field, string]>([
    ["a string", string, "string"],
    ["a number", number, "number"],
    ["a bool", bool, "bool"],
    ["a quantity", { kind: "quantity", rules: [] }, "string"],
    ["an enum", oneOfStrings("a", "b"), "string"],
    ["a list", list(number), "list(number)"],
    ["a map of lists", map(list(bool)), "map(list(bool))"],
    ["an object, of which it would drop what it does not name", object({ a: string }), "any"],
    ["objects in a list in a map", map(list(object({ a: string }))), "any"],
    ["anything", any, "any"],
  ])("writes %s", (_, field, type) => {
    expect(terraformType(field)).toBe(type);
    expect(hasObjects(field)).toBe(type === "any");
  });

  test.each(Object.entries(CHECKED_INPUTS))("takes %s as it is, which the table of types describes", (_, field) => {
    expect(terraformType(field)).toBe("any");
  });

  test("takes nothing else as it is", () => {
    const loose = Object.entries(INPUTS).filter(([, field]) => terraformType(field) === "any");
    expect(loose.map(([name]) => name).filter((name) => !(name in CHECKED_INPUTS))).toEqual([]);
  });
});
