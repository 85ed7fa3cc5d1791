import { IResolvable } from "cdktf";
import {
  bool,
  Field,
  json,
  list,
  map,
  number,
  object,
  oneOfStrings,
  quantity,
  string,
  terraformType,
} from "../../../lib/inputs/field";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { featureGatesSchema, settingsSchema } from "../../../lib/inputs/catalog/controller";
import { nodeClassSchema, nodeOverlaySchema, nodePoolSchema } from "../../../lib/inputs/catalog/objects";
import { variable, variableFlag, variableList } from "../../support/tokens";

const PERSON = object({ name: string, nickName: string, ages: list(number) }, ["name"]);

describe("terraformType", () => {
  test.each<[string, Field, string]>([
    ["a string", string, "string"],
    ["a number", number, "number"],
    ["a bool", bool, "bool"],
    ["a quantity", quantity, "string"],
    ["an enum", oneOfStrings("a", "b"), "string"],
    ["free-form JSON", json, "string"],
    ["a list", list(number), "list(number)"],
    ["a map of lists", map(list(bool)), "map(list(bool))"],
    ["an object without fields", object({}), "object({  })"],
    ["an object", PERSON, "object({ name = string, nickName = optional(string), ages = optional(list(number)) })"],
    [
      "an object in a list in an object",
      object({ people: list(PERSON), boss: PERSON }, ["boss"]),
      "object({ people = optional(list(object({ name = string, nickName = optional(string), ages = optional(list(number)) }))), " +
        "boss = object({ name = string, nickName = optional(string), ages = optional(list(number)) }) })",
    ],
  ])("writes %s", (_, field, type) => {
    expect(terraformType(field)).toBe(type);
  });

  test("renames words at every depth, and takes what is required by its own name", () => {
    const names = (name: string) => ({ nickName: "nick_name", name: "full_name" })[name] ?? name;
    expect(terraformType(map(object({ friends: list(PERSON) })), names)).toBe(
      "map(object({ friends = optional(list(object({ full_name = string, nick_name = optional(string), ages = optional(list(number)) }))) }))",
    );
  });

  test.each<[string, Field]>([
    ["NodePools", nodePoolSchema],
    ["NodeOverlays", nodeOverlaySchema],
    ["EC2NodeClasses", nodeClassSchema],
    ["settings", settingsSchema],
    ["feature gates", featureGatesSchema],
  ])("is exact for %s", (_, field) => {
    expect(terraformType(field)).not.toMatch(/\bany\b|undefined/);
  });
});

const QUANTITY =
  'a Kubernetes quantity such as "2", "500m" or "4Gi"; write a number with at most one unit behind it, without a space, ' +
  '"4Gi" and not "4 GB"';

describe("fieldProblems", () => {
  test("finds nothing wrong with a full object", () => {
    expect(fieldProblems("it", { name: "a", nickName: "b", ages: [1, 2] }, PERSON)).toEqual([]);
  });

  test.each<[string, Field, unknown, string]>([
    ["a string", string, 1, '"it" is 1, but must be a string'],
    ["a number", number, "1", '"it" is "1", but must be a number'],
    ["a bool", bool, "true", '"it" is "true", but must be true or false'],
    ["a quantity", quantity, true, `"it" is true, but must be ${QUANTITY}`],
    ["a list", list(string), "a", '"it" is "a", but must be a list'],
    ["a map", map(string), ["a"], '"it" is ["a"], but must be a map'],
    ["an object", PERSON, "a", '"it" is "a", but must be an object'],
    ["an object that is a list", PERSON, [], '"it" is [], but must be an object'],
    ["an enum", oneOfStrings("In", "NotIn"), "in", '"it" is "in", but must be one of "In", "NotIn"'],
    ["an enum by a number", oneOfStrings("1"), 1, '"it" is 1, but must be one of "1"'],
    ["an item", list(list(number)), [[1], [2, "3"]], '"it[1][1]" is "3", but must be a number'],
    ["an entry", map(quantity), { cpu: "1", memory: {} }, `"it.memory" is {}, but must be ${QUANTITY}`],
  ])("refuses %s of a wrong type", (_, field, value, problem) => {
    expect(fieldProblems("it", value, field)).toEqual([problem]);
  });

  test.each<[string, Field, unknown]>([
    ["a quantity by a number", quantity, 2],
    ["a quantity by a string", quantity, "1000Gi"],
    ["an enum's value", oneOfStrings("In", "NotIn"), "NotIn"],
    ["nothing", string, undefined],
    ["null", PERSON, null],
    ["any JSON", json, { a: [1, { b: null }] }],
    ["JSON as a string", json, "{}"],
    ["a string that only Terraform knows", number, variable("x")],
    ["a list that only Terraform knows", list(number), variableList("x")],
    ["an object that only Terraform knows", PERSON, variableFlag("x")],
    ["a field that only Terraform knows", PERSON, { name: variable("name"), ages: variableFlag("ages") }],
  ])("takes %s", (_, field, value: unknown) => {
    expect(fieldProblems("it", value, field)).toEqual([]);
  });

  test("names a near field for one that is spelt wrong", () => {
    expect(fieldProblems("it", { name: "a", nicName: "b" }, PERSON)).toEqual([
      '"it.nicName" is unknown, but must be "nickName" perhaps, or one of name, nickName, ages',
    ]);
    expect(fieldProblems("it", { name: "a", NICKNAME: "b" }, PERSON)).toEqual([
      '"it.NICKNAME" is unknown, but must be "nickName" perhaps, or one of name, nickName, ages',
    ]);
  });

  test("names the nearest of several that are near", () => {
    const dates = object({ date: string, dates: string, rates: string });
    expect(fieldProblems("it", { rate: "a" }, dates)).toEqual([
      '"it.rate" is unknown, but must be "date" perhaps, or one of date, dates, rates',
    ]);
    expect(fieldProblems("it", { ratess: "a" }, dates)).toEqual([
      '"it.ratess" is unknown, but must be "rates" perhaps, or one of date, dates, rates',
    ]);
  });

  test("names all fields for one that is like none", () => {
    expect(fieldProblems("it", { name: "a", occupation: "b" }, PERSON)).toEqual([
      '"it.occupation" is unknown, but must be one of name, nickName, ages',
    ]);
  });

  test.each([[{}], [{ name: undefined }], [{ name: null }]])("misses what is required in %j", (value) => {
    expect(fieldProblems("it", value, PERSON)).toEqual(['"it.name" is missing, but must be given']);
  });

  test("finds everything that is wrong at once", () => {
    expect(fieldProblems("it", [{ nme: "a", ages: [1, "2"] }, { name: 3 }], list(PERSON))).toEqual([
      '"it[0].nme" is unknown, but must be "name" perhaps, or one of name, nickName, ages',
      '"it[0].name" is missing, but must be given',
      '"it[0].ages[1]" is "2", but must be a number',
      '"it[1].name" is 3, but must be a string',
    ]);
  });

  test("names the path through lists and objects of a NodePool", () => {
    const pool = { disruption: { budgets: [{ nodes: 10 }] } };
    expect(fieldProblems("nodePools.default", pool, nodePoolSchema)).toEqual([
      '"nodePools.default.disruption.budgets[0].nodes" is 10, but must be a string',
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
