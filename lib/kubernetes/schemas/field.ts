import type { Rule } from "../../rules/rule";
import * as values from "../../rules/values";

/**
 * What a field of an object may hold. One description serves as the check at synth, and as the exact type and the check at
 * plan of the published module's input; the API server has the last word on values.
 */
export type Field =
  | { readonly kind: "string"; readonly rule?: Rule<string> }
  | { readonly kind: "number"; readonly rule?: Rule<number> }
  | { readonly kind: "bool" }
  /** A string or a number; a string in HCL. */
  | { readonly kind: "quantity"; readonly rule: Rule<string | number> }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "list"; readonly of: Field }
  | { readonly kind: "map"; readonly of: Field; readonly keys?: Rule<string> }
  | ObjectField
  /** Anything; in HCL a string of JSON, for a map's elements must have one shape. */
  | { readonly kind: "json" };

/** An object with exactly these fields. */
export interface ObjectField {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  /** What goes together. */
  readonly rules?: readonly ObjectRule[];
}

/** A rule on several fields of an object. */
export interface ObjectRule {
  /** What is wrong, what is allowed and the way out; `{}` is the object's path, `{x}` a field's name, `<x>` its value. */
  readonly refusal: string;
  /** Whether an object keeps the rule; what is not known at synth, or of a wrong type, does. */
  accepts(value: Readonly<Record<string, unknown>>): boolean;
  /** The same as a Terraform condition on the object, whose optional fields may be null. */
  terraform(it: string): string;
}

export const string: Field = { kind: "string" };
export const number: Field = { kind: "number" };
export const bool: Field = { kind: "bool" };
/** A Kubernetes quantity: `"1000Gi"`, `"2"` or the number 2. */
export const quantity: Field = { kind: "quantity", rule: values.quantity };
export const json: Field = { kind: "json" };
export const text = (rule: Rule<string>): Field => ({ kind: "string", rule });
export const numeric = (rule: Rule<number>): Field => ({ kind: "number", rule });
export const oneOfStrings = (...allowed: readonly string[]): Field => ({ kind: "enum", values: allowed });
export const list = (of: Field): Field => ({ kind: "list", of });
export const map = (of: Field, keys?: Rule<string>): Field => ({ kind: "map", of, keys });
export const object = (
  fields: Readonly<Record<string, Field>>,
  required: readonly string[] = [],
  rules: readonly ObjectRule[] = [],
): ObjectField => ({ kind: "object", fields, required, rules });

/** How a module spells the names of fields. */
export type Spelling = (name: string) => string;

/** The field as a Terraform type expression; every optional field is `optional(…)` and arrives as null. */
export function terraformType(field: Field, names: Spelling = (name) => name): string {
  switch (field.kind) {
    case "number":
      return "number";
    case "bool":
      return "bool";
    case "list":
      return `list(${terraformType(field.of, names)})`;
    case "map":
      return `map(${terraformType(field.of, names)})`;
    case "object": {
      const attributes = Object.entries(field.fields).map(([name, of]) => {
        const type = terraformType(of, names);
        return `${names(name)} = ${field.required?.includes(name) === true ? type : `optional(${type})`}`;
      });
      return `object({ ${attributes.join(", ")} })`;
    }
    default:
      return "string";
  }
}
