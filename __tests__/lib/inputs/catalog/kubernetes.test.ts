import { Ajv } from "ajv";
import {
  FargateProfileSelector,
  fargateSelectors,
  namespace,
  serviceAccountName,
} from "../../../../lib/inputs/catalog/kubernetes";
import { Rule } from "../../../../lib/inputs/rule";
import { evaluateExpression } from "../../../support/hcl";
import { variable } from "../../../support/tokens";

const ajv = new Ajv({ strict: false });

function verdicts<T>(rule: Rule<T>, value: T) {
  return {
    typescript: rule.accepts(value),
    terraform: evaluateExpression(rule.terraform("var.x"), { var: { x: value } }) === true,
    schema: ajv.validate(rule.schema ?? false, value),
  };
}

const YES = { typescript: true, terraform: true, schema: true };
const NO = { typescript: false, terraform: false, schema: false };

describe("namespace", () => {
  test.each(["a", "karpenter", "kube-system", "0", "n".repeat(63)])("accepts %s", (value) => {
    expect(verdicts(namespace, value)).toEqual(YES);
  });

  test.each(["", "*", "karp*", "Karpenter", "-a", "a-", "a.b", "a_b", "n".repeat(64)])('refuses "%s"', (value) => {
    expect(verdicts(namespace, value)).toEqual(NO);
  });
});

describe("serviceAccountName", () => {
  test.each(["a", "karpenter", "a.b-c", "n".repeat(253)])("accepts %s", (value) => {
    expect(verdicts(serviceAccountName, value)).toEqual(YES);
  });

  test.each(["", "*", "karpenter*", "a?", "A", ".a", "a.", "a:b", "n".repeat(254)])('refuses "%s"', (value) => {
    expect(verdicts(serviceAccountName, value)).toEqual(NO);
  });
});

describe("fargateSelectors", () => {
  const selectors = (count: number): FargateProfileSelector[] =>
    Array.from({ length: count }, (_, index) => ({ namespace: `n${index}`, labels: {} }));
  const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, "v"]));

  test.each([1, 5])("accepts %i selectors", (count) => {
    expect(verdicts(fargateSelectors, selectors(count))).toEqual(YES);
  });

  test.each([0, 6])("refuses %i selectors", (count) => {
    expect(verdicts(fargateSelectors, selectors(count))).toEqual(NO);
  });

  test("accepts wildcards in a namespace", () => {
    expect(verdicts(fargateSelectors, [{ namespace: "team-*", labels: {} }])).toEqual(YES);
    expect(verdicts(fargateSelectors, [{ namespace: "*", labels: {} }])).toEqual(YES);
  });

  test("accepts 5 labels and refuses 6", () => {
    expect(verdicts(fargateSelectors, [{ namespace: "a", labels: labels(5) }])).toEqual(YES);
    expect(verdicts(fargateSelectors, [{ namespace: "a", labels: labels(6) }])).toEqual(NO);
  });

  test("refuses the same selector twice", () => {
    expect(verdicts(fargateSelectors, [selectors(1)[0], selectors(1)[0]])).toEqual(NO);
  });

  test("accepts one namespace with different labels", () => {
    const twice = [
      { namespace: "a", labels: { app: "x" } },
      { namespace: "a", labels: { app: "y" } },
    ];
    expect(verdicts(fargateSelectors, twice)).toEqual(YES);
  });

  test.each(["", "Team", "-a", "a_b", "n".repeat(64)])('refuses the namespace "%s"', (value) => {
    expect(verdicts(fargateSelectors, [{ namespace: value, labels: {} }])).toEqual(NO);
  });

  test("takes a selector without labels and one whose namespace only Terraform knows", () => {
    expect(fargateSelectors.accepts([{ namespace: "a" }])).toBe(true);
    expect(fargateSelectors.accepts([{ namespace: variable("ns") }])).toBe(true);
  });
});
