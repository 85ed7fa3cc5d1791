import { Predicate, Naming } from "./predicate";
import type { Rule } from "./rule";
import * as values from "./catalog/values";
import { VersionBounds } from "../versions/version-bounds";
import { saying } from "./words";

/**
 * What a field of an object may hold, and in which minor versions of Karpenter there is one. One description serves as the check at
 * synth, and as the exact type and the check at plan of the published module's input.
 */
export type Field = VersionBounds &
  (
    | { readonly kind: "string"; readonly rules: readonly ValueRule<string>[]; readonly newer?: NewerValues }
    | { readonly kind: "number"; readonly rules: readonly ValueRule<number>[] }
    | { readonly kind: "bool" }
    /** A string or a number; a string in HCL. */
    | { readonly kind: "quantity"; readonly rules: readonly ValueRule<string | number>[] }
    | { readonly kind: "enum"; readonly values: readonly string[]; readonly newer?: NewerValues }
    | ListField
    | MapField
    | ObjectField
    /** Anything; in HCL a string of JSON, for a map's elements must have one shape. */
    | { readonly kind: "json" }
  );

export interface ListField {
  readonly kind: "list";
  readonly of: Field;
  readonly size?: Size;
  /** The minor versions that refuse a value that is there twice. */
  readonly distinct?: VersionBounds;
}

export interface MapField {
  readonly kind: "map";
  readonly of: Field;
  readonly size?: Size;
  /** What a key must be. */
  readonly keys: readonly ValueRule<string>[];
  /** Keys that not every minor version knows. */
  readonly newer?: NewerValues;
}

/** An object with exactly these fields. */
export interface ObjectField {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  /** What goes together. */
  readonly rules?: readonly ObjectRule[];
}

/** How many entries there may be. */
export interface Size extends VersionBounds {
  readonly min?: number;
  readonly max?: number;
}

/** Values by the first minor version that knows them. */
export type NewerValues = Readonly<Record<string, string>>;

/** What is asked of a value, in every minor version or in some. */
export interface ValueRule<T> extends Rule<T>, VersionBounds, Stricter {}

/** A rule on several fields of an object. */
export interface ObjectRule extends VersionBounds, Stricter {
  /**
   * What is wrong, what is allowed and the way out; `{}` is the object's path, `{x}` a field's name, `<x>` its value, and
   * `<release>` the release of Karpenter, for a rule of some minor versions.
   */
  readonly refusal: string;
  /** What an object must keep; what is not known at synth, or of a wrong type, does. */
  readonly condition: Predicate;
}

/** Whether a rule is ours and not the API server's. */
export interface Stricter {
  /**
   * The minor versions whose API server takes what is refused here, because it does harm or fails later.
   *
   * @default - none: the API server refuses it too
   */
  readonly stricter?: VersionBounds;
}

/** What the API server asks, in its own words, and the way out. */
export function api<T>(
  rule: Rule<T>,
  message: string,
  remedy: string,
  minorVersions: VersionBounds = {},
): ValueRule<T> {
  return { ...rule, allowed: apiWants(message), remedy, ...minorVersions };
}

/** A rule of the API server on several fields, in its own words, and the way out. `is` completes what is wrong: `<x>`. */
export function apiRule(
  at: string,
  is: string,
  message: string,
  remedy: string,
  condition: Predicate,
  minorVersions: VersionBounds = {},
): ObjectRule {
  const path = at === "" ? "{}" : `{}.{${at}}`;
  const allowed = saying({ allowed: apiWants(message), remedy, ...minorVersions }, `<${RELEASE}>`);
  return { refusal: `"${path}" ${is}, but must be ${allowed}`, condition, ...minorVersions };
}

/** What stands for the release in a refusal. */
export const RELEASE = "release";

function apiWants(message: string): string {
  return `as the API has it: ${message}`;
}

export const string: Field = { kind: "string", rules: [] };
export const number: Field = { kind: "number", rules: [] };
export const bool: Field = { kind: "bool" };
/** A Kubernetes quantity: `"1000Gi"`, `"2"` or the number 2. */
export const quantity: Field = { kind: "quantity", rules: [values.quantity] };
export const json: Field = { kind: "json" };
export const text = (...rules: readonly ValueRule<string>[]): Field => ({ kind: "string", rules });
/** As {@link text}, with values that not every minor version knows. */
export const textOfNewer = (newer: NewerValues, ...rules: readonly ValueRule<string>[]): Field => ({
  kind: "string",
  rules,
  newer,
});
export const numeric = (...rules: readonly ValueRule<number>[]): Field => ({ kind: "number", rules });
export const oneOfStrings = (...allowed: readonly string[]): Field => ({ kind: "enum", values: allowed });
/** One of the given strings, of which not every minor version knows each. */
export const oneOfNewer = (allowed: readonly string[], newer: NewerValues): Field => ({
  kind: "enum",
  values: allowed,
  newer,
});
export const list = (of: Field, size?: Size, distinct?: VersionBounds): Field => ({ kind: "list", of, size, distinct });
export const map = (of: Field, keys: readonly ValueRule<string>[] = [], more: Partial<MapField> = {}): Field => ({
  kind: "map",
  of,
  keys,
  ...more,
});
/** A field that a minor version existing. */
export const since = (minorVersion: string, field: Field): Field => ({ ...field, since: minorVersion });
export const object = (
  fields: Readonly<Record<string, Field>>,
  required: readonly string[] = [],
  rules: readonly ObjectRule[] = [],
): ObjectField => ({ kind: "object", fields, required, rules });

/** The field as a Terraform type expression; every optional field is `optional(…)` and arrives as null. */
export function terraformType(field: Field, names: Naming = (name) => name): string {
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
