import {
  any,
  bool,
  constructs,
  list,
  map,
  object,
  oneOfNewer,
  since,
  string,
  text,
  until,
} from "../../../lib/inputs/field-builders";
import type { Field } from "../../../lib/inputs/field";
import { matching, rule } from "../../../lib/inputs/rule";
import { given } from "../../../lib/inputs/predicate";
import { typesOf, typeTable } from "../../../lib/inputs/type-table";

const letter = matching("^[a-z]$", { allowed: "a letter", remedy: "write one" });
const table = (field: Field, first = "1.0") => typeTable({ it: field }, first, (name) => name.toUpperCase());

describe("typeTable", () => {
  test("has a type for each part, and no word of what there is not", () => {
    expect(table(map(object({ name: string, tags: list(string) }, ["name"]))).types).toEqual({
      it: {
        is: ["object"],
        must_be: "a map from names to values; write it in braces",
        of: "it.*",
        entry: "an object; leave its name out where there is to be none",
      },
      "it.*": {
        is: ["object"],
        must_be: "an object; write its fields in braces",
        // One description is one type, wherever it stands.
        fields: { name: "it.*.name", tags: "it.*.tags" },
        required: ["name"],
      },
      "it.*.name": { is: ["string"], must_be: "a string; write it in quotes" },
      "it.*.tags": {
        is: ["list"],
        must_be: "a list; write it in brackets",
        of: "it.*.name",
        entry: "a string; write it in quotes",
      },
    });
  });

  test("asks nothing of what the API takes as it is", () => {
    expect(table(any).types).toEqual({ it: {} });
  });

  test("has rules as data, those of every release first", () => {
    const short = rule({ maxLength: 1, notMatching: "x" }, { allowed: "short", remedy: "cut it" });
    expect(table(text({ ...letter, since: "1.9" }, short)).types.it.rules).toEqual([
      { allowed: "short", remedy: "cut it", max_length: 1, not_matching: "x" },
      { allowed: "a letter", remedy: "write one", matches: "^[a-z]$", since: 1009 },
    ]);
  });

  test("leaves out what only releases before the first ask or have", () => {
    const field = object(
      {
        gone: until("1.0", string),
        old: since("0.32", string),
        new: since("1.9", bool),
        word: oneOfNewer(["a", "b"], { a: "0.34", b: "1.4" }),
      },
      [],
      [{ refusal: "x", condition: given("old"), until: "1.0" }],
      [{ name: "x", told: "y", until: "0.32" }],
    );
    const { types, objectRules } = table(field);
    expect(Object.keys(types.it.fields ?? {})).toEqual(["old", "new", "word"]);
    expect(types["it.old"]).not.toHaveProperty("since");
    expect(types["it.new"].since).toEqual({ number: 1009, version: "1.9" });
    expect(types["it.word"].newer).toEqual({ b: { number: 1004, version: "1.4" } });
    expect(types.it).not.toHaveProperty("moved");
    expect(objectRules).toEqual([]);
  });

  test("tells where a name belongs in the module's names", () => {
    const field = object({}, [], [], [{ name: "x", told: 'write it in "{other}"' }]);
    expect(table(field).types.it.moved).toEqual({ x: 'write it in "OTHER"' });
  });

  test("has the forms of an object, and the rules on several fields with the type that they are of", () => {
    const condition = given("a");
    const { types, objectRules } = table({
      kind: "variant",
      by: "kind",
      variants: {
        A: object({ kind: string, a: string }, [], [{ refusal: "x", condition }]),
        B: object({ kind: string }),
      },
    });
    expect(types.it).toMatchObject({ by: "kind", kinds: 'one of "A", "B"', variants: { A: "it A", B: "it B" } });
    expect(objectRules).toEqual([{ type: "it A", rule: { refusal: "x", condition } }]);
  });

  test("fails on a rule that is no data, and on what no module has", () => {
    const byHand = { ...letter, test: undefined };
    expect(() => table(text(byHand))).toThrow('the rule "a letter" is no data');
    expect(() => table(constructs)).toThrow('"it" is of the kind "constructs"');
  });

  test("has an input that is described like another under its own name too", () => {
    const { types } = typeTable({ a: list(string), b: bool }, "1.0", String);
    expect(Object.keys(types).sort()).toEqual(["a", "a[]", "b"]);
    const shared = list(string);
    expect(Object.keys(typeTable({ a: shared, b: shared }, "1.0", String).types).sort()).toEqual(["a", "a[]", "b"]);
  });
});

describe("typesOf", () => {
  test("has what an input leads to, and nothing else", () => {
    const { types } = typeTable({ a: list(string), b: map(object({ c: bool })) }, "1.0", String);
    expect(Object.keys(typesOf(types, "b")).sort()).toEqual(["b", "b.*", "b.*.c"]);
    expect(Object.keys(typesOf(types, "a")).sort()).toEqual(["a", "a[]"]);
  });
});
