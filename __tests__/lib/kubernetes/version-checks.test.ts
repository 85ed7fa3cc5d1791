import { CONTROLLER_OPTION_FIELDS } from "../../../lib/kubernetes/schemas/controller";
import { checkChartValues, chartValuesPreconditions } from "../../../lib/kubernetes/version-checks";
import { Problems } from "../../../lib/rules/problems";
import { snakeCase } from "../../../lib/terraform/readable-stack";
import { NEW_CHART_VALUES } from "../../../lib/versions/chart-values";
import { evaluate } from "../../support/hcl";
import { variableFlag } from "../../support/tokens";

type Options = Parameters<typeof checkChartValues>[1];

function atSynth(options: Options, version?: string): readonly string[] {
  const problems = new Problems();
  checkChartValues(problems, options, version);
  return problems.all;
}

/** What Terraform says, in the spelling of synth. */
function atPlan(options: Readonly<Record<string, object>>, version: string): string[] {
  const inputs = NEW_CHART_VALUES.map(({ option }) => {
    const fields = Object.keys(CONTROLLER_OPTION_FIELDS[option].fields).map((name) => [name, null]);
    return [snakeCase(option), { ...Object.fromEntries(fields), ...options[option] }];
  });
  const scope = { var: { karpenter_version: version, ...(Object.fromEntries(inputs) as object) } };
  return chartValuesPreconditions
    .filter(({ condition }) => evaluate(condition, scope) !== true)
    .flatMap(({ error_message }) => String(evaluate(error_message, scope)).split("\n"))
    .map((said) =>
      said.replace(/\b[a-z]+(_[a-z]+)+\b/g, (name) => name.replace(/_([a-z])/g, (_, x: string) => x.toUpperCase())),
    );
}

const NEW = {
  settings: { enableDRA: true, batchMaxDuration: "20s" },
  featureGates: { terminateFirstDrift: false, nodeRepair: true },
  awsFeatureGates: { nodeClassCEL: true, draEFA: true },
};

describe("values that a chart does not know", () => {
  test("are refused with the release that does, at synth as at plan", () => {
    const said = (path: string) =>
      `"${path}" is given, but must be left out with Karpenter 1.14.3, which does not know it; leave it out, or set ` +
      '"karpenterVersion" to "1.15.1"';
    const all = [
      "settings.enableDRA",
      "featureGates.terminateFirstDrift",
      "awsFeatureGates.nodeClassCEL",
      "awsFeatureGates.draEFA",
    ].map(said);
    expect(atSynth(NEW)).toEqual(all);
    expect(atPlan(NEW, "1.14.3")).toEqual(all);
  });

  test("are taken by the release that does", () => {
    expect(atSynth(NEW, "1.15.0")).toEqual([]);
    expect(atPlan(NEW, "1.15.0")).toEqual([]);
  });

  test("are no matter where nothing of them is given, or only Terraform knows", () => {
    expect(atSynth({})).toEqual([]);
    expect(atSynth({ settings: { enableDRA: undefined }, featureGates: variableFlag("gates") })).toEqual([]);
    expect(atPlan({}, "1.14.0")).toEqual([]);
  });

  test("are options that the constructs have", () => {
    for (const { option, names } of NEW_CHART_VALUES) {
      expect(Object.keys(CONTROLLER_OPTION_FIELDS[option].fields)).toEqual(expect.arrayContaining([...names]));
    }
  });
});
