import { CONTROLLER_OPTION_INPUTS } from "../../../lib/inputs/catalog/controller";
import { checkChartValues, optionAtPlan } from "../../../lib/release/chart-values";
import { Problems } from "../../../lib/inputs/problems";
import { snakeCase } from "../../../lib/terraform/readable-stack";
import { MINOR_VERSIONS, MINOR_VERSIONS_AT_PLAN } from "../../../lib/versions";
import { publishedModules } from "../../../modules";
import { evaluate } from "../../support/hcl";
import { TABLES } from "../../support/input-check";
import { variable, variableFlag } from "../../support/tokens";

type Options = Parameters<typeof checkChartValues>[1];
const OPTIONS = ["settings", "featureGates", "awsFeatureGates"] as const;

function atSynth(options: Options, version?: string): readonly string[] {
  const problems = new Problems();
  checkChartValues(problems, options, version);
  return problems.all;
}

const controller = publishedModules().find(({ props }) => props.path === "modules/controller");
const json = controller?.toModule() as unknown as {
  readonly locals: { readonly karpenter_minor: string };
  readonly output: {
    readonly release_name: { readonly precondition: readonly { condition: string; error_message: string }[] };
  };
};
const preconditions = json.output.release_name.precondition.filter(({ condition }) => condition.includes("for key in"));

/** What Terraform says, in the spelling of synth. */
function atPlan(options: Readonly<Record<string, object>>, version: string): string[] {
  const inputs = OPTIONS.map((option) => [snakeCase(option), options[option] ?? {}] as const);
  const variables = { var: { karpenter_version: version, ...Object.fromEntries(inputs) } };
  const scope = { ...variables, local: { karpenter_minor: evaluate(json.locals.karpenter_minor, variables) } };
  return preconditions
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
const said = (path: string, version: string, instead: string) =>
  `"${path}" is given, but must be left out with Karpenter ${version}, which does not know it; leave it out, or set ` +
  `"karpenterVersion" to "${instead}"`;

describe("values that a chart does not know", () => {
  test("are refused with the release that does, at synth as at plan", () => {
    const all = [
      "settings.enableDRA",
      "featureGates.terminateFirstDrift",
      "awsFeatureGates.nodeClassCEL",
      "awsFeatureGates.draEFA",
    ].map((path) => said(path, "1.14.3", "1.15.1"));
    expect(atSynth(NEW)).toEqual(all);
    expect(atPlan(NEW, "1.14.3")).toEqual(all);
  });

  test("are taken by the release that does", () => {
    expect(atSynth(NEW, "1.15.0")).toEqual([]);
    expect(atPlan(NEW, "1.15.0")).toEqual([]);
  });

  test("may come with a patch", () => {
    const options = { settings: { disableDryRun: true } };
    const told = [said("settings.disableDryRun", "1.6.1", "1.6.8")];
    expect([atSynth(options, "1.6.1"), atPlan(options, "1.6.1")]).toEqual([told, told]);
    expect([atSynth(options, "1.6.2"), atPlan(options, "1.6.2")]).toEqual([[], []]);
  });

  test("are told of minorVersions before 1.0 too", () => {
    expect(atSynth({ settings: { clusterCABundle: "Zm9v" }, featureGates: { nodeRepair: true } }, "0.29.2")).toEqual([
      said("settings.clusterCABundle", "0.29.2", "0.30.0"),
      said("featureGates.nodeRepair", "0.29.2", "1.1.10"),
    ]);
  });

  test("are the same at plan as at synth, for every release and every option", () => {
    const different = MINOR_VERSIONS_AT_PLAN.flatMap(({ releases }) => [
      releases[0],
      releases[releases.length - 1],
    ]).filter((version) =>
      OPTIONS.some((option) =>
        Object.keys(optionAtPlan(option).fields).some((key) => {
          const options = { [option]: { [key]: true } };
          return atSynth(options, version).join() !== atPlan(options, version).join();
        }),
      ),
    );
    expect(different).toEqual([]);
  });

  test("are no matter where nothing of them is given, or only Terraform knows", () => {
    expect(atSynth({})).toEqual([]);
    expect(atSynth({ settings: { enableDRA: undefined }, featureGates: variableFlag("gates") })).toEqual([]);
    expect(atSynth(NEW, variable("version"))).toEqual([]);
    expect(atPlan({}, "1.14.0")).toEqual([]);
  });

  test("are told of once where the release is refused itself", () => {
    expect(atSynth(NEW, "9.9.9")).toEqual([]);
  });

  test.each(OPTIONS)("has no key of %s that no chart knows", (option) => {
    const known = MINOR_VERSIONS.flatMap(({ chart }) => Object.keys(chart[option]));
    expect(Object.keys(CONTROLLER_OPTION_INPUTS[option].fields).filter((key) => !known.includes(key))).toEqual([]);
  });
});

describe("a key that only releases before the published modules know", () => {
  test.each(["0.27.8", "0.37.8"])("is taken with Karpenter %s", (version) => {
    expect(atSynth({ featureGates: { drift: true } }, version)).toEqual([]);
  });

  test("is refused later, with the newest release that knows it", () => {
    expect(atSynth({ featureGates: { drift: true } }, "1.14.3")).toEqual([
      '"featureGates.drift" is given, but must be left out with Karpenter 1.14.3, which does not know it; ' +
        'leave it out, or set "karpenterVersion" to "0.37.8"',
    ]);
  });

  test("is no input of the modules", () => {
    expect(Object.keys(optionAtPlan("featureGates").fields)).not.toContain("drift");
    expect(Object.keys(optionAtPlan("featureGates").fields)).toContain("nodeRepair");
    expect(JSON.stringify(TABLES.get("types/feature_gates.json"))).toContain("nodeRepair");
    expect(JSON.stringify(TABLES.get("types/feature_gates.json"))).not.toContain("drift");
  });
});
