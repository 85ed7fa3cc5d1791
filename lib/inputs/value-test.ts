import { hclString } from "../terraform/expression";

/** How many characters a text has, in Terraform, whose `length` counts what is drawn as one for one, and so more than AWS takes. */
export const charactersOf = (it: string): string => `length(regexall(${hclString("[\\s\\S]")}, ${it}))`;

/** A JSON Schema, draft 7. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A test of one text or number, as data: TypeScript reads it at synth, Terraform at plan, and it becomes a JSON Schema for
 * configuration files. A number is tested as the text that it is written as. Patterns are those of RE2, in which Terraform
 * and the API server read them.
 */
export interface ValueTest {
  /** What kind of value it must be, where a field takes both. */
  readonly is?: readonly ("string" | "number")[];
  /** A pattern that the value must match. */
  readonly matches?: string;
  /** A pattern that the value must not match. */
  readonly notMatching?: string;
  /** The only values there are. */
  readonly oneOf?: readonly string[];
  readonly noneOf?: readonly string[];
  /** In characters. */
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** Whether a number must be a whole one; a text is left alone. */
  readonly whole?: boolean;
  /** Whether it must be YAML whose outermost level has keys. */
  readonly yamlMapping?: boolean;
  /** A pattern: only what matches it is tested at all. */
  readonly when?: string;
  /** Values that pass whatever else is asked. */
  readonly except?: readonly string[];
  /** A pattern: what matches it passes whatever else is asked. */
  readonly unlessMatching?: string;
}

const patterns = new Map<string, RegExp>();

function regex(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(inJavaScript(source), "u");
  patterns.set(source, known);
  return known;
}

/** A pattern of RE2 as JavaScript has it: to RE2 a point is any character but the line feed, to JavaScript three more are none. */
function inJavaScript(source: string): string {
  return source.replace(/\\.|\[(\\.|[^\]])*\]|\./gs, (part) => (part === "." ? "[^\\n]" : part));
}

/** Whether a known text or number passes, but for what only a parser of YAML can say. */
export function passesTest(test: ValueTest, value: unknown): boolean {
  const text = String(value);
  if (
    (test.when !== undefined && !regex(test.when).test(text)) ||
    test.except?.includes(text) === true ||
    (test.unlessMatching !== undefined && regex(test.unlessMatching).test(text))
  ) {
    return true;
  }
  return (
    (test.is === undefined || test.is.some((kind) => kind === typeof value)) &&
    (test.matches === undefined || regex(test.matches).test(text)) &&
    (test.notMatching === undefined || !regex(test.notMatching).test(text)) &&
    (test.oneOf === undefined || test.oneOf.includes(text)) &&
    (test.noneOf === undefined || !test.noneOf.includes(text)) &&
    (test.maxLength === undefined || [...text].length <= test.maxLength) &&
    // As at plan, what is no number has no size: a calculation in CEL.
    (test.min === undefined || !(Number(value) < test.min)) &&
    (test.max === undefined || !(Number(value) > test.max)) &&
    (test.whole !== true || typeof value !== "number" || Number.isInteger(value))
  );
}

/** The same as a Terraform condition on an expression. */
export function testAtPlan(test: ValueTest, it: string): string {
  const matches = (source: string): string => `can(regex(${hclString(source)}, ${it}))`;
  const isIn = (values: readonly string[]): string => `contains([${values.map(hclString).join(", ")}], ${it})`;
  const isText = `startswith(jsonencode(${it}), "\\"")`;
  const asked = [
    ...(test.is === undefined || test.is.length > 1 ? [] : [test.is[0] === "string" ? isText : `!(${isText})`]),
    ...(test.matches === undefined ? [] : [matches(test.matches)]),
    ...(test.notMatching === undefined ? [] : [`!${matches(test.notMatching)}`]),
    ...(test.oneOf === undefined ? [] : [isIn(test.oneOf)]),
    ...(test.noneOf === undefined ? [] : [`!${isIn(test.noneOf)}`]),
    ...(test.maxLength === undefined ? [] : [`${charactersOf(it)} <= ${test.maxLength}`]),
    // What has a pattern comes as a text.
    ...(test.whole === true && test.matches === undefined ? [`floor(${it}) == ${it}`] : []),
    ...(test.min === undefined ? [] : [`${it} >= ${test.min}`]),
    ...(test.max === undefined ? [] : [`${it} <= ${test.max}`]),
    ...(test.yamlMapping === true ? [`can(keys(yamldecode(${it})))`] : []),
  ].join(" && ");
  const passes = [
    ...(test.except === undefined ? [] : [isIn(test.except)]),
    ...(test.unlessMatching === undefined ? [] : [matches(test.unlessMatching)]),
    ...(test.when === undefined ? [] : [`!${matches(test.when)}`]),
  ];
  return passes.length === 0 ? asked : [...passes, `(${asked})`].join(" || ");
}

/** The same as a JSON Schema, as far as that can say it. */
export function testSchema(test: ValueTest): JsonSchema {
  if (test.when !== undefined || test.except !== undefined || test.unlessMatching !== undefined) {
    return {};
  }
  return {
    ...(test.is === undefined ? {} : { type: test.is }),
    ...(test.matches === undefined ? {} : { pattern: inJavaScript(test.matches) }),
    ...(test.notMatching === undefined ? {} : { not: { pattern: inJavaScript(test.notMatching) } }),
    ...(test.oneOf === undefined ? {} : { enum: test.oneOf }),
    ...(test.noneOf === undefined ? {} : { not: { enum: test.noneOf } }),
    ...(test.maxLength === undefined ? {} : { maxLength: test.maxLength }),
    ...(test.min === undefined ? {} : { minimum: test.min }),
    ...(test.max === undefined ? {} : { maximum: test.max }),
    ...(test.whole === true ? { type: "integer" } : {}),
  };
}
