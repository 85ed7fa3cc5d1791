import type { IResolvable } from "cdktf";
import { nodePoolSchema } from "../../../lib/inputs/catalog/objects";
import type { Field, ObjectField, VariantField } from "../../../lib/inputs/field";
import { api, apiRule } from "../../../lib/inputs/field";
import {
  any,
  bool,
  constructs,
  list,
  map,
  number,
  numeric,
  object,
  oneOfNewer,
  oneOfStrings,
  since,
  string,
  text,
  toggle,
  until,
} from "../../../lib/inputs/field-builders";
import { fieldProblems, problemsIn } from "../../../lib/inputs/field-problems";
import { all, given, not } from "../../../lib/inputs/predicate";
import { matching, rule } from "../../../lib/inputs/rule";
import { variable, variableFlag, variableList } from "../../support/tokens";

const PERSON = object({ name: string, nickName: string, ages: list(number) }, ["name"]);
const letter = matching("^[a-z]$", { allowed: "a letter", remedy: "write one" });
const amount: Field = {
  kind: "quantity",
  rules: [rule({ matches: "^[0-9]+$" }, { allowed: "an amount", remedy: "count" })],
};
const ANIMAL: VariantField = {
  kind: "variant",
  by: "kind",
  variants: {
    Cat: object({ kind: string, lives: number }),
    Dog: object({ kind: string, tricks: list(string) }, ["tricks"]),
  },
};

describe("fieldProblems", () => {
  test("finds nothing wrong with a full object", () => {
    expect(fieldProblems("it", { name: "a", nickName: "b", ages: [1, 2] }, PERSON)).toEqual([]);
  });

  test.each<[string, Field, unknown, string]>([
    ["a string", string, 1, '"it" is 1, but must be a string; write it in quotes'],
    ["a string with a rule", text(letter), 1, '"it" is 1, but must be a letter; write one'],
    ["a number", number, "1", '"it" is "1", but must be a number; write it without quotes'],
    ["a bool", bool, "true", '"it" is "true", but must be true or false; write it without quotes'],
    ["a quantity", amount, true, '"it" is true, but must be an amount; count'],
    ["a list", list(string), "a", '"it" is "a", but must be a list; write it in brackets'],
    ["a map", map(string), ["a"], '"it" is ["a"], but must be a map from names to values; write it in braces'],
    ["an object", PERSON, "a", '"it" is "a", but must be an object; write its fields in braces'],
    ["an object that is a list", PERSON, [], '"it" is [], but must be an object; write its fields in braces'],
    ["one of several objects", ANIMAL, "Cat", '"it" is "Cat", but must be an object; write its fields in braces'],
    ["an enum", oneOfStrings("In", "NotIn"), "in", '"it" is "in", but must be one of "In", "NotIn"'],
    ["an enum by a number", oneOfStrings("1"), 1, '"it" is 1, but must be one of "1"'],
    [
      "an item",
      list(list(number)),
      [[1], [2, "3"]],
      '"it[1][1]" is "3", but must be a number; write it without quotes',
    ],
    ["an entry", map(amount), { cpu: "1", memory: {} }, '"it.memory" is {}, but must be an amount; count'],
    ["constructs", constructs, {}, '"it" is no list, but must be a list of constructs; write it in brackets'],
  ])("refuses %s of a wrong type, with the way out", (_, field, value, problem) => {
    expect(fieldProblems("it", value, field)).toEqual([problem]);
  });

  test.each<[string, Field, unknown]>([
    ["a quantity by a number", amount, 2],
    ["a quantity by a string", amount, "1000"],
    ["an enum's value", oneOfStrings("In", "NotIn"), "NotIn"],
    ["anything where the API decides", any, [{ a: "b" }]],
    ["one of several objects", ANIMAL, { kind: "Dog", tricks: ["sit"] }],
    ["nothing", PERSON, undefined],
    ["null for nothing", PERSON, null],
    ["a string that only Terraform knows", number, variable("x")],
    ["a list that only Terraform knows", list(number), variableList("x")],
    ["an object that only Terraform knows", PERSON, variableFlag("x")],
    ["a field that only Terraform knows", PERSON, { name: variable("name"), ages: variableFlag("ages") }],
    [
      "items that only Terraform knows, also several times",
      list(text(letter), { min: 1, max: 2 }, {}),
      [variable("x"), variable("x")],
    ],
    ["an entry that only Terraform knows", map(text(letter)), { k: variable("x") }],
    ["a bool that only Terraform knows, where nothing is decided at synth", bool, variableFlag("x")],
  ])("takes %s", (_, field, value: unknown) => {
    expect(fieldProblems("it", value, field)).toEqual([]);
  });

  test("refuses what is known beside what only Terraform knows", () => {
    expect(fieldProblems("it", [variable("x"), "B"], list(text(letter)))).toEqual([
      '"it[1]" is "B", but must be a letter; write one',
    ]);
    expect(fieldProblems("it", { X: variable("x") }, map(string, [letter]))).toEqual([
      '"it" has the name "X", but a name must be a letter; write one',
    ]);
    expect(fieldProblems("it", [variable("x"), variable("y")], list(string, { max: 1 }))).toEqual([
      '"it" has 2 items, but must have at most 1; leave some out',
    ]);
  });

  test("asks for a value at synth where synth decides by it", () => {
    expect(fieldProblems("it", variableFlag("x"), toggle)).toEqual([
      '"it" is a value that only Terraform knows, but must be known at synth; write true or false',
    ]);
    expect(fieldProblems("it", false, toggle)).toEqual([]);
  });

  test("finds everything that is wrong at once, each with its path", () => {
    expect(fieldProblems("it", [{ nme: "a", ages: [1, "2"] }, { name: 3 }], list(PERSON))).toEqual([
      '"it[0].nme" is not known; did you mean "name"? Known: ages, name, nickName',
      '"it[0].ages[1]" is "2", but must be a number; write it without quotes',
      '"it[1].name" is 3, but must be a string; write it in quotes',
    ]);
  });

  test("names the path through lists and objects of a NodePool", () => {
    const pool = { disruption: { budgets: [{ nodes: 10 }] } };
    expect(fieldProblems("nodePools.default", pool, nodePoolSchema)).toEqual([
      expect.stringMatching(
        /^"nodePools\.default\.disruption\.budgets\[0\]\.nodes" is 10, but must be a whole number such as "5"/,
      ),
    ]);
  });

  test("looks no further into what only Terraform knows", () => {
    const pool = { limits: variableFlag("limits"), labels: { a: variable("a") } } satisfies Record<
      string,
      IResolvable | Record<string, string>
    >;
    expect(fieldProblems("nodePools.default", pool, nodePoolSchema)).toEqual([]);
  });
});

