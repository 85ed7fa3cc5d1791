import type { Rule } from "../../../../lib/inputs/rule";
import * as values from "../../../../lib/inputs/catalog/values";
import { evaluateExpression } from "../../../support/hcl";

const asTerraform = (rule: Rule<never>, value: unknown) =>
  evaluateExpression(rule.terraform("var.x"), { var: { x: value } });

const TABLE: readonly [keyof typeof values, readonly unknown[], readonly unknown[]][] = [
  [
    "quantity",
    ["1", "0.5", ".5", "500m", "1Gi", "1.5Ti", "2e3", "100k"],
    ["", "1 Gi", "1GB", "two", "-1", "1gi", "Gi"],
  ],
  ["podCountOrShare", ["1", "10", "1%", "100%"], ["0", "0%", "101%", "-1", "", "1.5", "one"]],
  ["settingDuration", ["10s", "1.5s", "100ms", "1m"], ["10", "1d", "", "s"]],
  ["fraction", [0, 0.075, 1], [7.5, -0.1]],
  ["numberInQuotes", ["0", "12"], ["", "one", "-1", "1.5"]],
  ["timeout", [1, 600], [0, -1, 1.5]],
  ["objectName", ["a", "a.b-c", "1", "a".repeat(253)], ["", "A", "a_b", "-a", "a.", "a..b", "a.-b", "a".repeat(254)]],
  ["labelKey", ["release", "example.com/release", "A_b.c-d"], ["", "a b", "-a", "a/b/c", "x".repeat(64)]],
  ["annotationKey", ["note", "Example.com/note", "A_b.c-d"], ["", "a b", "-a", "a/b/c", "/a", "x".repeat(64)]],
  ["tolerationKey", ["", "release", "example.com/release"], ["a b", "-a", "a/b/c", "x".repeat(64)]],
  ["base64", ["YQ==", "YWJj"], ["", "a b", "YQ==\n", "=a"]],
  ["image", ["registry.example/pause:3.7", "a"], ["", "a b", "a\n"]],
  ["labelValue", ["", "a", "A_b.c-d"], ["a b", "-a", "a-", "x".repeat(64)]],
  ["yamlMapping", ["a: 1", '{"a": 1}', "a:\n  - b"], ["- a", "a", "", "a: [", "1"]],
];

describe("the rules on values of the cluster side", () => {
  test.each(TABLE)("%s says the same at synth and at plan", (name, right, wrong) => {
    const rule = values[name] as Rule<never>;
    const verdicts = (all: readonly unknown[]) =>
      all.map((value) => [value, rule.accepts(value as never), asTerraform(rule, value)]);
    expect(verdicts(right)).toEqual(right.map((value) => [value, true, true]));
    expect(verdicts(wrong)).toEqual(wrong.map((value) => [value, false, false]));
  });

  test("are all in this table", () => {
    const rules = Object.keys(values).filter((name) => typeof values[name as keyof typeof values] === "object");
    expect(TABLE.map(([name]) => name).sort()).toEqual(rules.sort());
  });

  test("take a number for what Kubernetes takes as either", () => {
    expect([values.quantity.accepts(2), values.podCountOrShare.accepts(1), values.podCountOrShare.accepts(0)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each([
    [1, undefined, [1, 100], [0, 1.5]],
    [1, 10, [1, 10], [0, 11, 2.5]],
  ])("count whole numbers from %p to %p", (from, to, right, wrong) => {
    const rule = values.wholeNumber(from, to, "say less") as Rule<never>;
    for (const value of [...right, ...wrong]) {
      expect([rule.accepts(value as never), asTerraform(rule, value)]).toEqual(
        right.includes(value) ? [true, true] : [false, false],
      );
    }
  });
});
