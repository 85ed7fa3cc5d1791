import { Token } from "cdktf";
import { isGiven } from "./predicate";
import { letterDistance } from "./letter-distance";
import { isIn, isBounded, VersionBounds } from "../versions/version-bounds";
import { Field, ListField, MapField, NewerValues, ObjectField, RELEASE, Size, Stricter, ValueRule } from "./field";
import {
  AN_OBJECT,
  given,
  oneOfThese,
  otherVersions,
  repeated,
  saying,
  sizeText,
  unknownName,
  unknownValue,
} from "./words";

/** Something wrong with a value. */
export interface FieldProblem {
  readonly sentence: string;
  /** What of the description is broken: a rule, a size, newer values, or the field itself. */
  readonly broken: object;
  /** Whether the API server of the release would take it. */
  readonly stricter: boolean;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Everything that is wrong with a value, each problem with the path of what is wrong.
 *
 * @param release the release of Karpenter, or its minor version; without it, what only some minor versions ask is not asked
 */
export function fieldProblems(path: string, value: unknown, field: Field, release?: string): string[] {
  return problemsIn(path, value, field, release).map(({ sentence }) => sentence);
}

/** As {@link fieldProblems}, with where in the description each comes from. */
export function problemsIn(path: string, value: unknown, field: Field, release?: string): FieldProblem[] {
  if (!isGiven(value) || Token.isUnresolved(value)) {
    return [];
  }
  const wrongType = (allowed: string): FieldProblem[] => [refused(path, value, allowed, field)];
  switch (field.kind) {
    case "json":
      return isObject(value) || isJsonObject(value) ? [] : wrongType("an object, or one as a string of JSON");
    case "list":
      return Array.isArray(value) ? listProblems(path, value, field, release) : wrongType("a list");
    case "map":
      return isObject(value) ? mapProblems(path, value, field, release) : wrongType("a map");
    case "object":
      return isObject(value) ? objectProblems(path, value, field, release) : wrongType("an object");
    case "enum":
      return typeof value === "string" && field.values.includes(value)
        ? newerProblems(path, value, field.newer, release)
        : wrongType(oneOfThese(field.values));
    case "bool":
      return typeof value === "boolean" ? [] : wrongType("true or false");
    case "number":
      return typeof value === "number"
        ? valueProblems(path, value, field.rules, release)
        : wrongType(field.rules.length === 0 ? "a number" : saying(field.rules[0], release));
    case "quantity":
      return typeof value === "string" || typeof value === "number"
        ? valueProblems(path, value, field.rules, release)
        : wrongType(saying(field.rules[0], release));
    default:
      return typeof value === "string"
        ? [...valueProblems(path, value, field.rules, release), ...newerProblems(path, value, field.newer, release)]
        : wrongType("a string");
  }
}

/** What a field holds, which is there in some minor versions only. */
function problemsOfField(path: string, value: unknown, field: Field, release?: string): FieldProblem[] {
  return isGiven(value) && release !== undefined && !isIn(field, release)
    ? [problem(given(path, otherVersions(field, release, "karpenterVersion")), field)]
    : problemsIn(path, value, field, release);
}

function listProblems(path: string, items: readonly unknown[], field: ListField, release?: string): FieldProblem[] {
  const { distinct } = field;
  const isAgain = (item: unknown, index: number): boolean =>
    distinct !== undefined && isAsked(distinct, release) && items.indexOf(item) < index;
  return [
    ...sizeProblems(path, items.length, "items", field.size, release),
    ...items.flatMap((item, index) => [
      ...(isAgain(item, index) ? [problem(repeated(`${path}[${index}]`, JSON.stringify(item)), distinct ?? {})] : []),
      ...problemsIn(`${path}[${index}]`, item, field.of, release),
    ]),
  ];
}

function mapProblems(path: string, value: Values, field: MapField, release?: string): FieldProblem[] {
  const names = Object.keys(value).filter((name) => !Token.isUnresolved(name));
  return [
    ...sizeProblems(path, Object.keys(value).length, "entries", field.size, release),
    ...names.flatMap((name) => nameProblems(path, name, field, release)),
    ...Object.entries(value).flatMap(([name, item]) =>
      field.of.kind === "object" && !isGiven(item)
        ? [problem(`"${path}.${name}" is null, but must be ${AN_OBJECT}`, field)]
        : problemsOfField(`${path}.${name}`, item, field.of, release),
    ),
  ];
}

function nameProblems(path: string, name: string, field: MapField, release?: string): FieldProblem[] {
  const broken = brokenRule(name, field.keys, release);
  return broken === undefined
    ? newerProblems(path, name, field.newer, release, unknownName)
    : [
        problem(
          `"${path}" has the name ${JSON.stringify(name)}, but a name must be ${saying(broken, release)}`,
          broken,
          release,
        ),
      ];
}

function objectProblems(path: string, value: Values, field: ObjectField, release?: string): FieldProblem[] {
  const names = Object.keys(field.fields);
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  const missing = (field.required ?? []).filter((name) => !isGiven(value[name]));
  return [
    ...unknown.map((name) => problem(`"${path}.${name}" is unknown, but must be ${hint(name, names)}`, field)),
    ...missing.map((name) => problem(`"${path}.${name}" is missing, but must be given`, field.fields[name])),
    ...names.flatMap((name) => problemsOfField(`${path}.${name}`, value[name], field.fields[name], release)),
    ...(field.rules ?? [])
      .filter((rule) => isAsked(rule, release) && rule.condition.holds(value) === false)
      .map((rule) => problem(inWords(rule.refusal, path, value, release), rule, release)),
  ];
}

function inWords(refusal: string, path: string, value: Values, release?: string): string {
  return refusal
    .replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? path : name))
    .replace(/<(\w+)>/g, (_, name: string) =>
      name === RELEASE ? String(release) : JSON.stringify(value[name] ?? null),
    );
}

