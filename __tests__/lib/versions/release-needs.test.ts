import { TerraformOutput } from "cdktf";
import { KarpenterLine, LINES_AT_PLAN, Need, ReleaseNeeds } from "../../../lib/versions";
import { evaluate } from "../../support/hcl";
import { synth } from "../../support/stack";
import { variable } from "../../support/tokens";

const minor = ({ line }: KarpenterLine) => Number(line.split(".")[1]);

/** The values that hold for each line from 1.0 on, decided by Terraform. */
function atPlan(things: (line: KarpenterLine) => Readonly<Record<string, unknown>>): unknown[] {
  let needs: readonly Need<unknown>[] = [];
  const synthesized = synth((stack) => {
    needs = new ReleaseNeeds(stack, variable("version")).of(things);
    needs.forEach(({ condition }, index) => new TerraformOutput(stack, `need-${index}`, { value: condition }));
  });
  return LINES_AT_PLAN.map((line) => {
    const variables = { var: { version: `${line.line}.0` } };
    const local = { karpenter_minor: evaluate(String(synthesized.local("karpenter_minor") ?? ""), variables) };
    const holding = needs.filter((_, index) => {
      const condition = synthesized.output(`need_${index}`);
      return condition === true || evaluate(String(condition), { local }) === true;
    });
    return Object.fromEntries(holding.map(({ name, value }) => [name, value]));
  });
}

describe("ReleaseNeeds", () => {
  test("are those of the line where the release is known", () => {
    synth((stack) => {
      const needs = new ReleaseNeeds(stack, "0.30.0").of(({ line }) => ({ a: line }));
      expect(needs).toEqual([{ name: "a", value: "0.30", condition: true }]);
    });
  });

  test("are the default's where no release is given", () => {
    synth((stack) => {
      expect(new ReleaseNeeds(stack).of(({ line }) => ({ a: line }))[0].value).toBe("1.14");
    });
  });

  test.each<[string, (line: KarpenterLine) => Readonly<Record<string, unknown>>]>([
    ["the same everywhere", () => ({ a: 1 })],
    ["one that came", (line) => (minor(line) >= 7 ? { a: 1 } : {})],
    ["one that went", (line): Record<string, unknown> => (minor(line) <= 7 ? { a: 1 } : {})],
    ["one of a single line", (line) => (minor(line) === 12 ? { a: 1 } : {})],
    ["one of the first line", (line) => (minor(line) === 0 ? { a: 1 } : {})],
    ["one of the last line", (line) => (line === LINES_AT_PLAN.at(-1) ? { a: 1 } : {})],
    ["one that went and came back", (line) => ({ a: minor(line) >= 3 && minor(line) <= 8 ? 2 : 1 })],
    ["one that is different everywhere", (line) => ({ a: line.line, b: minor(line) % 2 })],
  ])("hold at plan for exactly their lines: %s", (_, things) => {
    expect(atPlan(things)).toEqual(LINES_AT_PLAN.map(things));
  });

  test("read the minor version by one name in a stack, and by another for a second construct", () => {
    const synthesized = synth((stack) => {
      for (const version of ["one", "two"]) {
        const scope = new TerraformOutput(stack, version, { value: version });
        new ReleaseNeeds(scope, variable(version)).of((line) => ({ a: line.line }));
      }
    });
    expect(synthesized.json.locals).toEqual({
      karpenter_minor: '${tonumber(split(".", var.one)[1])}',
      two_karpenter_minor: '${tonumber(split(".", var.two)[1])}',
    });
  });
});
