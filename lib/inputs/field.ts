import type { VersionBounds } from "../versions/version-bounds";
import type { Predicate } from "./predicate";
import type { Rule } from "./rule";
import { saying } from "./rule";

/**
 * What an input or a field of an object may hold, and in which minor versions of Karpenter there is one. One description
 * serves as the check at synth, the Terraform variable, the check at plan, the JSON Schema and the tables of the docs.
 */
export type Field = VersionBounds &
  About &
  Stricter &
  (
    | { readonly kind: "string"; readonly rules: readonly ValueRule<string>[]; readonly newer?: NewerValues }
    | { readonly kind: "number"; readonly rules: readonly ValueRule<number>[] }
    | BoolField
    /** A string or a number. */
    | { readonly kind: "quantity"; readonly rules: readonly ValueRule<string | number>[] }
    | EnumField
    | ListField
    | MapField
    | ObjectField
    | VariantField
    | VersionedField
    /** YAML as a text, or what it says as an object. */
    | {
        readonly kind: "yaml";
        readonly rules: readonly ValueRule<string>[];
        readonly says: ObjectField | VersionedField;
      }
    /** Whatever the API takes there. */
    | { readonly kind: "any" }
    /** Constructs that TypeScript alone can name, as a list of them or one. */
    | { readonly kind: "constructs"; readonly list: boolean }
  );

/** What is said of a field. */
export interface About {
  /** What it is, with its unit: a sentence, or a part of one with a full stop. */
  readonly description?: string;
  /** What holds where it is left out, as it is written in Terraform. */
  readonly default?: unknown;
  /** Whether Terraform must not show it. */
  readonly sensitive?: boolean;
}

export interface EnumField {
  readonly kind: "enum";
  readonly values: readonly string[];
  readonly newer?: NewerValues;
  /** Values that have another name here. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** As that of {@link BoolField}. */
  readonly atSynth?: boolean;
}

export interface BoolField {
  readonly kind: "bool";
  /** Whether synth decides by it, so that a value which only Terraform knows is refused. */
  readonly atSynth?: boolean;
}

export interface ListField {
  readonly kind: "list";
  readonly of: Field;
  readonly size?: Size;
  /** The minor versions that refuse a value that is there twice. */
  readonly distinct?: VersionBounds;
  /** Whether one item may stand for a list of it. */
  readonly single?: boolean;
  /** Whether lists among the items, and objects of kind `List`, are taken apart; an empty item is left out. */
  readonly flat?: boolean;
}

export interface MapField {
  readonly kind: "map";
  readonly of: Field;
  readonly size?: Size;
  /** What a key must be. */
  readonly keys: readonly ValueRule<string>[];
  /** Keys that not every minor version knows. */
  readonly newer?: NewerValues;
  /** Whether keys that differ in nothing but case are one to IAM. */
  readonly inAnyCase?: boolean;
}

/** An object with exactly these fields. */
export interface ObjectField extends Stricter {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  /** What goes together. */
  readonly rules?: readonly ObjectRule[];
  /** Names that belong elsewhere, or have another name here. */
  readonly moved?: readonly MovedName[];
  /** The first minor version that may have more fields than these: from it on, other names are let be. */
  readonly namesUntil?: string;
  /** The field whose object lies below the others: the rules are asked of both together. */
  readonly below?: string;
}

/** An object of one of several forms, which one of its fields tells. */
export interface VariantField {
  readonly kind: "variant";
  /** The field that tells. */
  readonly by: string;
  readonly variants: Readonly<Record<string, ObjectField>>;
  /** Forms that have another name here. */
  readonly renamed?: Readonly<Record<string, string>>;
  /**
   * What to do where it is none of these; a clause.
   *
   * @default - none
   */
  readonly remedy?: string;
}

/** What is another field with other releases. */
export interface VersionedField {
  readonly kind: "versioned";
  /** The field of each release, by the first that has it, in order: `0.32`, `0.33.6`. */
  readonly fields: Readonly<Record<string, Field>>;
}

/** A name that people write where it is not, and what they are told. */
export interface MovedName extends VersionBounds {
  readonly name: string;
  /** Where it is, as a clause; `{x}` is an input's name. */
  readonly told: string;
}

/** How many entries there may be. */
export interface Size extends VersionBounds, Stricter {
  readonly min?: number;
  readonly max?: number;
  /**
   * What to do where it is another number; a clause.
   *
   * @default - to correct how many there are
   */
  readonly remedy?: string;
}

/** Values by the first minor version that knows them. */
export type NewerValues = Readonly<Record<string, string>>;

/** What is asked of a value, in every minor version or in some. */
export interface ValueRule<T> extends Rule<T>, VersionBounds, Stricter {}

/** A rule on several fields of an object. */
export interface ObjectRule extends VersionBounds, Stricter {
  /**
   * What is wrong, what is allowed and the remedy; `{}` is the object's path, `{x}` a field's name, `<x>` its value, and
   * `<release>` the release of Karpenter, for a rule of some minor versions.
   */
  readonly refusal: string;
  /** What an object must keep; what is not known at synth, or of a wrong type, does. */
  readonly condition: Predicate;
}

/** Marks rules, and types of fields, that are stricter than the API server's. */
export interface Stricter {
  /**
   * The minor versions whose API server takes what is refused here, because it does harm or fails later.
   *
   * @default - none: the API server refuses it too
   */
  readonly stricter?: VersionBounds;
}

/** What the API server asks, in its own words, and the remedy. */
export function api<T>(rule: Rule<T>, message: string, remedy: string, bounds: VersionBounds = {}): ValueRule<T> {
  return { ...rule, allowed: apiWants(message), remedy, ...bounds };
}

/** A rule of the API server on several fields, in its own words, and the remedy. `is` completes what is wrong: `<x>`. */
export function apiRule(
  at: string,
  is: string,
  message: string,
  remedy: string,
  condition: Predicate,
  bounds: VersionBounds = {},
): ObjectRule {
  const path = at === "" ? "{}" : `{}.{${at}}`;
  const allowed = saying({ allowed: apiWants(message), remedy, ...bounds }, `<${RELEASE}>`);
  return { refusal: `"${path}" ${is}, but must be ${allowed}`, condition, ...bounds };
}

/** What stands for the release in a refusal. */
export const RELEASE = "release";

function apiWants(message: string): string {
  return `as the API has it: ${message}`;
}
