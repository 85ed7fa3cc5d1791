import { Token } from "cdktf";
import { letterDistance } from "../../rules/letter-distance";
import { RuleText } from "../../rules/rule";
import { Field, ObjectField } from "./field";

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
        ? Object.entries(value).flatMap(([key, item]) => [
            ...(field.keys === undefined || Token.isUnresolved(key) || field.keys.accepts(key)
              ? []
              : [`"${path}" has the name ${JSON.stringify(key)}, but a name must be ${saying(field.keys)}`]),
            ...(field.of.kind === "object" && (item === undefined || item === null)
              ? [`"${path}.${key}" is null, but must be ${AN_OBJECT}`]
              : fieldProblems(`${path}.${key}`, item, field.of)),
          ])
        : [refused(path, value, "a map")];
    case "object":
      return isObject(value) ? objectProblems(path, value, field) : [refused(path, value, "an object")];
    case "enum":
      return field.values.includes(value as string) ? [] : [refused(path, value, oneOfThese(field.values))];
    case "quantity":
      return (typeof value === "string" || typeof value === "number") && field.rule.accepts(value)
        ? []
        : [refused(path, value, saying(field.rule))];
    case "bool":
      return typeof value === "boolean" ? [] : [refused(path, value, "true or false")];
    case "number":
      return typeof value === "number" && (field.rule === undefined || field.rule.accepts(value))
        ? []
        : [refused(path, value, field.rule === undefined ? "a number" : saying(field.rule))];
    default:
      if (typeof value !== "string") {
        return [refused(path, value, "a string")];
      }
      return field.rule === undefined || field.rule.accepts(value) ? [] : [refused(path, value, saying(field.rule))];
  }
}

/** What something that has a name must be. */
export const AN_OBJECT = "an object; leave its name out where there is to be none";

/** What a rule allows, and the way out. */
export function saying({ allowed, wayOut }: RuleText): string {
  return `${allowed}; ${wayOut}`;
}

/** What an enum allows. */
export function oneOfThese(allowed: readonly string[]): string {
  return `one of ${allowed.map((value) => `"${value}"`).join(", ")}`;
}

function objectProblems(path: string, value: Readonly<Record<string, unknown>>, field: ObjectField): string[] {
  const names = Object.keys(field.fields);
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  const missing = (field.required ?? []).filter((name) => value[name] === undefined || value[name] === null);
  return [
    ...unknown.map((name) => `"${path}.${name}" is unknown, but must be ${hint(name, names)}`),
    ...missing.map((name) => `"${path}.${name}" is missing, but must be given`),
    ...names.flatMap((name) => fieldProblems(`${path}.${name}`, value[name], field.fields[name])),
    ...(field.rules ?? [])
      .filter((rule) => !rule.accepts(value))
      .map((rule) =>
        rule.refusal
          .replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? path : name))
          .replace(/<(\w+)>/g, (_, name: string) => JSON.stringify(value[name] ?? null)),
      ),
  ];
}

function refused(path: string, value: unknown, allowed: string): string {
  return `"${path}" is ${JSON.stringify(value)}, but must be ${allowed}`;
}

/** How many letters may be wrong for a name to be taken for another. */
const MAX_DISTANCE = 2;

function hint(name: string, names: readonly string[]): string {
  const [nearest] = names
    .map((candidate) => ({ candidate, letters: letterDistance(candidate.toLowerCase(), name.toLowerCase()) }))
    .filter(({ letters }) => letters <= MAX_DISTANCE)
    .sort((a, b) => a.letters - b.letters);
  const all = `one of ${names.join(", ")}`;
  return nearest === undefined ? all : `"${nearest.candidate}" perhaps, or ${all}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
