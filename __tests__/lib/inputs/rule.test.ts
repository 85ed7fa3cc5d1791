import { numeric, text } from "../../../lib/inputs/field-builders";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { inAnyCase, matching, oneOf, rule } from "../../../lib/inputs/rule";

const TEXT = { allowed: "a letter", remedy: "write one" };

describe("a refusal", () => {
  const never = { ...TEXT, accepts: () => false, terraform: () => "false" };

  test("names property, value, what is allowed and the way out", () => {
    expect(fieldProblems("clusterName", "-", text(never))).toEqual([
      '"clusterName" is "-", but must be a letter; write one',
    ]);
  });

  test("says what a rule says of most values, or what it says of this one", () => {
    const answering = { ...never, answer: (value: unknown) => (value === 1 ? "must be 2; add one" : undefined) };
    expect(fieldProblems("x", "-", text(answering))).toEqual(['"x" is "-", but must be a letter; write one']);
    expect(fieldProblems("x", 1, numeric(answering))).toEqual(['"x" is 1, but must be 2; add one']);
  });
});

describe("rule", () => {
  test("has its test and its words, and one language for each side", () => {
    const check = rule({ matches: "^a$" }, TEXT);
    expect(check).toMatchObject({ ...TEXT, test: { matches: "^a$" }, schema: { pattern: "^a$" } });
    expect([check.accepts("a"), check.accepts("b")]).toEqual([true, false]);
    expect(check.terraform("var.x")).toBe('can(regex("^a$", var.x))');
  });
});

describe("matching", () => {
  test("is a pattern with words", () => {
    expect(matching("^a$", TEXT)).toMatchObject({ ...TEXT, test: { matches: "^a$" } });
  });
});

describe("oneOf", () => {
  const check = oneOf(["a", 'b"c'], "take a");

  test("is contains() in Terraform", () => {
    expect(check.terraform("var.x")).toBe('contains(["a", "b\\"c"], var.x)');
  });

  test("lists what it takes", () => {
    expect(check.allowed).toBe('one of "a", "b"c"');
    expect(check.remedy).toBe("take a");
  });

  test("takes these and nothing else", () => {
    expect(["a", 'b"c', "A", ""].map((value) => check.accepts(value))).toEqual([true, true, false, false]);
  });
});

describe("inAnyCase", () => {
  test("takes every letter in both cases, and leaves the rest", () => {
    const pattern = new RegExp(`^${inAnyCase("aws:|k8s[.]io/")}`);
    expect(["aws:x", "AWS:x", "aWs:", "K8S.IO/x", "awsx", "k8sxio/"].map((value) => pattern.test(value))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
