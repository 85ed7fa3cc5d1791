import { Token } from "cdktf";
import { hclString } from "../terraform/expression";

/** A JSON Schema, draft 7. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A test of a value, written once and used three times: at synth where the value is known, as a Terraform condition in
 * the published modules, and as a JSON Schema for configuration files and their editors.
 */
export interface Check<T> {
  /** Whether a known value passes. */
  accepts(value: T): boolean;
  /** The same as a Terraform condition on the expression, without `${}`. */
  terraform(expression: string): string;
  /**
   * The same as a JSON Schema.
   *
   * @default - the test cannot be used for configuration files
   */
  readonly schema?: JsonSchema;
}

/** What a user is told of a rule. */
export interface RuleText {
  /** What is allowed; completes "must be …". */
  readonly allowed: string;
  /** What to do about a refused value; a clause. */
  readonly remedy: string;
  /**
   * What is told of a certain value instead, as "must be …; …".
   *
   * @default - the two above
   */
  answer?(value: unknown): string | undefined;
}

/** A check with its words. */
export interface Rule<T> extends Check<T>, RuleText {
  /**
   * Terraform's list of sentences on what is wrong with the input of this name; for values that are too big to be shown as a
   * whole.
   *
   * @default - one sentence that shows the value
   */
  sentences?(expression: string, name: string): string;
}

/** The sentence that a refused value is answered with. */
export function refusal(property: string, value: string, rule: RuleText): string {
  return `"${property}" is ${value}, but must be ${rule.allowed}; ${rule.remedy}`;
}

/** As {@link refusal}, of a value that is known. */
export function refusalOf(property: string, value: unknown, rule: RuleText): string {
  const answer = rule.answer?.(value);
  const shown = JSON.stringify(value);
  return answer === undefined ? refusal(property, shown, rule) : `"${property}" is ${shown}, but ${answer}`;
}

/** A string that matches a pattern; the pattern is one that JavaScript and Terraform (RE2) read alike. */
export function pattern(source: string): Check<string> {
  const regex = new RegExp(source);
  return {
    accepts: (value) => typeof value === "string" && regex.test(value),
    terraform: (expression) => `can(regex(${hclString(source)}, ${expression}))`,
    schema: { type: "string", pattern: source },
  };
}

/** A string that begins with none of the prefixes, in upper or lower case. */
export function notBeginningWith(prefixes: readonly string[]): Check<string> {
  const alternatives = prefixes.map((prefix) => prefix.replace(/[.]/g, "\\.")).join("|");
  const regex = new RegExp(`^(?:${alternatives})`, "i");
  return {
    accepts: (value) => !regex.test(value),
    terraform: (expression) => `!can(regex(${hclString(`^(?i:${alternatives})`)}, ${expression}))`,
    schema: { not: { pattern: `^(?:${inAnyCase(alternatives)})` } },
  };
}

/** A pattern that takes every letter in both cases: JSON Schema knows no flag for that. */
function inAnyCase(source: string): string {
  return source.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

/** Passes when every check does. */
export function every<T>(...checks: readonly Check<T>[]): Check<T> {
  return {
    accepts: (value) => checks.every((check) => check.accepts(value)),
    terraform: (expression) => checks.map((check) => check.terraform(expression)).join(" && "),
    schema: { allOf: checks.map(({ schema }) => schema ?? {}) },
  };
}

/** A rule on a string by its pattern. */
export function matching(source: string, text: RuleText): Rule<string> {
  return { ...text, ...pattern(source) };
}

/** One of the given strings. */
export function oneOf(values: readonly string[], remedy: string): Rule<string> {
  return {
    allowed: `one of ${values.map((value) => `"${value}"`).join(", ")}`,
    remedy,
    accepts: (value) => values.includes(value),
    terraform: (expression) => `contains([${values.map(hclString).join(", ")}], ${expression})`,
    schema: { type: "string", enum: values },
  };
}

/** A list of distinct values, each of which passes a check. */
export function listOf(
  item: Check<string>,
  size: { min: number; max: number },
  text: RuleText,
): Rule<readonly string[]> {
  return {
    ...text,
    accepts: (values) => {
      const known = values.filter((value) => !Token.isUnresolved(value));
      return (
        values.length >= size.min &&
        values.length <= size.max &&
        new Set(known).size === known.length &&
        known.every((value) => item.accepts(value))
      );
    },
    terraform: (list) =>
      [
        `length(${list}) >= ${size.min}`,
        `length(${list}) <= ${size.max}`,
        `length(distinct(${list})) == length(${list})`,
        `alltrue([for item in ${list} : ${item.terraform("item")}])`,
      ].join(" && "),
    schema: { type: "array", items: item.schema, minItems: size.min, maxItems: size.max, uniqueItems: true },
  };
}

/** A map of up to `max` entries whose keys and values pass a check each. */
export function mapOf(
  checks: { keys: Check<string>; values: Check<string>; max: number },
  text: RuleText,
): Rule<Readonly<Record<string, string>>> {
  return {
    ...text,
    accepts: (map) =>
      Object.keys(map).length <= checks.max &&
      Object.entries(map).every(
        ([key, value]) => checks.keys.accepts(key) && (Token.isUnresolved(value) || checks.values.accepts(value)),
      ),
    terraform: (map) =>
      `length(${map}) <= ${checks.max} && alltrue([for key, value in ${map} : ` +
      `${checks.keys.terraform("key")} && ${checks.values.terraform("value")}])`,
    schema: {
      type: "object",
      propertyNames: checks.keys.schema,
      additionalProperties: checks.values.schema,
      maxProperties: checks.max,
    },
  };
}
