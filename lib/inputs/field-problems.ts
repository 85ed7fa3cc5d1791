import { Token, Tokenization } from "cdktf";
import type { Fields } from "../terraform/known-values";
import { flattened, isFields, isGiven } from "../terraform/known-values";
import type { VersionBounds } from "../versions/version-bounds";
import { isBounded, isIn } from "../versions/version-bounds";
import type {
  Field,
  ListField,
  MapField,
  NewerValues,
  ObjectField,
  ObjectRule,
  Size,
  Stricter,
  ValueRule,
  VariantField,
} from "./field";
import { RELEASE } from "./field";
import { likelyName } from "./likely-name";
import { oneOfThese, saying } from "./rule";
import { fieldOf } from "./versioned-field";
import {
  entryInWords,
  given,
  inJson,
  joined,
  missingField,
  movedField,
  enumInWords,
  otherVersions,
  repeated,
  repeatedName,
  shown,
  sizeText,
  typeInWords,
  unknownField,
  unknownName,
  unknownValue,
} from "./words";
import { yamlFields } from "./yaml-text";

/** Something wrong with a value. */
export interface FieldProblem {
  readonly sentence: string;
  /** What of the description is broken: a rule, a size, newer values, or the field itself. */
  readonly broken: object;
  /** Whether the API server of the release would take it. */
  readonly stricter: boolean;
}

/**
 * Everything that is wrong with a value, each problem with the path of what is wrong.
 *
 * @param path "" for the object of all properties
 * @param release the release of Karpenter, or its minor version; without it, what only some minor versions ask is not asked
 */
export function fieldProblems(path: string, value: unknown, field: Field, release?: string): string[] {
  return problemsIn(path, value, field, release).map(({ sentence }) => sentence);
}

/** As {@link fieldProblems}, with where in the description each comes from. */
export function problemsIn(path: string, value: unknown, field: Field, release?: string): FieldProblem[] {
  if (!isGiven(value)) {
    return [];
  }
  if ((field.kind === "bool" || field.kind === "enum") && field.atSynth === true && Token.isUnresolved(value)) {
    const choice = field.kind === "bool" ? "true or false" : oneOfThese(field.values);
    return [
      problem(`"${path}" is a value that only Terraform knows, but must be known at synth; write ${choice}`, field),
    ];
  }
  if (typeof value === "string" && !isWholeText(value)) {
    return [refused(path, value, WHOLE_TEXT, field)];
  }
  if (Token.isUnresolved(value)) {
    if (typeof value === "string" && !isOfTokens(value)) {
      return [refused(path, value, UNMARKED_TEXT, field)];
    }
    // A text may have tokens in places, and names that are known.
    const said = field.kind === "yaml" && typeof value === "string" ? yamlFields(value) : undefined;
    return field.kind === "yaml" && said !== undefined ? problemsIn(path, said, field.says, release) : [];
  }
  const wrongType = (): FieldProblem[] => [refused(path, value, typeInWords(field), field, release)];
  switch (field.kind) {
    case "any":
      return [
        ...markedNames(path, value, field),
        ...partsOf(path, value).flatMap(([at, part]) => problemsIn(at, part, field, release)),
      ];
    case "versioned":
      return problemsIn(path, value, fieldOf(field, release), release);
    case "constructs":
      return Array.isArray(value) === field.list && typeof value === "object"
        ? []
        : [problem(`"${path}" is ${field.list ? "no list" : "none"}, but must be ${typeInWords(field)}`, field)];
    case "yaml":
      return yamlProblems(path, value, field, release);
    case "list":
      if (field.single === true && !Array.isArray(value)) {
        return problemsIn(path, value, field.of, release);
      }
      return Array.isArray(value)
        ? listProblems(path, field.flat === true ? flattened(value) : value, field, release)
        : wrongType();
    case "map":
      return isFields(value) ? mapProblems(path, value, field, release) : wrongType();
    case "object":
      return isFields(value) ? objectProblems(path, value, field, release) : wrongType();
    case "variant":
      return isFields(value) ? variantProblems(path, value, field, release) : wrongType();
    case "enum":
      return typeof value === "string" && field.values.includes(value)
        ? newerProblems(path, value, field.newer, release)
        : [refused(path, value, enumInWords(field, value), field)];
    case "bool":
      return typeof value === "boolean" ? [] : wrongType();
    case "number":
      return typeof value === "number" ? valueProblems(path, value, field.rules, release) : wrongType();
    case "quantity":
      return typeof value === "string" || typeof value === "number"
        ? valueProblems(path, value, field.rules, release)
        : wrongType();
    default:
      return typeof value === "string"
        ? [...valueProblems(path, value, field.rules, release), ...newerProblems(path, value, field.newer, release)]
        : wrongType();
  }
}

const WHOLE_TEXT = "a text of whole characters; correct it where it was cut in the middle of one";

const UNMARKED_TEXT = "a text without the mark of a token that there is not; leave the mark out";

/** Names with the mark of a token that there is not. */
function markedNames(path: string, value: unknown, field: object): FieldProblem[] {
  return (isFields(value) ? Object.keys(value) : [])
    .filter((name) => Token.isUnresolved(name) && !isOfTokens(name))
    .map((name) => problem(`"${path}" has the name ${shown(name)}, but a name must be ${UNMARKED_TEXT}`, field));
}

