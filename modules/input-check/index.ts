import type { Construct } from "constructs";
import { CHECKED_INPUTS } from "../../lib/inputs/catalog/checked-inputs";
import type { Field } from "../../lib/inputs/field";
import { typesOf, typeTable } from "../../lib/inputs/type-table";
import { ModuleFile, ModuleOutput, ModuleStack, ModuleVariable } from "../../lib/module";
import { optionAtPlan } from "../../lib/release/chart-values";
import { snakeCase } from "../../lib/terraform/readable-stack";
import { DEFAULT_KARPENTER_VERSION, MINOR_VERSIONS_AT_PLAN } from "../../lib/versions";
import type { Given } from "./expressions";
import { checkTemplate, problems } from "./expressions";
import { objectRulesTemplate } from "./object-rule";

/** Options of the chart without keys that only 0.x charts know. */
function optionsAtPlan(): Readonly<Record<string, Field>> {
  return {
    settings: optionAtPlan("settings"),
    featureGates: optionAtPlan("featureGates"),
    awsFeatureGates: optionAtPlan("awsFeatureGates"),
  };
}

const GIVEN: Given = {
  input_name: "var.name",
  input: "input",
  types: 'jsondecode(file("${path.module}/types/${var.name}.json"))',
  minor_version: "local.minor_version",
  karpenter_version: "var.karpenter_version",
};
const OF_RULES = {
  objects_by_type: "found.objects_by_type",
  minor_version: "local.minor_version",
  karpenter_version: "var.karpenter_version",
};

/** What a template of the module says of its variables, in JSON. */
function fromTemplate(path: string, variables: object): string {
  const given = Object.entries(variables).map(([name, expression]) => `${name} = ${expression}`);
  return `jsondecode(templatefile("\${path.module}/${path}.tftpl", { ${given.join(", ")} }))`;
}

/** The module `input-check`. */
export class InputCheckModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/input-check",
      providers: [],
      title: "Check of an input",
      description: `
Holds an input that has objects in it against its table in the folder \`types\` and what goes together in \`rules\`: every name that is not known, every wrong
type and every broken rule is told of at plan, all at once. The other modules call it; it makes nothing.`,
    });
    const first = MINOR_VERSIONS_AT_PLAN[0].minorVersion;
    const fields = Object.fromEntries(
      Object.entries({ ...CHECKED_INPUTS, ...optionsAtPlan() }).map(([name, field]) => [snakeCase(name), field]),
    );
    const { types, objectRules } = typeTable(fields, first, snakeCase);
    new ModuleVariable(this, "name", { type: "string", description: "Name of the input, which has a table in types." });
    new ModuleVariable(this, "value", { type: "any", description: "What the input is given.", default: null });
    new ModuleVariable(this, "karpenter_version", {
      type: "string",
      description: "Release of Karpenter, which decides what the input may say.",
      default: DEFAULT_KARPENTER_VERSION,
    });
    Object.keys(fields).forEach((name) => {
      const own = typesOf(types, name);
      const content = `${JSON.stringify(own, null, 1)}\n`;
      new ModuleFile(this, `types ${name}`, { path: `types/${name}.json`, content });
      const rules = objectRulesTemplate(objectRules.filter(({ type }) => type in own));
      new ModuleFile(this, `rules ${name}`, { path: `rules/${name}.tftpl`, content: `${rules}\n` });
    });
    new ModuleFile(this, "check", { path: "check.tftpl", content: `${checkTemplate()}\n` });
    this.local(
      "minor_version",
      '${try(tonumber(split(".", var.karpenter_version)[0]) * 1000 + tonumber(split(".", var.karpenter_version)[1]), 999999)}',
    );
    // Of an input that is not given, nothing is read.
    this.local("found", `\${[for input in [var.value] : ${fromTemplate("check", GIVEN)} if input != null]}`);
    this.local(
      "problems",
      `\${${problems(
        `concat([], [for found in local.found : concat(found.sentences, ${fromTemplate("rules/${var.name}", OF_RULES)})]...)`,
      )}}`,
    );
    new ModuleOutput(this, "value", {
      description: "What the input is given, once there is nothing wrong with it.",
      value: "${var.value}",
      preconditions: [
        {
          condition: "${length(local.problems) == 0}",
          error_message: '${join("\\n", local.problems)}',
        },
      ],
    });
  }
}
