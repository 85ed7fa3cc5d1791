import type { Field } from "../../../lib/inputs/field";
import {
  any,
  bool,
  constructs,
  list,
  map,
  number,
  object,
  oneOfStrings,
  string,
  text,
} from "../../../lib/inputs/field-builders";
import { matching, saying } from "../../../lib/inputs/rule";
import {
  MAX_LISTED,
  MAX_SHOWN,
  missingField,
  shown,
  sizeInWords,
  typeInWords,
  unknownField,
} from "../../../lib/inputs/words";

describe("typeInWords", () => {
  test.each<[string, Field, string]>([
    ["a string", string, "a string; write it in quotes"],
    ["a string of a rule", text(matching("^a$", { allowed: "an a", remedy: "write it" })), "an a; write it"],
    [
      "a string of a rule in the API's words",
      text(matching("^a$", { allowed: "", remedy: "x" })),
      "a string; write it in quotes",
    ],
    ["a number", number, "a number; write it without quotes"],
    ["a bool", bool, "true or false; write it without quotes"],
    ["an enum", oneOfStrings("a", "b"), 'one of "a", "b"'],
    ["a list", list(string), "a list; write it in brackets"],
    ["a map", map(string), "a map from names to values; write it in braces"],
    ["an object", object({}), "an object; write its fields in braces"],
    ["a variant", { kind: "variant", by: "kind", variants: {} }, "an object; write its fields in braces"],
    ["constructs", constructs, "a list of constructs; write it in brackets"],
    ["anything", any, "an object; write its fields in braces"],
  ])("tells the way out of %s", (_, field, words) => {
    expect(typeInWords(field)).toBe(words);
  });
});

describe("saying", () => {
  const text_ = { allowed: "a", remedy: "b" };

  test("names the release for a rule that not every one has", () => {
    expect(saying({ ...text_, since: "1.9" }, "1.14.3")).toBe("a with Karpenter 1.14.3; b");
    expect(saying({ ...text_, until: "1.9" }, "1.8.8")).toBe("a with Karpenter 1.8.8; b");
  });

  test("names none otherwise", () => {
    expect(saying(text_, "1.14.3")).toBe("a; b");
    expect(saying({ ...text_, since: "1.9" })).toBe("a; b");
  });
});

describe("unknownField", () => {
  test("names the likely one and all that are known", () => {
    expect(unknownField("nodePools.a", "limit", "limits", ["limits", "weight"])).toBe(
      '"nodePools.a.limit" is not known; did you mean "limits"? Known: limits, weight',
    );
    expect(unknownField("", "x", undefined, ["a"])).toBe('"x" is not known; Known: a');
  });

  test("lists no names where nobody would read them", () => {
    const names = Array.from({ length: MAX_LISTED + 1 }, (_, index) => `n${index}`);
    expect(unknownField("", "x", "n1", names)).toBe('"x" is not known; did you mean "n1"?');
    expect(unknownField("", "x", undefined, names)).toBe('"x" is not known; leave it out');
    expect(unknownField("", "x", undefined, names.slice(1))).toContain(" Known: n1, n2, ");
  });
});

describe("missingField", () => {
  test("says what it must be", () => {
    expect(missingField("a[0]", "key", string)).toBe('"a[0].key" is missing, but must be a string; write it in quotes');
  });
});

describe("sizeInWords", () => {
  test.each([
    [{ min: 1 }, "at least 1"],
    [{ max: 5 }, "at most 5"],
    [{ min: 1, max: 5 }, "1 to 5"],
  ])("says %j", (size, words) => {
    expect(sizeInWords(size)).toBe(words);
  });
});

describe("shown", () => {
  test("is JSON with its keys in order", () => {
    expect(shown({ b: [{ d: 1, c: null }], a: "x" })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    expect(shown(undefined)).toBe("null");
  });

  test("is only the beginning of a long value", () => {
    expect(shown("x".repeat(MAX_SHOWN - 2))).toBe(`"${"x".repeat(MAX_SHOWN - 2)}"`);
    expect(shown("x".repeat(MAX_SHOWN))).toBe(`"${"x".repeat(MAX_SHOWN - 1)}…`);
  });
});