/** Whether a text has no half of a surrogate pair in it, which Terraform would put another character in place of. */
function isWholeText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Whether what looks like tokens in a text are some; cdktf would fail on another, without a word on where it stands. */
function isOfTokens(text: string): boolean {
  try {
    return Tokenization.reverseString(text).tokens.length > 0;
  } catch {
    return false;
  }
}

/** What is in a value of which nothing is described, with the path of each. */
function partsOf(path: string, value: unknown): [path: string, part: unknown][] {
  if (Array.isArray(value)) {
    return value.map((item, index) => [`${path}[${index}]`, item]);
  }
  return isFields(value) ? Object.entries(value).map(([name, item]) => [`${path}.${name}`, item]) : [];
}

/** A text is held against its rules first: only one that keeps them says anything. */
function yamlProblems(
  path: string,
  value: unknown,
  field: Extract<Field, { kind: "yaml" }>,
  release?: string,
): FieldProblem[] {
  if (typeof value !== "string") {
    return isFields(value)
      ? problemsIn(path, value, field.says, release)
      : [refused(path, value, typeInWords(field), field)];
  }
  const problems = valueProblems(path, value, field.rules, release);
  return problems.length > 0 ? problems : problemsIn(path, yamlFields(value), field.says, release);
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
    distinct !== undefined &&
    isAsked(distinct, release) &&
    !hasToken(item) &&
    items.findIndex((other) => inJson(other) === inJson(item)) < index;
  return [
    ...sizeProblems(path, items.length, "items", field.size, release),
    ...items.flatMap((item, index) => [
      ...(isAgain(item, index) ? [problem(repeated(`${path}[${index}]`, shown(item)), distinct ?? {})] : []),
      ...entryProblems(`${path}[${index}]`, item, field, release),
    ]),
  ];
}

/** An item of a list or a value of a map. Null stands for a field that is not given; an entry is there, so it must be something. */
function entryProblems(path: string, item: unknown, field: ListField | MapField, release?: string): FieldProblem[] {
  return isGiven(item) || field.of.kind === "any"
    ? problemsOfField(path, item, field.of, release)
    : [problem(`"${path}" is null, but must be ${entryInWords(field)}`, field)];
}

function mapProblems(path: string, value: Fields, field: MapField, release?: string): FieldProblem[] {
  const names = Object.keys(value).filter((name) => !Token.isUnresolved(name));
  return [
    ...sizeProblems(path, Object.keys(value).length, "entries", field.size, release),
    ...markedNames(path, value, field),
    ...names.flatMap((name) => nameProblems(path, name, field, release)),
    ...names
      .filter((name) => field.inAnyCase === true && isInAnotherCase(name, names))
      .map((name) => problem(repeatedName(path, shown(name)), field)),
    ...Object.entries(value).flatMap(([name, item]) => entryProblems(`${path}.${name}`, item, field, release)),
  ];
}

function isInAnotherCase(name: string, names: readonly string[]): boolean {
  return names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase());
}

function nameProblems(path: string, name: string, field: MapField, release?: string): FieldProblem[] {
  if (!isWholeText(name)) {
    return [problem(`"${path}" has the name ${shown(name)}, but a name must be ${WHOLE_TEXT}`, field)];
  }
  const broken = brokenRule(name, field.keys, release);
  return broken === undefined
    ? newerProblems(path, name, field.newer, release, unknownName)
    : [
        problem(
          `"${path}" has the name ${shown(name)}, but a name must be ${saying(broken, release)}`,
          broken,
          release,
        ),
      ];
}

function objectProblems(path: string, value: Fields, field: ObjectField, release?: string): FieldProblem[] {
  const names = Object.keys(field.fields);
  const areKnown = release === undefined || isIn({ until: field.namesUntil }, release);
  const unknown = Object.keys(value).filter(
    (name) => areKnown && !Object.hasOwn(field.fields, name) && value[name] !== undefined && !Token.isUnresolved(name),
  );
  const likely = new Set(unknown.map((name) => likelyName(name, namesIn(field, release))));
  const missing = (field.required ?? []).filter((name) => !isGiven(value[name]) && !likely.has(name));
  const whole = withBelow(value, field);
  return [
    ...markedNames(path, value, field),
    ...unknown.map((name) => problem(unknownText(path, name, field, release), field, release)),
    ...missing.map((name) => problem(missingField(path, name, field.fields[name]), field.fields[name])),
    ...names.flatMap((name) => problemsOfField(joined(path, name), value[name], field.fields[name], release)),
    ...(field.rules ?? [])
      .filter((rule) => isAsked(rule, release) && isBroken(rule, whole, field))
      .map((rule) => problem(inWords(rule.refusal, path, whole, release), rule, release)),
  ];
}