describe("names of an object", () => {
  test("that are near to one are told with it, and with all in order", () => {
    for (const name of ["nicName", "NICKNAME", "nick_name"]) {
      expect(fieldProblems("it", { name: "a", [name]: "b" }, PERSON)).toEqual([
        `"it.${name}" is not known; did you mean "nickName"? Known: ages, name, nickName`,
      ]);
    }
  });

  test("that are like none are told with all", () => {
    expect(fieldProblems("it", { name: "a", occupation: "b" }, PERSON)).toEqual([
      '"it.occupation" is not known; Known: ages, name, nickName',
    ]);
  });

  test("that JavaScript's own objects have are unknown too", () => {
    expect(fieldProblems("it", { name: "a", toString: "b" }, PERSON)).toEqual([
      '"it.toString" is not known; Known: ages, name, nickName',
    ]);
  });

  test("that belong elsewhere are told where", () => {
    const moved = object({ name: string }, [], [], [{ name: "age", told: 'it is in "{people}.<name>"' }]);
    expect(fieldProblems("it", { age: 1 }, moved)).toEqual(['"it.age" is not known here; it is in "people.<name>"']);
  });

  test("have no path where they are properties themselves", () => {
    expect(fieldProblems("", { nmae: "a" }, PERSON)).toEqual([
      '"nmae" is not known; did you mean "name"? Known: ages, name, nickName',
    ]);
    expect(fieldProblems("", { job: "a" }, PERSON)).toEqual([
      '"job" is not known; Known: ages, name, nickName',
      '"name" is missing, but must be a string; write it in quotes',
    ]);
  });

  test.each([[{}], [{ name: undefined }], [{ name: null }]])("are missed where they are required, in %j", (value) => {
    expect(fieldProblems("it", value, PERSON)).toEqual([
      '"it.name" is missing, but must be a string; write it in quotes',
    ]);
  });

  test("are not missed where another is likely meant for them", () => {
    expect(fieldProblems("it", { names: "a" }, PERSON)).toEqual([
      '"it.names" is not known; did you mean "name"? Known: ages, name, nickName',
    ]);
  });

  test("are those of the release", () => {
    const versioned = object({ newer: since("1.9", string), older: until("1.9", string) });
    expect(fieldProblems("it", { newr: "a" }, versioned, "1.8.8")).toEqual(['"it.newr" is not known; Known: older']);
    expect(fieldProblems("it", { newr: "a" }, versioned, "1.9.0")).toEqual([
      '"it.newr" is not known; did you mean "newer"? Known: newer',
    ]);
  });
});

