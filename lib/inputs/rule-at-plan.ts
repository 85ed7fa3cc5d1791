import type { IResolvable } from "cdktf";
import { Token } from "cdktf";
import type { Precondition } from "../terraform/precondition";
import { tf } from "../terraform/expression";
import type { CrossRule, PropertyValues } from "./cross-rule";
import { propertiesOf } from "./cross-rule";
import type { At } from "./predicate";

/** Stands around a name where its value is filled in; no expression has it. */
const MARK = "\0";

/** Whether some value that a rule is about is known to Terraform only, so that synth lets it pass. */
export function isLeftToPlan(rule: CrossRule, values: PropertyValues): boolean {
  return propertiesOf(rule).some((property) => Token.isUnresolved(values[property]));
}

/**
 * A rule on several properties of a construct as a Terraform precondition: the values themselves stand where the published
 * modules name their inputs, and the message has TypeScript's names.
 *
 * @param expressions what follows from the values, as Terraform expressions of `at`
 */
export function ruleAtPlan(
  { refusal, condition, computed = {} }: CrossRule,
  values: PropertyValues,
  expressions: Readonly<Record<string, (at: At) => string>> = {},
): Precondition {
  const at: At = (name) => (name in expressions ? `(${expressions[name](at)})` : `${MARK}${name}${MARK}`);
  const words = (name: string) => computed[name]?.terraform(at, (property) => property) ?? `jsonencode(${at(name)})`;
  return {
    condition: String(filledIn(condition.terraform(at), values)),
    error_message: refusal
      .replace(/\{(\w+)\}/g, "$1")
      .replace(/<(\w+)>/g, (_, name: string) => String(filledIn(words(name), values))),
  };
}

/** An expression with values in place of the marked names. */
function filledIn(marked: string, values: PropertyValues): IResolvable {
  const parts = marked.split(MARK);
  const texts = parts.filter((_, index) => index % 2 === 0);
  const names = parts.filter((_, index) => index % 2 === 1);
  return tf(Object.assign(texts, { raw: texts }), ...names.map((name) => values[name]));
}
