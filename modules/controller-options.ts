import { CONTROLLER_OPTION_INPUTS as OPTIONS } from "../lib/inputs/catalog/controller";
import type { ControllerOptions } from "../lib/kubernetes/controller-options";
import type { ModuleVariable } from "../lib/module";
import { snakeCase } from "../lib/terraform/readable-stack";
import { hasObjects } from "../lib/inputs/validation";
import type { CheckedInputs } from "./checked-inputs";
import type { ModuleInputName } from "./inputs";

/** The inputs that say how the controller runs. */
export const CONTROLLER_OPTION_INPUTS = [
  "controller_replicas",
  "controller_size",
  "settings",
  "feature_gates",
  "aws_feature_gates",
  "controller_tolerations",
  "controller_topology_spread",
  "controller_max_unavailable",
  "controller_dns_policy",
  "log_level",
  "service_monitor",
  "service_monitor_labels",
  "controller_helm_values",
] as const satisfies readonly ModuleInputName[];

/** Those with objects in them. */
const WITH_OBJECTS = Object.entries(OPTIONS)
  .filter(([, field]) => hasObjects(field))
  .map(([name]) => snakeCase(name)) as (keyof OptionInputs)[];

type OptionInputs = Readonly<Record<(typeof CONTROLLER_OPTION_INPUTS)[number], ModuleVariable>>;

/** The options with objects in them, by name. */
export function optionsWithObjects(input: OptionInputs): Readonly<Record<string, ModuleVariable>> {
  return Object.fromEntries(WITH_OBJECTS.map((name) => [name, input[name]]));
}

/** These inputs as the options of the constructs; those with objects in them come from the check. */
export function controllerOptions(input: OptionInputs, checked: CheckedInputs): ControllerOptions {
  return Object.fromEntries(
    Object.entries(OPTIONS).map(([property, field]) => {
      const name = snakeCase(property) as keyof OptionInputs;
      const variable = input[name];
      const value = field.kind === "number" ? variable.numberValue : variable.value;
      return [property, WITH_OBJECTS.includes(name) ? checked.value(name) : value];
    }),
  );
}