/** Whether a rule is broken, whatever an object below says that only Terraform knows. */
function isBroken({ condition }: ObjectRule, whole: Fields, { below, fields }: ObjectField): boolean {
  const under = below === undefined ? undefined : whole[below];
  const unknown = (): Fields =>
    Object.fromEntries(Object.keys(fields).map((name) => [name, isGiven(whole[name]) ? whole[name] : under]));
  return condition.holds(whole) === false && (!Token.isUnresolved(under) || condition.holds(unknown()) === false);
}

/** An object merged over the one below it, maps key by key: the rules check the result. */
function withBelow(value: Fields, { below }: ObjectField): Fields {
  const under = below === undefined ? undefined : value[below];
  if (!isFields(under)) {
    return value;
  }
  const above = Object.entries(value).filter(([, item]) => isGiven(item));
  return {
    ...under,
    ...Object.fromEntries(
      above.map(([name, item]) => {
        const lower = under[name];
        return [name, isFields(lower) && isFields(item) ? { ...lower, ...item } : item];
      }),
    ),
  };
}

function unknownText(path: string, name: string, field: ObjectField, release?: string): string {
  const moved = field.moved?.find((candidate) => candidate.name === name && isAsked(candidate, release));
  const known = namesIn(field, release);
  return moved === undefined
    ? unknownField(path, name, likelyName(name, known), known)
    : movedField(path, name, moved.told.replace(/[{}]/g, ""));
}

/** The fields that the release has, in the order in which Terraform goes through them. */
function namesIn(field: ObjectField, release?: string): string[] {
  return Object.entries(field.fields)
    .filter(([, { since, until }]) => release === undefined || isIn({ since, until }, release))
    .map(([name]) => name)
    .sort();
}

function variantProblems(path: string, value: Fields, field: VariantField, release?: string): FieldProblem[] {
  const kind = value[field.by];
  const names = Object.keys(field.variants);
  if (typeof kind === "string" && Object.hasOwn(field.variants, kind)) {
    return objectProblems(path, value, field.variants[kind], release);
  }
  const found = isGiven(kind) ? shown(kind) : "missing";
  return [
    problem(
      `"${path}.${field.by}" is ${found}, but must be ${enumInWords({ values: names, renamed: field.renamed }, kind)}${field.remedy === undefined ? "" : `; ${field.remedy}`}`,
      field,
    ),
  ];
}

function inWords(refusal: string, path: string, value: Fields, release?: string): string {
  return refusal
    .replace(/\{\}\.\{(\w+)\}/g, (_, name: string) => joined(path, name))
    .replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? path : name))
    .replace(/<(\w+)>/g, (_, name: string) => (name === RELEASE ? String(release) : shown(value[name] ?? null)));
}

function valueProblems<T>(path: string, value: T, rules: readonly ValueRule<T>[], release?: string): FieldProblem[] {
  const broken = brokenRule(value, rules, release);
  return broken === undefined ? [] : [answered(path, value, broken, release)];
}

/** The message of a rule for a value; `answer` may give another one for this value. */
function answered<T>(path: string, value: T, broken: ValueRule<T>, release?: string): FieldProblem {
  const answer = broken.answer?.(value);
  return answer === undefined
    ? refused(path, value, saying(broken, release), broken, release)
    : problem(`"${path}" is ${shown(value)}, but ${answer}`, broken, release);
}

/**
 * The first rule that a value breaks, composed as Terraform reads it; what every minor version asks comes first, as it does at
 * plan.
 */
function brokenRule<T>(value: T, rules: readonly ValueRule<T>[], release?: string): ValueRule<T> | undefined {
  const composed = (typeof value === "string" ? value.normalize("NFC") : value) as T;
  return [...rules.filter((rule) => !isBounded(rule)), ...rules.filter(isBounded)].find(
    (rule) => isAsked(rule, release) && !rule.accepts(composed),
  );
}

function newerProblems(
  path: string,
  value: string,
  newer: NewerValues = {},
  release?: string,
  words = unknownValue,
): FieldProblem[] {
  const bounds = { since: Object.hasOwn(newer, value) ? newer[value] : undefined };
  return release === undefined || isIn(bounds, release)
    ? []
    : [problem(words(path, shown(value), otherVersions(bounds, release, "karpenterVersion")), newer)];
}

function sizeProblems(path: string, count: number, of: string, size?: Size, release?: string): FieldProblem[] {
  return size === undefined || !isAsked(size, release) || (count >= (size.min ?? 0) && count <= (size.max ?? Infinity))
    ? []
    : [problem(sizeText(path, String(count), of, size), size)];
}

function isAsked(bounds: VersionBounds, release: string | undefined): boolean {
  return !isBounded(bounds) || (release !== undefined && isIn(bounds, release));
}

function refused(
  path: string,
  value: unknown,
  allowed: string,
  broken: object & Stricter,
  release?: string,
): FieldProblem {
  return problem(`"${path}" is ${shown(value)}, but must be ${allowed}`, broken, release);
}

function problem(sentence: string, broken: object & Stricter, release?: string): FieldProblem {
  return { sentence, broken, stricter: broken.stricter !== undefined && isAsked(broken.stricter, release) };
}

function hasToken(value: unknown): boolean {
  return isFields(value) || Array.isArray(value) ? Object.values(value).some(hasToken) : Token.isUnresolved(value);
}
