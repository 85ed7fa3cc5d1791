import { Ajv } from "ajv";
import type { ValueTest } from "../../../lib/inputs/value-test";
import { passesTest, testAtPlan, testSchema } from "../../../lib/inputs/value-test";
import { evaluateExpression } from "../../support/hcl";

const ajv = new Ajv({ strict: false });

/** Tests, with values that pass and values that do not. */
const TESTS: readonly [string, ValueTest, readonly unknown[], readonly unknown[]][] = [
  ["a pattern", { matches: "^a\\.b$" }, ["a.b"], ["axb", "", "a.b "]],
  ["a pattern that must not match", { notMatching: "^aws:" }, ["my-aws:x", ""], ["aws:x"]],
  ["one of some values", { oneOf: ["a", 'b"c'] }, ["a", 'b"c'], ["A", ""]],
  ["none of some values", { noneOf: ["a", ""] }, ["b"], ["a", ""]],
  ["a point", { matches: "^.$" }, ["a", "\r", "\u2028", "\u2029", "😀"], ["", "\n", "ab"]],
  ["a point in a class", { matches: "^[.]\\.$" }, [".."], ["a.", ".a"]],
  ["a length of characters that are drawn as one", { maxLength: 3 }, ["क्ष".slice(0, 3), "👨‍👩"], ["क्षि", "👨‍👩‍👧"]],
  ["a length", { maxLength: 3 }, ["", "abc", "äöü"], ["abcd"]],
  ["bounds", { min: 1, max: 10 }, [1, 5.5, 10], [0, 10.5, -1]],
  ["a lower bound", { min: -1 }, [-1, 0], [-2]],
  ["a whole number", { whole: true }, [0, 7, -7], [0.5]],
  ["several at once", { matches: "^a", maxLength: 2, noneOf: ["ab"] }, ["a", "ac"], ["b", "ab", "acd"]],
];

describe.each(TESTS)("%s", (_, test_, accepted, refused) => {
  test.each([...accepted.map((value) => [value, true]), ...refused.map((value) => [value, false])])(
    "says of %j in TypeScript, in Terraform and in the JSON Schema: %p",
    (value, verdict) => {
      expect({
        typescript: passesTest(test_, value),
        terraform: evaluateExpression(testAtPlan(test_, "var.x"), { var: { x: value } }),
        schema: ajv.validate(testSchema(test_), value),
      }).toEqual({ typescript: verdict, terraform: verdict, schema: verdict });
    },
  );
});

/** What a JSON Schema leaves to the program. */
const CONDITIONAL: readonly [string, ValueTest, readonly string[], readonly string[]][] = [
  ["only what matches", { when: "^windows", matches: "@latest$" }, ["al2@v1", "windows@latest"], ["windows@v1"]],
  ["but for some values", { notMatching: "^a", except: ["ab"] }, ["ab", "b"], ["a", "ac"]],
  ["unless it matches", { notMatching: "a", unlessMatching: "^node" }, ["node-a", "b"], ["a", "xa"]],
];

describe.each(CONDITIONAL)("a test of %s", (_, test_, accepted, refused) => {
  test.each([...accepted.map((value) => [value, true]), ...refused.map((value) => [value, false])])(
    "says of %j in TypeScript and in Terraform: %p",
    (value, verdict) => {
      expect(passesTest(test_, value)).toBe(verdict);
      expect(evaluateExpression(testAtPlan(test_, "var.x"), { var: { x: value } })).toBe(verdict);
      expect(testSchema(test_)).toEqual({});
    },
  );
});

describe("a test of YAML", () => {
  test.each([
    ["a: 1", true],
    ['{"a": 1}', true],
    ["- a", false],
    ["a", false],
    ["a: [", false],
  ])("says of %j in Terraform: %p", (value, verdict) => {
    expect(evaluateExpression(testAtPlan({ yamlMapping: true }, "var.x"), { var: { x: value } })).toBe(verdict);
  });
});

test("a pattern keeps its backslashes in Terraform", () => {
  expect(testAtPlan({ matches: "^a\\.b$" }, "var.x")).toBe('can(regex("^a\\\\.b$", var.x))');
});
