import { releaseNumber } from "../versions/version-bounds";
import type { Field, VersionedField } from "./field";

/** What each release has instead of the others, by the first that has it, in order: `0.32`, `0.33.6`. */
export function versioned(fields: VersionedField["fields"]): VersionedField {
  return { kind: "versioned", fields };
}

/**
 * The field that a release has.
 *
 * @param release the release, or its minor version; without it, the newest
 */
export function fieldOf(field: Field, release?: string): Exclude<Field, VersionedField> {
  if (field.kind !== "versioned") {
    return field;
  }
  const [first, ...later] = Object.entries(field.fields);
  const isThere = (since: string): boolean =>
    release === undefined || releaseNumber(since, 0) <= releaseNumber(release);
  return fieldOf((later.reverse().find(([since]) => isThere(since)) ?? first)[1], release);
}

/** Every field that some release has. */
export function allFieldsOf(field: Field): readonly Exclude<Field, VersionedField>[] {
  return field.kind === "versioned" ? [...new Set(Object.values(field.fields).flatMap(allFieldsOf))] : [field];
}
