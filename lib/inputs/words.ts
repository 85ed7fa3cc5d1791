/** The words of refusals, for synth and for Terraform alike: paths, values and releases may be parts of a template. */
import type { VersionBounds } from "../versions/version-bounds";
import { isBounded } from "../versions/version-bounds";
import type { EnumField, Field, ListField, MapField, Size, Stricter } from "./field";
import type { RuleText } from "./rule";
import { oneOfThese, saying } from "./rule";
import { fieldOf } from "./versioned-field";

/** What an enum allows, and what has another name here. */
export function enumInWords({ values, renamed = {} }: Pick<EnumField, "values" | "renamed">, value: unknown): string {
  const name = typeof value === "string" && Object.hasOwn(renamed, value) ? renamed[value] : undefined;
  return name === undefined ? oneOfThese(values) : `${oneOfThese(values)}; here it is "${name}"`;
}

/** What a field must be where its type is another: what its first rule says, with an example, or the type. */
export function typeInWords(field: Field): string {
  switch (field.kind) {
    case "string":
    case "yaml":
    case "number":
    case "quantity": {
      // What the controller alone asks says nothing of the type.
      const rule = (field.rules as readonly (RuleText & VersionBounds & Stricter)[]).find(
        ({ stricter }) => stricter === undefined || isBounded(stricter),
      );
      return rule !== undefined && rule.allowed !== ""
        ? saying(rule)
        : field.kind === "number"
          ? "a number; write it without quotes"
          : "a string; write it in quotes";
    }
    case "enum":
      return oneOfThese(field.values);
    case "versioned":
      return typeInWords(fieldOf(field));
    case "bool":
      return "true or false; write it without quotes";
    case "list":
      return "a list; write it in brackets";
    case "map":
      return "a map from names to values; write it in braces";
    case "constructs":
      return field.list ? "a list of constructs; write it in brackets" : "a construct; give the object itself";
    default:
      return "an object; write its fields in braces";
  }
}

/** What an entry of a list or of a map must be where it is null. */
export function entryInWords({ kind, of }: ListField | MapField): string {
  return kind === "map" && of.kind === "object"
    ? "an object; leave its name out where there is to be none"
    : typeInWords(of);
}

/** A name that an object does not have. `known` is left out where there are too many to read. */
export function unknownField(path: string, name: string, likely: string | undefined, known: readonly string[]): string {
  const hint = likely === undefined ? "" : ` did you mean "${likely}"?`;
  const all = known.length <= MAX_LISTED ? ` Known: ${known.join(", ")}` : likely === undefined ? " leave it out" : "";
  return `"${joined(path, name)}" is not known;${hint}${all}`;
}

/** How many names a message lists. */
export const MAX_LISTED = 40;

/** A name that belongs elsewhere. */
export function movedField(path: string, name: string, told: string): string {
  return `"${joined(path, name)}" is not known here; ${told}`;
}

/** A path with one more name; the object of all inputs has no path. */
export function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** A field that must be given. */
export function missingField(path: string, name: string, field: Field | undefined): string {
  const what = field === undefined ? "given" : typeInWords(field);
  return `"${joined(path, name)}" is missing, but must be ${what}`;
}

/** A field that is given and should not be. */
export function given(path: string, { why, remedy }: OtherVersions): string {
  return `"${path}" is given, but must be left out ${why}; leave it out, or ${remedy}`;
}

/** A value that is right in other minor versions. */
export function unknownValue(path: string, value: string, { why, remedy }: OtherVersions): string {
  return `"${path}" is ${value}, but must be another ${why}; take another, or ${remedy}`;
}

/** A name that is right in other minor versions. */
export function unknownName(path: string, name: string, { why, remedy }: OtherVersions): string {
  return `"${path}" has the name ${name}, but a name must be another ${why}; take another, or ${remedy}`;
}

/** A value that is there twice. */
export function repeated(path: string, value: string): string {
  return `"${path}" is ${value} again, but must be there once; leave it out`;
}

/** A name that is there again in another case. */
export function repeatedName(path: string, name: string): string {
  return `"${path}" has the name ${name}, but a name must differ from all others in more than its case; IAM takes them for one: leave one out`;
}

/** A number of entries that there must not be. */
export function sizeText(path: string, count: string, of: string, size: Size): string {
  return `"${path}" has ${count} ${of}, but must have ${sizeInWords(size)}; ${sizeRemedy(size)}`;
}

/** What to do about a number of entries that there must not be. */
export function sizeRemedy({ min = 0, remedy }: Size): string {
  return remedy ?? (min > 0 ? "correct how many there are" : "leave some out");
}

/** How many entries there may be. */
export function sizeInWords({ min = 0, max }: Size): string {
  return max === undefined ? `at least ${min}` : min > 0 ? `${min} to ${max}` : `at most ${max}`;
}

/** A value as JSON with its keys in order: that of two values is the same where they are. */
export function inJson(value: unknown): string {
  return JSON.stringify(inOrder(value)) ?? "null";
}

/** A value as messages show it: JSON, and only the beginning of a long one. */
export function shown(value: unknown): string {
  const json = inJson(value);
  return json.length > MAX_SHOWN ? `${json.slice(0, MAX_SHOWN)}…` : json;
}

/** How many characters of a value a message shows. */
export const MAX_SHOWN = 400;

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, inOrder(item)]),
  );
}

interface OtherVersions {
  readonly why: string;
  readonly remedy: string;
}

/** Why a release does not have something, and which ones do. */
export function otherVersions({ since, until }: VersionBounds, release: string, versionName: string): OtherVersions {
  return until === undefined
    ? {
        why: `with Karpenter ${release}, which does not know it`,
        remedy: `set "${versionName}" to a release from ${since} on`,
      }
    : {
        why: `with Karpenter ${release}, which no longer knows it`,
        remedy: `set "${versionName}" to a release before ${until}`,
      };
}
