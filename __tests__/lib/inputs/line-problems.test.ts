import { CORPUS, Kind } from "../../../e2e/rules/corpus";
import { lineLocals } from "../../../lib/node-objects/node-checks";
import { Field } from "../../../lib/inputs/field";
import { fieldProblems } from "../../../lib/inputs/field-problems";
import { fieldRule, lineProblems, LINE_OF_INPUT } from "../../../lib/inputs/field-rule";
import { nodeClassesSchema, nodeOverlaysSchema, nodePoolsSchema } from "../../../lib/inputs/catalog/objects";
import { minorNumber } from "../../../lib/versions/version-bounds";
import { asInput, isOfType, moduleSpelling, ownSpelling } from "../../support/module-input";
import { evaluateExpression } from "../../support/hcl";

const KINDS: readonly [Kind, Field][] = [
  ["NodePool", nodePoolsSchema],
  ["EC2NodeClass", nodeClassesSchema],
  ["NodeOverlay", nodeOverlaysSchema],
];

/** Every object of the corpus that Terraform would take for one of the input's type. */
function inputsOf(kind: Kind, field: Field): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    CORPUS.filter((item) => item.kind === kind)
      .map(({ name, input }, index): [string, unknown] => [name ?? `case-${index}`, input])
      .filter(([name, input]) => isOfType(field, { [name]: input })),
  );
}

const said = (expression: string, scope: object): string[] =>
  (evaluateExpression(expression, scope as never) as string[]).map(ownSpelling).sort();

describe.each(KINDS)("of every %s of the corpus, Terraform says what synth says", (kind, field) => {
  const inputs = inputsOf(kind, field);
  const scope = (release: string, of = inputs) => ({
    var: { it: asInput(field, of), karpenter_version: release },
    local: { karpenter_line: minorNumber(release) },
  });

  test("for all lines", () => {
    const problems = fieldProblems("it", inputs, field);
    expect(problems.length).toBeGreaterThan(100);
    const rule = fieldRule(field, moduleSpelling);
    expect(said(rule?.sentences?.("var.it", "it") ?? "", scope("1.14.3"))).toEqual(problems.sort());
    expect(evaluateExpression(rule?.terraform("var.it") ?? "", scope("1.14.3"))).toBe(false);
  });

  // What breaks a rule of all lines is refused before.
  const right = Object.fromEntries(
    Object.entries(inputs).filter(([name, input]) => fieldProblems("it", { [name]: input }, field).length === 0),
  );

  test.each(["1.0.8", "1.14.3", "1.15.1"])("for %s", (release) => {
    const problems = fieldProblems("it", right, field, release);
    expect(said(lineProblems(field, "it", moduleSpelling), scope(release, right))).toEqual(problems.sort());
  });
});

test("the line of a release is a number that grows", () => {
  const line = (release: string) => evaluateExpression(LINE_OF_INPUT, { var: { karpenter_version: release } });
  expect(["0.37.8", "1.0.8", "1.9.3", "1.14.3"].map(line)).toEqual([37, 1000, 1009, 1014]);
  expect(lineLocals(moduleSpelling).karpenter_line).toBe(`\${${LINE_OF_INPUT}}`);
});
