import { inAnyCase, matching, oneOf, refusal, refusalOf, rule } from "../../../lib/inputs/rule";

const TEXT = { allowed: "a letter", remedy: "write one" };

describe("refusal", () => {
  test("names property, value, what is allowed and the way out", () => {
    expect(refusal("clusterName", '"-"', TEXT)).toBe('"clusterName" is "-", but must be a letter; write one');
  });
});

describe("refusalOf", () => {
  test("says what a rule says of most values, or what it says of this one", () => {
    const answering = { ...TEXT, answer: (value: unknown) => (value === 1 ? "must be 2; add one" : undefined) };
    expect(refusalOf("x", "-", answering)).toBe('"x" is "-", but must be a letter; write one');
    expect(refusalOf("x", 1, answering)).toBe('"x" is 1, but must be 2; add one');
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
