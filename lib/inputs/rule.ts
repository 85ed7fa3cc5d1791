import type { VersionBounds } from "../versions/version-bounds";
import { isBounded } from "../versions/version-bounds";
import type { JsonSchema, ValueTest } from "./value-test";
import { passesTest, testAtPlan, testSchema } from "./value-test";

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

/** A test of a value with its words. */
export interface Rule<T = string> extends RuleText {
  /**
   * The test as data.
   *
   * @default - only the three below, for a rule that no data can say
   */
  readonly test?: ValueTest;
  /** Whether a known value passes. */
  accepts(value: T): boolean;
  /** The same as a Terraform condition on the expression, without `${}`. */
  terraform(expression: string): string;
  readonly schema?: JsonSchema;
  /**
   * Terraform's list of sentences on what is wrong with the input of this name.
   *
   * @default - one sentence that shows the value
   */
  sentences?(expression: string, name: string): string;
}

/** A rule made of a test and its words. */
export function rule<T = string>(test: ValueTest, text: RuleText): Rule<T> {
  return {
    ...text,
    test,
    accepts: (value) => passesTest(test, value),
    terraform: (expression) => testAtPlan(test, expression),
    schema: testSchema(test),
  };
}

/** What a rule allows, and the remedy; one of some minor versions says of which release it speaks. */
export function saying(rule: RuleText & VersionBounds, release?: string): string {
  const ofRelease = isBounded(rule) && release !== undefined ? ` with Karpenter ${release}` : "";
  return `${rule.allowed}${ofRelease}; ${rule.remedy}`;
}

/** What an enum allows. */
export function oneOfThese(allowed: readonly string[]): string {
  return `one of ${allowed.map((value) => `"${value}"`).join(", ")}`;
}

/** A rule on a text by its pattern. */
export function matching(source: string, text: RuleText): Rule {
  return rule({ matches: source }, text);
}

/** One of the given texts. */
export function oneOf(values: readonly string[], remedy: string): Rule {
  return rule({ oneOf: values }, { allowed: oneOfThese(values), remedy });
}

/** A pattern that takes every letter in both cases. */
export function inAnyCase(source: string): string {
  return source.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}
