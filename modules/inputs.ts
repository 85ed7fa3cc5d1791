import type { Construct } from "constructs";
import type { InputName } from "../lib/inputs/catalog/inputs";
import { INPUTS } from "../lib/inputs/catalog/inputs";
import type { Field } from "../lib/inputs/field";
import { terraformType, validationsOf } from "../lib/inputs/validation";
import type { ModuleVariableProps } from "../lib/module";
import { ModuleVariable } from "../lib/module";
import { snakeCase } from "../lib/terraform/readable-stack";

/** `clusterName` as `cluster_name`. */
type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** The name of an input as the modules spell it. */
export type ModuleInputName = SnakeCase<InputName>;

/** Inputs by the names of the modules. */
const BY_NAME: Readonly<Record<string, Field>> = Object.fromEntries(
  Object.entries(INPUTS).map(([name, field]) => [snakeCase(name), field]),
);

/**
 * Declares inputs of a module, in the given order.
 *
 * @param own inputs that mean something else in this module
 */
export function declareInputs<N extends ModuleInputName>(
  scope: Construct,
  names: readonly N[],
  own: Readonly<Record<string, Field>> = {},
): Record<N, ModuleVariable> {
  return Object.fromEntries(
    names.map((name) => [name, new ModuleVariable(scope, name, variableOf(name, own[name] ?? BY_NAME[name]))]),
  ) as Record<N, ModuleVariable>;
}

/** What the catalogue says of an input, as a variable of a module. */
function variableOf(name: string, field: Field): ModuleVariableProps {
  return {
    type: terraformType(field),
    description: inModuleWords(field.description ?? ""),
    default: field.default,
    sensitive: field.sensitive,
    validations: validationsOf(name, field, field.default === null),
  };
}

/** Outputs of the root module, of which descriptions speak too. */
const OUTPUTS = ["nodeClassSpec", "awsAuthRoles", "helmValues"];

/** Names of inputs as the modules spell them, and null for what is left out. */
function inModuleWords(description: string): string {
  return description
    .replace(/\b[a-z]+(?:[A-Z][A-Za-z]*)+\b/g, (word) =>
      Object.hasOwn(INPUTS, word) || OUTPUTS.includes(word) ? snakeCase(word) : word,
    )
    .replace(/\bwhen left out\b/g, "when null");
}