describe("an object of several forms", () => {
  test("says which there are", () => {
    expect(fieldProblems("it", { kind: "Cow" }, ANIMAL)).toEqual([
      '"it.kind" is "Cow", but must be one of "Cat", "Dog"',
    ]);
    expect(fieldProblems("it", {}, ANIMAL)).toEqual(['"it.kind" is missing, but must be one of "Cat", "Dog"']);
    expect(fieldProblems("it", { kind: "toString" }, ANIMAL)).toHaveLength(1);
  });

  test("is held against its form", () => {
    expect(fieldProblems("it", { kind: "Dog", lives: 9 }, ANIMAL)).toEqual([
      '"it.lives" is not known; Known: kind, tricks',
      '"it.tricks" is missing, but must be a list; write it in brackets',
    ]);
  });
});

describe("what minor versions differ in", () => {
  const versioned = object({
    newer: since("1.9", number),
    older: until("1.4", number),
    word: oneOfNewer(["a", "b"], { b: "1.9" }),
    letter: text({ ...letter, since: "1.9" }),
    labels: map(string, [], { newer: { x: "1.9" } }),
  });

  test.each<[object, string, string]>([
    [
      { newer: 1 },
      "1.8.8",
      '"it.newer" is given, but must be left out with Karpenter 1.8.8, which does not know it; leave it out, or set "karpenterVersion" to a release from 1.9 on',
    ],
    [
      { newer: "x" },
      "1.8.8",
      '"it.newer" is given, but must be left out with Karpenter 1.8.8, which does not know it; leave it out, or set "karpenterVersion" to a release from 1.9 on',
    ],
    [
      { older: 1 },
      "1.4.0",
      '"it.older" is given, but must be left out with Karpenter 1.4.0, which no longer knows it; leave it out, or set "karpenterVersion" to a release before 1.4',
    ],
    [
      { word: "b" },
      "1.8.8",
      '"it.word" is "b", but must be another with Karpenter 1.8.8, which does not know it; take another, or set "karpenterVersion" to a release from 1.9 on',
    ],
    [{ letter: "A" }, "1.9.0", '"it.letter" is "A", but must be a letter with Karpenter 1.9.0; write one'],
    [
      { labels: { x: "" } },
      "1.8.8",
      '"it.labels" has the name "x", but a name must be another with Karpenter 1.8.8, which does not know it; take another, or set "karpenterVersion" to a release from 1.9 on',
    ],
  ])("%j is refused with %s, which is named", (value, release, problem) => {
    expect(fieldProblems("it", value, versioned, release)).toEqual([problem]);
  });

  test("is not asked of other releases, nor without one", () => {
    expect(fieldProblems("it", { newer: 1, word: "b", letter: "a", labels: { x: "" } }, versioned, "1.9.0")).toEqual(
      [],
    );
    expect(fieldProblems("it", { letter: "A" }, versioned, "1.8.8")).toEqual([]);
    expect(fieldProblems("it", { newer: 1, older: 1, word: "b", letter: "A" }, versioned)).toEqual([]);
  });

  test("a value that has another name now is told it", () => {
    expect(fieldProblems("it", "c", { ...oneOfNewer(["a", "b"], {}), renamed: { c: "b" } })).toEqual([
      '"it" is "c", but must be one of "a", "b"; here it is "b"',
    ]);
  });
});

