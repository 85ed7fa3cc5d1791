import { CONTROLLER_OPTION_INPUTS } from "../lib/inputs/catalog/controller";
import { hasObjects } from "../lib/inputs/validation";
import type { ModuleVariable } from "../lib/module";
import { snakeCase } from "../lib/terraform/readable-stack";
import type { ModuleInputs } from "./inputs";

/** The inputs that say how the controller runs and have objects in them, by name. */
export function optionsWithObjects(
  input: ModuleInputs<typeof CONTROLLER_OPTION_INPUTS>,
): Readonly<Record<string, ModuleVariable>> {
  const variables = new Map(Object.entries<ModuleVariable>(input));
  return Object.fromEntries(
    Object.entries(CONTROLLER_OPTION_INPUTS)
      .filter(([, field]) => hasObjects(field))
      .map(([property]) => snakeCase(property))
      .flatMap((name) => {
        const variable = variables.get(name);
        return variable === undefined ? [] : [[name, variable]];
      }),
  );
}
