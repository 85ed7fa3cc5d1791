import type { Construct } from "constructs";
import { INPUTS } from "../lib/inputs/catalog/inputs";
import type { Field } from "../lib/inputs/field";
import { terraformType, validationsOf } from "../lib/inputs/validation";
import type { ModuleVariableProps } from "../lib/module";
import { ModuleVariable } from "../lib/module";
import { snakeCase } from "../lib/terraform/readable-stack";
import type { CheckedInputs } from "./checked-inputs";

type Fields = Readonly<Record<string, Field>>;

/** `clusterName` as `cluster_name`. */
type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** The variables of a module by name, as modules spell it. */
export type ModuleInputs<F extends Fields> = Readonly<Record<SnakeCase<keyof F & string>, ModuleVariable>>;

/**
 * Declares the inputs of a module, in the given order; a construct cannot be one.
 *
 * @param groups inputs that stand in files of their own, by the word for them
 */
export function declareInputs<F extends Fields>(
  scope: Construct,
  fields: F,
  groups: Readonly<Record<string, Fields>> = {},
): ModuleInputs<F> {
  const groupOf = (property: string): string | undefined =>
    Object.keys(groups).find((group) => Object.hasOwn(groups[group], property));
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => field.kind !== "constructs")
      .map(([property, field]) => {
        const name = snakeCase(property);
        return [name, new ModuleVariable(scope, name, { ...variableOf(name, field), group: groupOf(property) })];
      }),
  ) as ModuleInputs<F>;
}

/**
 * The inputs of a module as the properties of a construct that have these names.
 *
 * @param checked has the values of those with objects in them
 */
export function propsOf<P extends object>(input: object, fields: Fields, checked?: CheckedInputs): P {
  const variables = new Map<string, ModuleVariable>(Object.entries(input));
  const given = Object.entries(fields).flatMap(([property, field]) => {
    const name = snakeCase(property);
    const variable = variables.get(name);
    return variable === undefined ? [] : [[property, checked?.find(name) ?? valueOf(variable, field)]];
  });
  return Object.fromEntries(given) as P;
}

/** A variable in the type that a construct takes it in. */
function valueOf(variable: ModuleVariable, field: Field): unknown {
  switch (field.kind) {
    case "string":
      return variable.stringValue;
    case "number":
      return variable.numberValue;
    case "bool":
      return variable.booleanValue;
    case "list":
      return variable.listValue;
    case "map":
      return variable.mapValue;
    default:
      return variable.value;
  }
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
