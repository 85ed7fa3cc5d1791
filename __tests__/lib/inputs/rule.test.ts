import {
  every,
  listOf,
  mapOf,
  matching,
  notBeginningWith,
  oneOf,
  pattern,
  refusal,
  refusalOf,
} from "../../../lib/inputs/rule";
import { evaluateExpression } from "../../support/hcl";
import { variable } from "../../support/tokens";

const TEXT = { allowed: "a letter", remedy: "write one" };

describe("refusal", () => {
  test("names property, value, what is allowed and the way out", () => {
    expect(refusal("clusterName", '"-"', TEXT)).toBe('"clusterName" is "-", but must be a letter; write one');
  });
});

describe("refusalOf", () => {
  test("says what a rule says of most values, or what it says of this one", () => {
    const rule = { ...TEXT, answer: (value: unknown) => (value === 1 ? "must be 2; add one" : undefined) };
    expect(refusalOf("x", "-", rule)).toBe('"x" is "-", but must be a letter; write one');
    expect(refusalOf("x", 1, rule)).toBe('"x" is 1, but must be 2; add one');
  });
});

describe("pattern", () => {
  test("is regex() in Terraform, with its backslashes kept", () => {
    expect(pattern("^a\\.b$").terraform("var.x")).toBe('can(regex("^a\\\\.b$", var.x))');
  });

  test("means the same in both languages", () => {
    const check = pattern("^a\\.b$");
    for (const x of ["a.b", "axb"]) {
      expect(evaluateExpression(check.terraform("var.x"), { var: { x } })).toBe(check.accepts(x));
    }
  });

  test("refuses what is no string", () => {
    expect(pattern("^1$").accepts(1 as unknown as string)).toBe(false);
  });
});

describe("notBeginningWith", () => {
  const check = notBeginningWith(["aws:", "karpenter.sh/"]);

  test("is a case-insensitive regex() in Terraform", () => {
    expect(check.terraform("key")).toBe('!can(regex("^(?i:aws:|karpenter\\\\.sh/)", key))');
  });

  test.each([
    ["aws:x", false],
    ["AWS:x", false],
    ["karpenter.sh/x", false],
    ["karpenterXsh/x", true],
    ["my-aws:x", true],
    ["", true],
  ])("says of %p: %p", (key, verdict) => {
    expect(check.accepts(key)).toBe(verdict);
    expect(evaluateExpression(check.terraform("key"), { key })).toBe(verdict);
  });
});

describe("every", () => {
  const check = every(pattern("^a"), pattern("b$"));

  test("joins its checks with && in Terraform", () => {
    expect(check.terraform("x")).toBe('can(regex("^a", x)) && can(regex("b$", x))');
  });

  test.each([
    ["ab", true],
    ["a", false],
    ["b", false],
  ])("says of %p: %p", (value, verdict) => {
    expect(check.accepts(value)).toBe(verdict);
  });
});

describe("matching", () => {
  test("is a pattern with words", () => {
    expect(matching("^a$", TEXT)).toMatchObject(TEXT);
    expect(matching("^a$", TEXT).accepts("a")).toBe(true);
  });
});

describe("oneOf", () => {
  const rule = oneOf(["a", 'b"c'], "take a");

  test("is contains() in Terraform", () => {
    expect(rule.terraform("var.x")).toBe('contains(["a", "b\\"c"], var.x)');
  });

  test("lists what it takes", () => {
    expect(rule.allowed).toBe('one of "a", "b"c"');
    expect(rule.remedy).toBe("take a");
  });

  test("takes these and nothing else", () => {
    expect([rule.accepts("a"), rule.accepts('b"c'), rule.accepts("A"), rule.accepts("")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("listOf", () => {
  const rule = listOf(pattern("^a"), { min: 1, max: 2 }, TEXT);

  test("checks size, distinctness and every item in Terraform", () => {
    expect(rule.terraform("var.x")).toBe(
      "length(var.x) >= 1 && length(var.x) <= 2 && length(distinct(var.x)) == length(var.x) && " +
        'alltrue([for item in var.x : can(regex("^a", item))])',
    );
  });

  test("takes items that only Terraform knows, also several", () => {
    expect(rule.accepts([variable("x"), variable("x")])).toBe(true);
  });

  test("refuses a known item beside an unknown one", () => {
    expect(rule.accepts([variable("x"), "b"])).toBe(false);
  });

  test("refuses too many items though none is known", () => {
    expect(rule.accepts([variable("x"), variable("y"), variable("z")])).toBe(false);
  });
});

describe("mapOf", () => {
  const rule = mapOf({ keys: pattern("^k"), values: pattern("^v"), max: 1 }, TEXT);

  test("checks size, every key and every value in Terraform", () => {
    expect(rule.terraform("var.x")).toBe(
      "length(var.x) <= 1 && alltrue([for key, value in var.x : " +
        'can(regex("^k", key)) && can(regex("^v", value))])',
    );
  });

  test("takes values that only Terraform knows", () => {
    expect(rule.accepts({ k: variable("x") })).toBe(true);
  });

  test("refuses a wrong key though its value is not known", () => {
    expect(rule.accepts({ x: variable("x") })).toBe(false);
  });
});
