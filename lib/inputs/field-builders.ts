import type { VersionBounds } from "../versions/version-bounds";
import type {
  EnumField,
  Field,
  ListField,
  MapField,
  MovedName,
  NewerValues,
  ObjectField,
  ObjectRule,
  Size,
  ValueRule,
} from "./field";

export const string: Field = { kind: "string", rules: [] };
export const number: Field = { kind: "number", rules: [] };
export const bool: Field = { kind: "bool" };
/** A yes or no that synth decides by. */
export const toggle: Field = { kind: "bool", atSynth: true };
export const any: Field = { kind: "any" };
/** A construct of the app, such as a provider. */
export const construct: Field = { kind: "constructs", list: false };
export const constructs: Field = { kind: "constructs", list: true };

export function text(...rules: readonly ValueRule<string>[]): Field {
  return { kind: "string", rules };
}

/** As {@link text}, with values that not every minor version knows. */
export function textOfNewer(newer: NewerValues, ...rules: readonly ValueRule<string>[]): Field {
  return { kind: "string", rules, newer };
}

export function numeric(...rules: readonly ValueRule<number>[]): Field {
  return { kind: "number", rules };
}

export function oneOfStrings(...allowed: readonly string[]): Field {
  return { kind: "enum", values: allowed };
}

/** One of the given strings, of which not every minor version knows each. */
export function oneOfNewer(allowed: readonly string[], newer: NewerValues): EnumField {
  return { kind: "enum", values: allowed, newer };
}

export function list(of: Field, size?: Size, distinct?: VersionBounds): ListField {
  return { kind: "list", of, size, distinct };
}

/** A list of different values, so many at least and at most; the remedy is for another number of them. */
export function different(of: Field, min: number, max: number, remedy?: string): ListField {
  return list(of, { min, max, remedy }, {});
}

export function map(of: Field, keys: readonly ValueRule<string>[] = [], more: Partial<MapField> = {}): MapField {
  return { kind: "map", of, keys, ...more };
}

export function object(
  fields: Readonly<Record<string, Field>>,
  required: readonly string[] = [],
  rules: readonly ObjectRule[] = [],
  moved: readonly MovedName[] = [],
): ObjectField {
  return { kind: "object", fields, required, rules, moved };
}

/** A field that a minor version brought. */
export function since<F extends Field>(minorVersion: string, field: F): F {
  return { ...field, since: minorVersion };
}

/** A field that a minor version no longer has. */
export function until<F extends Field>(minorVersion: string, field: F): F {
  return { ...field, until: minorVersion };
}

/** What a field is, with its unit, and what holds where it is left out. */
export function about<F extends Field>(description: string, field: F, defaultValue?: unknown): F {
  return { ...field, description, ...(defaultValue === undefined ? {} : { default: defaultValue }) };
}

/** A field that may be left out, with a default that is said in words. */
export function optional<F extends Field>(description: string, field: F): F {
  return about(description, field, null);
}
