import { Naming } from "./predicate";
import { Rule } from "./rule";
import { hclString, hclTemplateText } from "../terraform/expression";
import { MINOR_VERSIONS_AT_PLAN } from "../versions";
import { isBounded, minorNumber, VersionBounds } from "../versions/version-bounds";
import { Field, ListField, MapField, NewerValues, ObjectField, RELEASE, Size, ValueRule } from "./field";
import { fieldProblems } from "./field-problems";
import { jsonSchema } from "./json-schema";
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

/** Where a part of an input is: its path as the text of a Terraform template, and the expression for it. */
interface Place {
  readonly path: string;
  readonly it: string;
}

/** What is asked: what holds in every minor version, or only what does not; how the module spells names; and what is answered. */
interface Asked {
  readonly ofSomeLines: boolean;
  readonly names: Naming;
  /** A list of one, made of the text of a template. */
  readonly sentence: (template: string) => string;
}

/**
 * A field as a rule on a module's input: what {@link fieldProblems} says at synth, Terraform says at plan, in the same
 * words and with the same paths. Types are left to Terraform, which drops unknown fields without a word; what only some
 * minor versions of Karpenter ask is left to {@link lineProblems}.
 * Undefined where nothing but the type can be wrong.
 */
export function fieldRule(field: Field, names: Naming = (name) => name): Rule<never> | undefined {
  if (field.kind === "string" || field.kind === "number" || field.kind === "quantity") {
    return field.rules.length === 0 ? undefined : (field.rules[0] as Rule<never>);
  }
  const problems = (it: string, name: string, answer: Asked["sentence"]) =>
    problemsIn(field, { path: name, it }, { ofSomeLines: false, names, sentence: answer });
  if (problems("it", "it", sentence) === undefined) {
    return undefined;
  }
  return {
    allowed: "right in every field",
    remedy: "correct what is named",
    accepts: (value) => fieldProblems("", value, field).length === 0,
    // Whether there are any can be said without the words, which are most of it.
    terraform: (expression) => `length(${problems(expression, "", () => "[0]")}) == 0`,
    sentences: (expression, name) => problems(expression, name, sentence) ?? "[]",
    schema: jsonSchema(field),
  };
}

/** The first minor version whose API is v1; the published modules know none before. */
const FIRST_AT_PLAN = MINOR_VERSIONS_AT_PLAN[0].minorVersion;

/** Where a module finds the number of the minor version that is chosen. */
const LINE = "local.karpenter_line";

/** {@link LINE} of the input `karpenter_version`, as {@link minorNumber} has it. */
export const LINE_OF_INPUT = 'split(".", var.karpenter_version)[0] * 1000 + split(".", var.karpenter_version)[1]';

/** A Terraform expression for the sentences on what only some minor versions of Karpenter ask of an input. */
export function lineProblems(field: Field, name: string, names: Naming): string {
  return problemsIn(field, { path: name, it: `var.${name}` }, { ofSomeLines: true, names, sentence }) ?? "[]";
}

/** A Terraform expression for the sentences on everything wrong in a place; undefined where nothing can be wrong. */
function problemsIn(field: Field, place: Place, asked: Asked): string | undefined {
  switch (field.kind) {
    case "bool":
      return undefined;
    case "string":
      return joined([brokenRule(field.rules, place, asked), newerProblem(field.newer, place, asked)]);
    case "number":
      return brokenRule(field.rules, place, asked);
    case "quantity":
      return brokenRule(field.rules, place, asked);
    case "enum":
      return joined([
        asked.ofSomeLines
          ? undefined
          : tested(place, `contains(${hclList(field.values)}, ${place.it})`, oneOfThese(field.values), asked),
        newerProblem(field.newer, place, asked),
      ]);
    case "json":
      return asked.ofSomeLines
        ? undefined
        : tested(place, `can(keys(jsondecode(${place.it})))`, "a JSON object; write it as jsonencode({ … })", asked);
    case "list":
      return ifGiven(place.it, [sizeProblem(field.size, place, "items", asked), itemProblems(field, place, asked)]);
    case "map":
      return ifGiven(place.it, [sizeProblem(field.size, place, "entries", asked), entryProblems(field, place, asked)]);
    default:
      return objectProblems(field, place, asked);
  }
}

