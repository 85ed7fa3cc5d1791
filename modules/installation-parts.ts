/** What warnings on an installation speak of at plan, as `lib/node-objects/installation-warnings` has it at synth. */
import type { InstallationPart } from "../lib/node-objects/installation-warnings";
import { isThereAtPlan, PLACES } from "../lib/node-objects/installation-warnings";
import { KNOWN_VALUES } from "../lib/node-objects/contradictions";
import { existsAtPlan } from "../lib/node-objects/demands-at-plan";
import { SERVICE_MONITOR } from "../lib/release/scraping";
import { OVERRIDDEN_OBJECTS, OVERRIDES } from "../lib/release/overridden-values";
import { INPUTS } from "../lib/inputs/catalog/inputs";
import type { Field } from "../lib/inputs/field";
import { NODE_REPAIR } from "../lib/release/controller-gates";
import { isOnAtPlan } from "../lib/release/feature-gates";
import { hclString } from "../lib/terraform/expression";
import { snakeCase } from "../lib/terraform/readable-stack";
import { checkedAt } from "./checked-inputs";
import { inputAt } from "./cross-precondition";
import { demandLocals, get, itemsOf, saidLocals } from "./node-objects/said";

const NODE_NAMES = ["labels", "annotations"];

/** Something is kept free, or the number of pods is said instead. */
const RESERVED =
  'anytrue(concat([try(local.checked_settings.reservedENIs != null && !contains(["0", ""], local.checked_settings.reservedENIs), false)], ' +
  "[for it in local.said_classes : try(it.fields.kubelet.maxPods != null, false)]))";

/** Whether nodes are repaired, and by a controller that asks budgets. */
const REPAIRS =
  `${isOnAtPlan(NODE_REPAIR, (name) => (name === "karpenterVersion" ? inputAt(name) : checkedAt(name)))} && ` +
  `!try(${checkedAt("settings")}.legacyNodeRepair == true, false)`;

/** Whether values for the chart say something; `path` are Terraform's expressions of keys. */
function isSaid(path: readonly string[]): string {
  const keys = path.map((key) => `[${key}]`).join("");
  return `anytrue([for values in local.chart_values : try(values${keys} != null, false)])`;
}

/** Whether an input says more than its default. */
function isGiven(input: string): string {
  const { default: otherwise } = (INPUTS as Readonly<Record<string, Field>>)[input];
  const name = `var.${snakeCase(input)}`;
  return otherwise === null || otherwise === undefined
    ? `${name} != null`
    : `jsonencode(${name}) != jsonencode(${hclOf(otherwise)})`;
}

function hclOf(value: unknown): string {
  return typeof value === "string" ? hclString(value) : JSON.stringify(value);
}

const inModuleNames = (words: string): string => words.replace(/\{(\w+)\}/g, (_, name: string) => snakeCase(name));

const AT = { controllerHelmValues: snakeCase("controllerHelmValues") };

/** Known by name. */
const SINGLE = OVERRIDES.map(({ path, input, over }) => ({
  path: path.join("."),
  at: AT,
  fields: {
    over: inModuleNames(over),
    isGiven: input === undefined ? true : `\${${isGiven(input)}}`,
    isSaid: `\${${isSaid(path.map(hclString))}}`,
  },
}));

const OF_OBJECTS = Object.entries(OVERRIDDEN_OBJECTS).map(([input, above]) => {
  const said = isSaid([...above.map(hclString), "name"]);
  return (
    `\${[for name, value in merge({}, ${checkedAt(input)}) : { path = "${above.join(".")}.\${name}", at = local.override_names, ` +
    `fields = { over = "\\"${snakeCase(input)}.\${name}\\"", isGiven = value != null, isSaid = ${said} } }]}`
  );
});

/** The root's locals by name; parts stand in `local.warned`, as those of `modules/node-objects/object-parts` do. */
export const INSTALLATION_LOCALS: Readonly<Record<string, unknown>> = {
  ...saidLocals({
    pools: { values: ["requirements"], maps: [...NODE_NAMES, "disruption"] },
    classes: { maps: ["kubelet"] },
  }),
  ...demandLocals(),
  known_values: KNOWN_VALUES,
  chart_values:
    "${[for values in local.checked_controller_helm_values : [values, try(yamldecode(values), null)][can(keys(values)) ? 0 : 1]]}",
  override_names: AT,
  overrides: SINGLE,
  overrides_of_objects: OF_OBJECTS,
  repairs_by_budgets: `\${!var.install_controller || ${REPAIRS}}`,
  reserves_enis: `\${${RESERVED}}`,
  warned: {
    inputs: [
      {
        path: "",
        at: { subnetIds: snakeCase("subnetIds") },
        fields: { subnetIds: `\${var.${snakeCase("subnetIds")}}` },
      },
    ],
    featureGates: [{ path: snakeCase("featureGates"), fields: `\${merge({}, ${checkedAt("featureGates")})}` }],
    nodeNames:
      `\${concat([], [for it in local.said_pools : [for field in ${JSON.stringify(NODE_NAMES)} : ` +
      "{ path = it.at[field], fields = { names = keys(merge({}, it.fields[field])), reserved = local.reserves_enis } }]]...)}",
    budget: `\${concat([], [for it in local.said_pools : ${itemsOf(
      get("it.fields.disruption", "budgets"),
      `{ path = "\${it.at.disruption}.budgets[\${index}]", ` +
        `fields = { reasons = ${get("item", "reasons")}, repairs = local.repairs_by_budgets } }`,
    )}]...)}`,
    place:
      "${[for it in concat([], local.pool_demands...) : { path = it.path, fields = { said = it.said, region = local.region, " +
      `isThere = ${isThereAtPlan("it", "local.region", existsAtPlan("it", "local.known_values"))} } } if contains(${JSON.stringify(PLACES)}, it.key)]}`,
    metrics: [
      {
        path: "",
        at: { serviceMonitor: snakeCase("serviceMonitor"), settings: "settings" },
        fields: {
          isWanted: `\${var.${snakeCase("prometheusRule")} || var.${snakeCase("grafanaDashboard")}}`,
          isScraped: `\${var.${snakeCase("serviceMonitor")} || ${isSaid(SERVICE_MONITOR.map(hclString))}}`,
          isHidden: `\${try(${checkedAt("settings")}.disableClusterStateObservability, null) == true}`,
        },
      },
    ],
    override: "${[for it in concat(local.overrides, local.overrides_of_objects...) : it if var.install_controller]}",
  } satisfies Readonly<Record<InstallationPart, unknown>>,
};
