import { Token } from "cdktf";
import type { ObjectRule } from "./field";
import type { Naming } from "../terraform/readable-stack";
import type { At } from "./predicate";

/** A rule on several inputs together: on the object that all of them make. */
export interface CrossRule extends ObjectRule {
  /**
   * Words of the message that follow from the values, `<x>` there.
   *
   * @default - none
   */
  readonly computed?: Readonly<Record<string, ComputedWords>>;
  /**
   * Properties that it is about and its message does not name.
   *
   * @default - none
   */
  readonly about?: readonly string[];
}

/** Words of a message, for known values and as a Terraform expression. */
export interface ComputedWords {
  of(values: PropertyValues): string;
  /** @param nameOf how the user writes the name of an input */
  terraform(at: At, nameOf: Naming): string;
}

/** The values of some properties, by name. */
export type PropertyValues = Readonly<Record<string, unknown>>;

/** The properties that a rule is about: those that its message names, and others. */
export function propertiesOf({ refusal, computed = {}, about = [] }: CrossRule): string[] {
  const named = [...refusal.matchAll(/\{(\w+)\}|<(\w+)>/g)].map(([, name, value]) => name ?? value);
  return [...new Set([...named, ...about])].filter((name) => !(name in computed));
}

/** Whether known values break a rule. Values known only to Terraform are left to the plan. */
export function breaks(rule: CrossRule, values: PropertyValues): boolean {
  const isKnown = propertiesOf(rule).every((property) => !Token.isUnresolved(values[property]));
  return isKnown && rule.condition.holds(values) === false;
}

/** A rule's words with TypeScript names and known values. */
export function crossRefusal(rule: CrossRule, values: PropertyValues): string {
  return rule.refusal
    .replace(/\{(\w+)\}/g, "$1")
    .replace(
      /<(\w+)>/g,
      (_, name: string) => rule.computed?.[name]?.of(values) ?? JSON.stringify(values[name] ?? null),
    );
}
