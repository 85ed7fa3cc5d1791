import { hclString, hclTemplateText } from "../terraform/expression";
import type { Precondition } from "../terraform/precondition";
import { isBounded } from "../versions/version-bounds";
import type { Field, Size, ValueRule } from "./field";
import { oneOfThese, saying } from "./rule";
import { repeated, repeatedName, sizeText } from "./words";

/**
 * What Terraform asks at plan of an input that has no objects in it, in the words of synth. One with objects in it is held
 * against the table of types instead.
 *
 * @param name the input's name in the module
 * @param nullable whether null is left alone
 */
export function validationsOf(name: string, field: Field, nullable: boolean): Precondition[] {
  if (hasObjects(field)) {
    return [];
  }
  const it = `var.${name}`;
  // OpenTofu evaluates the message of a validation that holds, too.
  const given =
    nullable && (field.kind === "list" || field.kind === "map") ? `coalesce(${it}, ${EMPTY[field.kind]})` : it;
  return found(it, given, name, field).map(({ right, sentences }) => ({
    // Before 1.12, Terraform evaluates both sides of `||`; of a conditional, only the side that counts may fail.
    condition: `\${${nullable ? `${it} == null ? true : ${right}` : right}}`,
    error_message: sentences,
  }));
}

const EMPTY = { list: "[]", map: "{}" } as const;

/** A condition, and what is told where it does not hold, as a Terraform template. */
interface Asked {
  readonly right: string;
  readonly sentences: string;
}

function found(it: string, given: string, name: string, field: Field): Asked[] {
  switch (field.kind) {
    case "string":
    case "number":
    case "quantity":
      return (field.rules as readonly ValueRule<never>[]).map((rule) => ofValue(it, name, rule));
    case "enum": {
      const right = `contains([${field.values.map(hclString).join(", ")}], ${it})`;
      return [{ right, sentences: isTemplate(name, it, oneOfThese(field.values)) }];
    }
    case "list":
      return [
        ...ofSize(it, given, name, "items", field.size),
        ...(field.distinct === undefined
          ? []
          : [
              {
                right: `length(distinct(${it})) == length(${it})`,
                sentences: each(
                  `at, item in ${given}`,
                  repeated(`${name}[\${at}]`, "${jsonencode(item)}"),
                  `index(${given}, item) < at`,
                ),
              },
            ]),
        ...ofItems(it, given, `${name}[\${at}]`, "at, item", "item", field.of),
      ];
    case "map":
      return [
        ...ofSize(it, given, name, "entries", field.size),
        ...field.keys.map((rule) => ({
          right: `alltrue([for key in keys(${it}) : ${rule.terraform("key")}])`,
          sentences: each(
            `key in keys(${given})`,
            `"${name}" has the name \${jsonencode(key)}, but a name must be ${hclTemplateText(saying(rule))}`,
            `!(${rule.terraform("key")})`,
          ),
        })),
        ...(field.inAnyCase === true
          ? [
              {
                right: `length(distinct([for key in keys(${it}) : lower(key)])) == length(${it})`,
                sentences: each(
                  `key in keys(${given})`,
                  repeatedName(name, "${jsonencode(key)}"),
                  `length([for other in keys(${given}) : other if lower(other) == lower(key)]) > 1`,
                ),
              },
            ]
          : []),
        ...ofItems(it, given, `${name}.\${key}`, "key, item", "item", field.of),
      ];
    default:
      return [];
  }
}

function ofValue(it: string, name: string, rule: ValueRule<never>): Asked {
  return {
    right: rule.terraform(it),
    sentences:
      rule.sentences === undefined
        ? isTemplate(name, it, saying(rule))
        : `\${join("\\n", ${rule.sentences(it, name)})}`,
  };
}

function isTemplate(name: string, it: string, allowed: string): string {
  return `"${name}" is \${jsonencode(${it})}, but must be ${hclTemplateText(allowed)}`;
}

function ofSize(it: string, given: string, name: string, of: string, size: Size | undefined): Asked[] {
  if (size === undefined || isBounded(size)) {
    return [];
  }
  const right = [
    ...(size.min === undefined || size.min === 0 ? [] : [`length(${it}) >= ${size.min}`]),
    ...(size.max === undefined ? [] : [`length(${it}) <= ${size.max}`]),
  ].join(" && ");
  return [{ right, sentences: sizeText(name, `\${length(${given})}`, of, size) }];
}

/** What is asked of each item of a list, or of each value of a map. */
function ofItems(it: string, given: string, path: string, names: string, item: string, of: Field): Asked[] {
  return of.kind !== "string"
    ? []
    : of.rules.map((rule) => ({
        right: `alltrue([for item in ${it} : ${rule.terraform(item)}])`,
        sentences: each(
          `${names} in ${given}`,
          `"${path}" is \${jsonencode(item)}, but must be ${hclTemplateText(saying(rule))}`,
          `!(${rule.terraform(item)})`,
        ),
      }));
}

/** One sentence for each item that is wrong. */
function each(loop: string, sentence: string, isWrong: string): string {
  const quoted = sentence.replace(/\$\{(?:[^{}]|\{[^}]*\})*\}|["\\]/g, (part) =>
    part.length > 1 ? part : `\\${part}`,
  );
  return `\${join("\\n", [for ${loop} : "${quoted}" if ${isWrong}])}`;
}

/** Whether an input has objects in it: Terraform would drop what its type does not name. */
export function hasObjects(field: Field): boolean {
  return (
    ["object", "variant", "versioned", "any", "yaml"].includes(field.kind) ||
    ((field.kind === "list" || field.kind === "map") && hasObjects(field.of))
  );
}

/** The type of an input for Terraform; one with objects in it is taken as it is. */
export function terraformType(field: Field): string {
  if (hasObjects(field)) {
    return "any";
  }
  switch (field.kind) {
    case "number":
    case "bool":
      return field.kind;
    case "list":
    case "map":
      return `${field.kind}(${terraformType(field.of)})`;
    default:
      return "string";
  }
}
