/** Real Terraform judges each text as synth does, whatever is in it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ValueRule } from "../../lib/inputs/field";
import { typeTable } from "../../lib/inputs/type-table";
import { STEPS } from "../../modules/input-check/expressions";
import { isOfSynthAlone, isTaken, TEXT_TAKERS, textsFor } from "../../__tests__/support/text-takers";
import { Terraform } from "../cloud/terraform";

const ALL = TEXT_TAKERS.map((taker) => ({ ...taker, texts: textsFor(taker).filter((it) => !isOfSynthAlone(it)) }));

/** What a variable's validation asks of one text, as Terraform has it. */
const conditionOf = ({ field }: (typeof ALL)[number]): string =>
  ["true", ...(field as { rules: readonly ValueRule<string>[] }).rules.map((rule) => `(${rule.terraform("it")})`)].join(
    " && ",
  );

/** For each taker, by the rules that the check of inputs reads from its table, and by those of a validation. */
const CONFIGURATION = {
  locals: {
    given: '${jsondecode(file("${path.module}/given.json"))}',
    subjects:
      '${concat([], [for at, of in local.given : [for text in of.texts : { at = at, value = text, is = "string", rules = of.rules } if of.in_objects]]...)}',
    tested: `\${one([for minor_version in [1015] : one([for subjects in [local.subjects] : ${STEPS.tested}])])}`,
  },
  output: {
    by_check: { value: "${{ for subject in local.tested : subject.at => length(subject.broken) == 0... }}" },
    ...Object.fromEntries(
      ALL.map((taker, index) => [
        `by_validation_${index}`,
        { value: taker.inObjects ? [] : `\${[for it in local.given["${index}"].texts : ${conditionOf(taker)}]}` },
      ]),
    ),
  },
};

it("takes what synth takes, in validations and in the check of inputs", async () => {
  const folder = await mkdtemp(join(tmpdir(), "texts-"));
  try {
    const given = ALL.map(({ field, inObjects, texts }) => ({
      texts,
      rules: inObjects ? (typeTable({ it: field }, "1.0", (name) => name).types.it.rules ?? []) : [],
      in_objects: inObjects,
    }));
    await writeFile(join(folder, "given.json"), JSON.stringify({ ...given }));
    await writeFile(join(folder, "main.tf.json"), JSON.stringify(CONFIGURATION));
    const terraform = await Terraform.in({ folder });
    await terraform.apply();
    const output = await terraform.output();
    const byCheck = output.by_check as Readonly<Record<string, readonly boolean[]>>;
    const differing = ALL.flatMap(({ path, field, inObjects, texts }, index) => {
      const verdicts = inObjects ? byCheck[index] : (output[`by_validation_${index}`] as readonly boolean[]);
      return texts
        .filter((it, at) => isTaken(field, it) !== verdicts[at])
        .map((it) => `${path}: ${JSON.stringify(it)}`);
    });
    expect(differing).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
