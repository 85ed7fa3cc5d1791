/** Synth, a variable's validation and the check at plan judge each text alike, whatever is in it. */
import type { Field } from "../../../lib/inputs/field";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { typeTable } from "../../../lib/inputs/type-table";
import { validationsOf } from "../../../lib/inputs/validation";
import { STEPS } from "../../../modules/input-check/expressions";
import { evaluate, evaluateExpression } from "../../support/hcl";
import { isOfSynthAlone, isTaken, TEXT_TAKERS, textsFor } from "../../support/text-takers";

/** Which of the texts the validation of a variable takes. */
function byValidation(field: Field, texts: readonly string[]): boolean[] {
  const conditions = validationsOf("it", field, false).map(({ condition }) => condition);
  return texts.map((it) => conditions.every((condition) => evaluate(condition, { var: { it } }) === true));
}

/** Which of the texts the check of inputs with objects takes. */
function byCheck(field: Field, texts: readonly string[]): boolean[] {
  const { it } = typeTable({ it: field }, "1.0", (name) => name).types;
  const subjects = texts.map((value) => ({ value, is: "string", rules: it.rules ?? [] }));
  const scope = { subjects, minor_version: 1_015 };
  return (evaluateExpression(STEPS.tested, scope) as { broken: object[] }[]).map(({ broken }) => broken.length === 0);
}

test("there is a text for every rule that it takes", () => {
  const never = TEXT_TAKERS.filter((taker) => !textsFor(taker).some((it) => isTaken(taker.field, it)));
  expect(never.map(({ path }) => path)).toEqual([]);
  expect(TEXT_TAKERS.length).toBeGreaterThan(80);
});

test("half a character and the mark of no token are refused, and the half is shown", () => {
  const taken = TEXT_TAKERS.filter((taker) =>
    textsFor(taker).some((it) => isOfSynthAlone(it) && isTaken(taker.field, it)),
  );
  expect(taken.map(({ path }) => path)).toEqual([]);
  expect(fieldProblems("it", "a\ud83d", { kind: "string", rules: [] })).toEqual([
    '"it" is "a\\ud83d", but must be a text of whole characters; correct it where it was cut in the middle of one',
  ]);
});

test.each([
  ["the validation of a variable", TEXT_TAKERS.filter(({ inObjects }) => !inObjects), byValidation],
  ["the check of inputs with objects", TEXT_TAKERS.filter(({ inObjects }) => inObjects), byCheck],
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
