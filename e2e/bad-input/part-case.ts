/** Bad input to the two modules of the cluster side, which are constructs too: what a case is, and its inputs in HCL. */
import type { KarpenterChartsProps } from "../../lib/kubernetes/karpenter-charts";
import type { NodePoolsProps } from "../../lib/kubernetes/node-pools";
import { snakeCase } from "../../lib/terraform/readable-stack";

/** The two modules of the cluster side, which are constructs too. */
export type Part = "controller" | "node-pools";

/** Properties of a part with values that may be wrong. */
export type PartPatch = Readonly<Partial<Record<keyof KarpenterChartsProps | keyof NodePoolsProps, unknown>>>;

/** One bad input. */
export interface PartCase {
  readonly title: string;
  readonly part: Part;
  readonly patch: PartPatch;
  /** The answer, with inputs as `{camelCase}`; the names inside of them are the same on both sides. */
  readonly answer: string;
  /**
   * What a plan says of it.
   *
   * - "alike": the answer
   * - "once all is right": the answer, but only where every input is right alone
   * - `{ says }`: these words of Terraform's own, for it converts types before any rule is asked
   */
  readonly plan: "alike" | "once all is right" | { readonly says: string };
}

/** A value at a path that is wrong whatever else there is. */
export function wrong(
  part: Part,
  title: string,
  path: string,
  value: unknown,
  allowed: string,
  patch: PartPatch,
): PartCase {
  const answer = `"${path}" is ${JSON.stringify(value)}, but must be ${allowed}`;
  return { title, part, patch, answer, plan: "alike" };
}

/** What TypeScript's compiler would refuse, and synth does for those who got around it. */
export function mistyped(
  title: string,
  part: Part,
  patch: PartPatch,
  answer: string,
  plan: PartCase["plan"] = "alike",
): PartCase {
  return { title, part, patch, answer, plan };
}

/** Properties of a part as inputs of its module. What is in them has the same names on both sides. */
export function asInputs(patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(patch)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [snakeCase(name), value]),
  );
}
