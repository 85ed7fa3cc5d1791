/** Synth, a variable's validation and the check at plan judge each text alike, whatever is in it. */
import * as properties from "../../../lib/inputs/catalog/properties";
import type { Field, ObjectField } from "../../../lib/inputs/field";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { text } from "../../../lib/inputs/field-builders";
import { typeTable } from "../../../lib/inputs/type-table";
import { hasObjects, validationsOf } from "../../../lib/inputs/validation";
import { EXPRESSIONS } from "../../../modules/input-check/expressions";
import { evaluate, evaluateExpression } from "../../support/hcl";
import { SAMPLES } from "../../support/text-places";
import { AWKWARD, LOOKS_LIKE } from "../../support/texts";

const RELEASE = "1.15.1";

/** Something that takes texts by rules: a field, or the names of a map. */
interface Taker {
  readonly path: string;
  readonly field: Field;
  /** Whether the check of inputs with objects looks at it, and not the validation of a variable. */
  readonly inObjects: boolean;
}

/** All of them in a field; what is described once is there once. */
function takersIn(path: string, field: Field, inObjects: boolean, seen: Set<object>): Taker[] {
  if (seen.has(field)) {
    return [];
  }
  seen.add(field);
  const into = (name: string, of: Field): Taker[] => takersIn(`${path}${name}`, of, inObjects, seen);
  switch (field.kind) {
    case "string":
    case "quantity":
      return [{ path, field, inObjects }];
    case "list":
      return into("[]", field.of);
    case "map":
      return [{ path: `${path} (names)`, field: text(...field.keys), inObjects }, ...into(".*", field.of)];
    case "object":
      return Object.entries(field.fields).flatMap(([name, of]) => into(`.${name}`, of));
    case "variant":
      return Object.entries(field.variants).flatMap(([name, of]) => into(`(${name})`, of));
    case "versioned":
      return Object.entries(field.fields).flatMap(([since, of]) => into(`@${since}`, of));
    case "yaml":
      return into("", field.says);
    default:
      return [];
  }
}

const seen = new Set<object>();
const TAKERS = Object.values<unknown>(properties)
  .flatMap((of) => (typeof of === "object" ? Object.entries((of as ObjectField).fields) : []))
  .flatMap(([name, field]) => takersIn(name, field, hasObjects(field), seen));
/** Takers with other rules than those before. */
const BY_RULES = [
  ...new Map(
    TAKERS.map((taker) => [
      JSON.stringify([taker.inObjects, taker.field.kind, (taker.field as { rules: readonly object[] }).rules]),
      taker,
    ]),
  ).values(),
];

const PARTS = [...AWKWARD, ...LOOKS_LIKE];

/**
 * Texts that are right, and some awkward ones: alone, at the end of one that is right, and behind its last slash, colon or point.
 * The next taker has others, so that each is given to many.
 */
function textsFor({ path, field }: Taker): string[] {
  const right = SAMPLES.filter((sample) => fieldProblems("it", sample, field, RELEASE).length === 0);
  const sample = right.at(-1) ?? "a";
  const parts = Array.from({ length: 20 }, (_, at) => PARTS[(path.length * 7 + at * 13) % PARTS.length]);
  return [
    ...new Set([
      ...right.slice(0, 3),
      ...parts,
      ...parts.map((part) => `${sample}${part}`),
      ...parts.slice(0, 10).map((part) => sample.replace(/^(.*[/:.])?/s, (before) => `${before}${part}`)),
    ]),
  ];
}

/** What no Terraform can be given: half a character, and what cdktf takes for a token. */
const isOfSynthAlone = (it: string): boolean => /\p{Surrogate}/u.test(it) || it.includes("TfToken");

const isTaken = (field: Field, it: string): boolean => fieldProblems("it", it, field, RELEASE).length === 0;

/** Which of the texts the validation of a variable takes. */
function byValidation(field: Field, texts: readonly string[]): boolean[] {
  const conditions = validationsOf("it", field, false).map(({ condition }) => condition);
  return texts.map((it) => conditions.every((condition) => evaluate(condition, { var: { it } }) === true));
}

/** Which of the texts the check of inputs with objects takes. */
function byCheck(field: Field, texts: readonly string[]): boolean[] {
  const { it } = typeTable({ it: field }, "1.0", (name) => name).types;
  const subjects = texts.map((value) => ({ value, is: "string", rules: it.rules ?? [] }));
  const scope = { var: {}, local: { subjects, minor_version: 1_015 } };
  return (evaluateExpression(EXPRESSIONS.tested, scope) as { broken: object[] }[]).map(
    ({ broken }) => broken.length === 0,
  );
}

test("there is a text for every rule that it takes", () => {
  const never = BY_RULES.filter((taker) => !textsFor(taker).some((it) => isTaken(taker.field, it)));
  expect(never.map(({ path }) => path)).toEqual([]);
  expect(BY_RULES.length).toBeGreaterThan(80);
});

test("half a character and the mark of no token are refused, and the half is shown", () => {
  const taken = BY_RULES.filter((taker) =>
    textsFor(taker).some((it) => isOfSynthAlone(it) && isTaken(taker.field, it)),
  );
  expect(taken.map(({ path }) => path)).toEqual([]);
  expect(fieldProblems("it", "a\ud83d", { kind: "string", rules: [] })).toEqual([
    '"it" is "a\\ud83d", but must be a text of whole characters; correct it where it was cut in the middle of one',
  ]);
});

test.each([
  ["the validation of a variable", BY_RULES.filter(({ inObjects }) => !inObjects), byValidation],
  ["the check of inputs with objects", BY_RULES.filter(({ inObjects }) => inObjects), byCheck],
])("%s takes what synth takes", (_, takers, verdictsOf) => {
  const differing = takers.flatMap((taker) => {
    const { path, field } = taker;
    const texts = textsFor(taker).filter((it) => !isOfSynthAlone(it));
    const atPlan = verdictsOf(
      field,
      texts.map((it) => it.normalize("NFC")),
    );
    return texts
      .filter((it, index) => isTaken(field, it) !== atPlan[index])
      .map((it) => `${path}: ${JSON.stringify(it)}`);
  });
  expect(differing).toEqual([]);
});