/** A field that is there in some minor versions only. */
function fieldInLines(field: Field, place: Place, asked: Asked): string | undefined {
  const inside = problemsIn(field, place, asked);
  if (!asked.ofSomeLines || field.since === undefined || minorNumber(field.since) <= minorNumber(FIRST_AT_PLAN)) {
    return inside;
  }
  const words = given(place.path, otherVersions(field, "${var.karpenter_version}", asked.names("karpenterVersion")));
  return `${place.it} == null ? [] : ${isInLines(field)} ? ${inside ?? "[]"} : ${asked.sentence(words)}`;
}

function itemProblems(field: ListField, { path, it }: Place, asked: Asked): string | undefined {
  const [index, item] = loopNames(it);
  const place = { path: `${path}[\${${index}}]`, it: item };
  const distinct = field.distinct !== undefined && isBounded(field.distinct) === asked.ofSomeLines;
  return each(`${index}, ${item}`, it, [
    distinct
      ? `${guard(field.distinct)}index(${it}, ${item}) == ${index} ? [] : ${asked.sentence(repeated(place.path, `\${jsonencode(${item})}`))}`
      : undefined,
    problemsIn(field.of, place, asked),
  ]);
}

function entryProblems(field: MapField, { path, it }: Place, asked: Asked): string | undefined {
  const [key, item] = loopNames(it);
  const place = { path: `${path}.\${${key}}`, it: item };
  return each(`${key}, ${item}`, it, [
    brokenRule(
      field.keys,
      { path, it: key },
      asked,
      (allowed) => `"${path}" has the name \${jsonencode(${key})}, but a name must be ${allowed}`,
    ),
    newerProblem(field.newer, { path, it: key }, asked, unknownName),
    field.of.kind !== "object" || asked.ofSomeLines
      ? undefined
      : `${item} != null ? [] : ${asked.sentence(`"${place.path}" is null, but must be ${AN_OBJECT}`)}`,
    fieldInLines(field.of, place, asked),
  ]);
}

function objectProblems(field: ObjectField, { path, it }: Place, asked: Asked): string | undefined {
  const { names } = asked;
  const rules = (field.rules ?? []).filter((rule) => isBounded(rule) === asked.ofSomeLines);
  return ifGiven(it, [
    ...Object.entries(field.fields).map(([name, of]) =>
      fieldInLines(of, { path: `${path}.${names(name)}`, it: `${it}.${names(name)}` }, asked),
    ),
    ...rules.map((rule) => {
      const words = hclTemplateText(rule.refusal)
        .replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? path : names(name)))
        .replace(/<(\w+)>/g, (_, name: string) =>
          name === RELEASE ? "${var.karpenter_version}" : `\${jsonencode(${it}.${names(name)})}`,
        );
      return `${guard(rule)}(${rule.condition.terraform(it, names)}) ? [] : ${asked.sentence(words)}`;
    }),
  ]);
}

/** The first rule that a value breaks; what is not given passes. */
function brokenRule<T>(
  rules: readonly ValueRule<T>[],
  place: Place,
  asked: Asked,
  words = (allowed: string) => `"${place.path}" is \${jsonencode(${place.it})}, but must be ${allowed}`,
): string | undefined {
  const chain = rules
    .filter((rule) => isBounded(rule) === asked.ofSomeLines)
    .map((rule) => {
      const allowed = hclTemplateText(saying(rule, RELEASE_MARK)).replace(RELEASE_MARK, "${var.karpenter_version}");
      const kept = isBounded(rule)
        ? `!(${isInLines(rule)}) || (${rule.terraform(place.it)})`
        : rule.terraform(place.it);
      return { kept, otherwise: asked.sentence(words(allowed)) };
    });
  return chain.length === 0
    ? undefined
    : `${place.it} == null ? [] : ${chain.map(({ kept, otherwise }) => `!(${kept}) ? ${otherwise} : `).join("")}[]`;
}

