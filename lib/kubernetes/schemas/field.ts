import { Token } from "cdktf";

/**
 * What a field of an object may hold. One description serves as the check at synth and as the exact type of the
 * published module's input; the API server has the last word on values.
 */
export type Field =
  | { readonly kind: "string" | "number" | "bool" | "quantity" }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "list"; readonly of: Field }
  | { readonly kind: "map"; readonly of: Field }
  | ObjectField
  /** Anything; in HCL a string of JSON, for a map's elements must have one shape. */
  | { readonly kind: "json" };

/** An object with exactly these fields. */
export interface ObjectField {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
}

export const string: Field = { kind: "string" };
export const number: Field = { kind: "number" };
export const bool: Field = { kind: "bool" };
/** A Kubernetes quantity: `"1000Gi"`, `"2"` or the number 2. */
export const quantity: Field = { kind: "quantity" };
export const json: Field = { kind: "json" };
export const oneOfStrings = (...values: readonly string[]): Field => ({ kind: "enum", values });
export const list = (of: Field): Field => ({ kind: "list", of });
export const map = (of: Field): Field => ({ kind: "map", of });
export const object = (fields: Readonly<Record<string, Field>>, required: readonly string[] = []): ObjectField => ({
  kind: "object",
  fields,
  required,
});

/** The field as a Terraform type expression; every optional field is `optional(…)` and arrives as null. */
export function terraformType(field: Field, names: (name: string) => string = (name) => name): string {
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

/** Everything that is wrong with a value, each problem with the path of what is wrong. */
export function fieldProblems(path: string, value: unknown, field: Field): string[] {
  if (value === undefined || value === null || field.kind === "json" || Token.isUnresolved(value)) {
    return [];
  }
  switch (field.kind) {
    case "list":
      return Array.isArray(value)
        ? value.flatMap((item, index) => fieldProblems(`${path}[${index}]`, item, field.of))
        : [refused(path, value, "a list")];
    case "map":
      return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) => fieldProblems(`${path}.${key}`, item, field.of))
        : [refused(path, value, "a map")];
    case "object":
      return isObject(value) ? objectProblems(path, value, field) : [refused(path, value, "an object")];
    case "enum":
      return field.values.includes(value as string)
        ? []
        : [refused(path, value, `one of ${field.values.map((allowed) => `"${allowed}"`).join(", ")}`)];
    case "quantity":
      return typeof value === "string" || typeof value === "number" ? [] : [refused(path, value, "a quantity")];
    case "bool":
      return typeof value === "boolean" ? [] : [refused(path, value, "true or false")];
    default:
      return typeof value === field.kind ? [] : [refused(path, value, `a ${field.kind}`)];
  }
}

function objectProblems(path: string, value: Readonly<Record<string, unknown>>, field: ObjectField): string[] {
  const names = Object.keys(field.fields);
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  const missing = (field.required ?? []).filter((name) => value[name] === undefined || value[name] === null);
  return [
    ...unknown.map((name) => `"${path}.${name}" is unknown, but must be ${hint(name, names)}`),
    ...missing.map((name) => `"${path}.${name}" is missing, but must be given`),
    ...names.flatMap((name) => fieldProblems(`${path}.${name}`, value[name], field.fields[name])),
  ];
}

function refused(path: string, value: unknown, allowed: string): string {
  return `"${path}" is ${JSON.stringify(value)}, but must be ${allowed}`;
}

function hint(name: string, names: readonly string[]): string {
  const near = names.find(
    (candidate) => candidate.toLowerCase() === name.toLowerCase() || distance(candidate, name) <= 2,
  );
  const all = `one of ${names.join(", ")}`;
  return near === undefined ? all : `"${near}" perhaps, or ${all}`;
}

/** How many letters have to be changed to get from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