describe("rules", () => {
  test("on a value: the first that is broken is told, those of every release first", () => {
    const short = rule({ maxLength: 1 }, { allowed: "short", remedy: "cut it" });
    const field = text({ ...letter, since: "1.0" }, short);
    expect(fieldProblems("it", "AB", field, "1.14.3")).toEqual(['"it" is "AB", but must be short; cut it']);
    expect(fieldProblems("it", "A", field, "1.14.3")).toEqual([
      '"it" is "A", but must be a letter with Karpenter 1.14.3; write one',
    ]);
  });

  test("may answer a value in words of its own", () => {
    const answering = {
      ...letter,
      answer: (value: unknown) => (value === "A" ? 'must be small; take "a"' : undefined),
    };
    expect(fieldProblems("it", "A", text(answering))).toEqual(['"it" is "A", but must be small; take "a"']);
    expect(fieldProblems("it", "B", text(answering))).toEqual(['"it" is "B", but must be a letter; write one']);
  });

  test("on names and texts with the mark of a token that there is not say where these stand", () => {
    const mark = "${TfToken[TOKEN.999999]}";
    const allowed = "a text without the mark of a token that there is not; leave the mark out";
    expect(fieldProblems("it", { a: { b: [mark] } }, map(any))).toEqual([
      `"it.a.b[0]" is "${mark}", but must be ${allowed}`,
    ]);
    expect(fieldProblems("it", { [mark]: "a" }, map(string))).toEqual([
      `"it" has the name "${mark}", but a name must be ${allowed}`,
    ]);
  });

  test("on sizes and on what must be there once name how many there are, and which", () => {
    const field = list(string, { min: 1, max: 2 }, {});
    expect(fieldProblems("it", [], field)).toEqual([
      '"it" has 0 items, but must have 1 to 2; correct how many there are',
    ]);
    expect(fieldProblems("it", ["a", "b", "a"], field)).toEqual([
      '"it" has 3 items, but must have 1 to 2; correct how many there are',
      '"it[2]" is "a" again, but must be there once; leave it out',
    ]);
    const long = "x".repeat(1_000);
    expect(fieldProblems("it", [`${long}a`, `${long}b`], { ...field, size: undefined })).toEqual([]);
    expect(fieldProblems("it", { a: "", b: "" }, map(string, [], { size: { max: 1 } }))).toEqual([
      '"it" has 2 entries, but must have at most 1; leave some out',
    ]);
  });

  test("on several fields are asked of an object and of what lies below it together", () => {
    const exclusive = apiRule(
      "",
      'has both "a" and "b"',
      "one of them",
      "leave one out",
      not(all(given("a"), given("b"))),
    );
    const fields = { a: string, b: string };
    const field: ObjectField = { ...object({ ...fields, spec: object(fields) }, [], [exclusive]), below: "spec" };
    const told = ['"it" has both "a" and "b", but must be as the API has it: one of them; leave one out'];
    expect(fieldProblems("it", { a: "x", b: "y" }, field)).toEqual(told);
    expect(fieldProblems("it", { a: "x", spec: { b: "y" } }, field)).toEqual(told);
    expect(fieldProblems("it", { a: "x", spec: { a: "y" } }, field)).toEqual([]);
    expect(fieldProblems("it", { a: "x", spec: "b" }, field)).toHaveLength(1);
  });

  test("that are stricter than the API server's say so", () => {
    const field = object({ strict: text({ ...letter, stricter: { until: "1.4" } }), own: text(api(letter, "x", "y")) });
    const strict = (release: string) =>
      problemsIn("it", { strict: "A", own: "A" }, field, release).map((found) => found.stricter);
    expect(strict("1.3.3")).toEqual([true, false]);
    expect(strict("1.4.0")).toEqual([false, false]);
  });

  test.each<[string, unknown, Field, string[]]>([
    [
      "an object",
      { a: null },
      map(PERSON),
      ['"it.a" is null, but must be an object; leave its name out where there is to be none'],
    ],
    ["a text in a map", { a: undefined }, map(string), ['"it.a" is null, but must be a string; write it in quotes']],
    ["an item", ["a", null], list(text(letter)), ['"it[1]" is null, but must be a letter; write one']],
    ["whatever there may be", { a: null }, map(any), []],
  ])("name an entry that is null, for something must be there: %s", (_, value, field, problems) => {
    expect(fieldProblems("it", value, field)).toEqual(problems);
  });

  test("on numbers keep whole ones apart", () => {
    const whole = numeric(rule<number>({ whole: true, min: 1 }, { allowed: "a whole number from 1", remedy: "count" }));
    expect([1, 1.5, 0].map((value) => fieldProblems("it", value, whole).length)).toEqual([0, 1, 1]);
  });
});