const RELEASE_MARK = "\u0000";

function newerProblem(
  newer: NewerValues = {},
  { path, it }: Place,
  asked: Asked,
  words = unknownValue,
): string | undefined {
  const minorVersions = Object.entries(newer).filter(
    ([, minorVersion]) => minorNumber(minorVersion) > minorNumber(FIRST_AT_PLAN),
  );
  if (!asked.ofSomeLines || minorVersions.length === 0) {
    return undefined;
  }
  const newest = `{${minorVersions.map(([value, minorVersion]) => `${hclString(value)} = ${hclString(minorVersion)}`).join(", ")}}`;
  const numbers = `{${minorVersions.map(([value, minorVersion]) => `${hclString(value)} = ${minorNumber(minorVersion)}`).join(", ")}}`;
  const template = words(
    path,
    `\${jsonencode(${it})}`,
    otherVersions(
      { since: `\${lookup(${newest}, ${it}, "")}` },
      "${var.karpenter_version}",
      asked.names("karpenterVersion"),
    ),
  );
  return `${it} == null ? [] : ${LINE} >= lookup(${numbers}, ${it}, 0) ? [] : ${asked.sentence(template)}`;
}

function sizeProblem(size: Size | undefined, { path, it }: Place, of: string, asked: Asked): string | undefined {
  if (size === undefined || isBounded(size) !== asked.ofSomeLines) {
    return undefined;
  }
  const bounds = [
    ...(size.min === undefined ? [] : [`length(${it}) >= ${size.min}`]),
    ...(size.max === undefined ? [] : [`length(${it}) <= ${size.max}`]),
  ];
  return `${guard(size)}${bounds.join(" && ")} ? [] : ${asked.sentence(sizeText(path, `\${length(${it})}`, of, size))}`;
}

/** What is asked in some minor versions only, as the beginning of a conditional. */
function guard(minorVersions: VersionBounds): string {
  return isBounded(minorVersions) ? `!(${isInLines(minorVersions)}) ? [] : ` : "";
}

function isInLines({ since, until }: VersionBounds): string {
  return [
    ...(since === undefined ? [] : [`${LINE} >= ${minorNumber(since)}`]),
    ...(until === undefined ? [] : [`${LINE} < ${minorNumber(until)}`]),
  ].join(" && ");
}

function hclList(values: readonly string[]): string {
  return `[${values.map(hclString).join(", ")}]`;
}

/** Lists one after the other. Terraform's `flatten` would count a list as one item while it is both unknown and sensitive. */
function joined(lists: readonly (string | undefined)[]): string | undefined {
  const found = lists.filter((part) => part !== undefined);
  return found.length < 2 ? found[0] : `concat(${found.join(", ")})`;
}

function ifGiven(it: string, parts: readonly (string | undefined)[]): string | undefined {
  const found = joined(parts);
  return found === undefined ? undefined : `${it} == null ? [] : ${found}`;
}

/** What each item of a list or map has wrong. */
function each(loop: string, collection: string, parts: readonly (string | undefined)[]): string | undefined {
  const found = joined(parts);
  return found === undefined ? undefined : `concat([], [for ${loop} in ${collection} : ${found}]...)`;
}

/** What is not given passes. */
function tested({ path, it }: Place, condition: string, allowed: string, asked: Asked): string {
  return `(${it} == null ? true : ${condition}) ? [] : ${asked.sentence(
    `"${path}" is \${jsonencode(${it})}, but must be ${hclTemplateText(allowed)}`,
  )}`;
}

/** A list of one sentence, which is the text of a template. */
function sentence(template: string): string {
  return `["${template.replace(/\$\{(?:[^{}]|\{[^}]*\})*\}|["\\]/g, (part) => (part.length > 1 ? part : `\\${part}`))}"]`;
}

/** Names of a loop's key and value that no loop around it has. */
function loopNames(collection: string): [string, string] {
  const depth = Number(/^item(\d+)/.exec(collection)?.[1] ?? 0) + 1;
  return [`key${depth}`, `item${depth}`];
}
