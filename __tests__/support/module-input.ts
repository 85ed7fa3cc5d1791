import { Field } from "../../lib/inputs/field";
import { snakeCase } from "../../lib/terraform/readable-stack";

const OWN_WORDS = ["nodeClassDefaults", "nodeClass", "amiAlias", "allowLatestAmi", "karpenterVersion"];

/** As the published modules spell names. */
export function moduleSpelling(name: string): string {
  return OWN_WORDS.includes(name) ? snakeCase(name) : name;
}

/** A sentence of a published module in the spelling of synth. */
export function ownSpelling(sentence: string): string {
  return OWN_WORDS.reduce((text, word) => text.replaceAll(snakeCase(word), word), sentence);
}

/** A value as Terraform passes it: what is left out is null, a quantity is a string, free-form parts are JSON. */
export function asInput(field: Field, value: unknown): unknown {
  if (value === undefined || value === null) {
    return null;
  }
  switch (field.kind) {
    case "json":
      return JSON.stringify(value);
    case "quantity":
      return String(value);
    case "list":
      return (value as unknown[]).map((item) => asInput(field.of, item));
    case "map":
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asInput(field.of, item)]));
    case "object":
      return Object.fromEntries(
        Object.entries(field.fields).map(([name, of]) => [
          moduleSpelling(name),
          asInput(of, (value as Readonly<Record<string, unknown>>)[name]),
        ]),
      );
    default:
      return value;
  }
}

/** Whether a value is of the type that the module's input has, as it is: Terraform turns a number into a string. */
export function isOfType(field: Field, value: unknown): boolean {
  if (value === undefined || value === null) {
    return true;
  }
  switch (field.kind) {
    case "json":
      return typeof value === "object";
    case "quantity":
      return typeof value === "string" || Number.isInteger(value);
    case "list":
      return Array.isArray(value) && value.every((item) => isOfType(field.of, item));
    case "map":
      return typeof value === "object" && Object.values(value).every((item) => isOfType(field.of, item));
    case "object": {
      const fields = value as Readonly<Record<string, unknown>>;
      return (
        typeof value === "object" &&
        Object.keys(fields).every((name) => name in field.fields) &&
        (field.required ?? []).every((name) => name in fields) &&
        Object.entries(field.fields).every(([name, of]) => isOfType(of, fields[name]))
      );
    }
    case "number":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    default:
      return typeof value === "string";
  }
}