function valueProblems<T>(path: string, value: T, rules: readonly ValueRule<T>[], release?: string): FieldProblem[] {
  const broken = brokenRule(value, rules, release);
  return broken === undefined ? [] : [refused(path, value, saying(broken, release), broken, release)];
}

/** The first rule that a value breaks; what every minor version asks comes first, as it does at plan. */
function brokenRule<T>(value: T, rules: readonly ValueRule<T>[], release?: string): ValueRule<T> | undefined {
  return [...rules.filter((rule) => !isBounded(rule)), ...rules.filter(isBounded)].find(
    (rule) => isAsked(rule, release) && !rule.accepts(value),
  );
}

function newerProblems(
  path: string,
  value: string,
  newer: NewerValues = {},
  release?: string,
  words = unknownValue,
): FieldProblem[] {
  const minorVersions = { since: Object.hasOwn(newer, value) ? newer[value] : undefined };
  return release === undefined || isIn(minorVersions, release)
    ? []
    : [problem(words(path, JSON.stringify(value), otherVersions(minorVersions, release, "karpenterVersion")), newer)];
}

function sizeProblems(path: string, count: number, of: string, size?: Size, release?: string): FieldProblem[] {
  return size === undefined || !isAsked(size, release) || (count >= (size.min ?? 0) && count <= (size.max ?? Infinity))
    ? []
    : [problem(sizeText(path, String(count), of, size), size)];
}

function isAsked(minorVersions: VersionBounds, release: string | undefined): boolean {
  return !isBounded(minorVersions) || (release !== undefined && isIn(minorVersions, release));
}

function refused(
  path: string,
  value: unknown,
  allowed: string,
  broken: object & Stricter,
  release?: string,
): FieldProblem {
  return problem(`"${path}" is ${JSON.stringify(value)}, but must be ${allowed}`, broken, release);
}

function problem(sentence: string, broken: object & Stricter, release?: string): FieldProblem {
  return { sentence, broken, stricter: broken.stricter !== undefined && isAsked(broken.stricter, release) };
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

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isJsonObject(value: unknown): boolean {
  try {
    return isObject(JSON.parse(String(value)));
  } catch {
    return false;
  }
}
