import { Rule } from "../../rules/rule";
import { hclTemplateText } from "../../terraform/expression";
import { Field, ObjectField, Spelling } from "./field";
import { AN_OBJECT, fieldProblems, oneOfThese, saying } from "./field-problems";
import { jsonSchema } from "./json-schema";

/** Where a part of an input is: its path as the text of a Terraform template, and the expression for it. */
interface Place {
  readonly path: string;
  readonly it: string;
}

/**
 * A field as a rule on a module's input: what {@link fieldProblems} says at synth, Terraform says at plan, in the same
 * words and with the same paths. Types are left to Terraform, which drops unknown fields without a word.
 * Undefined where nothing but the type can be wrong.
 */
export function fieldRule(field: Field, names: Spelling = (name) => name): Rule<never> | undefined {
  if (field.kind === "string" || field.kind === "number" || field.kind === "quantity") {
    return field.rule;
  }
  const sentences = (it: string, name: string) => problemsIn(field, { path: name, it }, names);
  if (sentences("it", "it") === undefined) {
    return undefined;
  }
  return {
    allowed: "right in every field",
    wayOut: "correct what is named",
    accepts: (value) => fieldProblems("", value, field).length === 0,
    terraform: (expression) => `length(${sentences(expression, "")}) == 0`,
    sentences: (expression, name) => sentences(expression, name) ?? "[]",
    schema: jsonSchema(field),
  };
}

/** A Terraform expression for the sentences on everything wrong in a place; undefined where nothing can be wrong. */
function problemsIn(field: Field, place: Place, names: Spelling): string | undefined {
  const { path, it } = place;
  switch (field.kind) {
    case "bool":
      return undefined;
    case "string":
    case "number":
    case "quantity":
      return field.rule === undefined ? undefined : tested(place, field.rule.terraform(it), saying(field.rule));
    case "enum":
      return tested(
        place,
        `contains([${field.values.map((value) => JSON.stringify(value)).join(", ")}], ${it})`,
        oneOfThese(field.values),
      );
    case "json":
      return tested(place, `can(keys(jsondecode(${it})))`, "a JSON object; write it as jsonencode({ … })");
    case "list": {
      const [index, item] = loopNames(it);
      return each(`${index}, ${item}`, it, [problemsIn(field.of, { path: `${path}[\${${index}}]`, it: item }, names)]);
    }
    case "map": {
      const [key, item] = loopNames(it);
      return each(`${key}, ${item}`, it, [
        field.keys === undefined
          ? undefined
          : `(${field.keys.terraform(key)}) ? [] : ${sentence(
              `"${path}" has the name \${jsonencode(${key})}, but a name must be ${hclTemplateText(saying(field.keys))}`,
            )}`,
        field.of.kind !== "object"
          ? undefined
          : `${item} != null ? [] : ${sentence(`"${path}.\${${key}}" is null, but must be ${AN_OBJECT}`)}`,
        problemsIn(field.of, { path: `${path}.\${${key}}`, it: item }, names),
      ]);
    }
    default:
      return objectProblems(field, place, names);
  }
}

function objectProblems(field: ObjectField, { path, it }: Place, names: Spelling): string | undefined {
  const parts = [
    ...Object.entries(field.fields).map(([name, of]) =>
      problemsIn(of, { path: `${path}.${names(name)}`, it: `${it}.${names(name)}` }, names),
    ),
    ...(field.rules ?? []).map((rule) => {
      const words = hclTemplateText(rule.refusal)
        .replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? path : names(name)))
        .replace(/<(\w+)>/g, (_, name: string) => `\${jsonencode(${it}.${names(name)})}`);
      return `(${rule.terraform(it)}) ? [] : ${sentence(words)}`;
    }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `${it} == null ? [] : ${joined(parts)}`;
}

/** Lists one after the other. Terraform's `flatten` would count a list as one item while it is both unknown and sensitive. */
function joined(lists: readonly string[]): string {
  return `concat(${lists.join(", ")})`;
}

/** What each item of a list or map has wrong. */
function each(loop: string, collection: string, parts: readonly (string | undefined)[]): string | undefined {
  const found = parts.filter((part) => part !== undefined);
  return found.length === 0
    ? undefined
    : `${collection} == null ? [] : concat([], [for ${loop} in ${collection} : ${joined(found)}]...)`;
}

/** What is not given passes. */
function tested({ path, it }: Place, condition: string, allowed: string): string {
  return `(${it} == null ? true : ${condition}) ? [] : ${sentence(
    `"${path}" is \${jsonencode(${it})}, but must be ${hclTemplateText(allowed)}`,
  )}`;
}

/** A list of one sentence, which is the text of a template. */
function sentence(template: string): string {
  return `["${template.replace(/\$\{[^}]*\}|["\\]/g, (part) => (part.length > 1 ? part : `\\${part}`))}"]`;
}

/** Names of a loop's key and value that no loop around it has. */
function loopNames(collection: string): [string, string] {
  const depth = Number(/^item(\d+)/.exec(collection)?.[1] ?? 0) + 1;
  return [`key${depth}`, `item${depth}`];
}
