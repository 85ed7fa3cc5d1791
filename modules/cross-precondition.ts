import type { CrossRule } from "../lib/inputs/cross-rule";
import type { Precondition } from "../lib/module";
import { snakeCase } from "../lib/terraform/readable-stack";

/** Values that the modules compute: the environment may be the provider's, and the range follows from the release. */
const LOCALS = [
  "partition",
  "region",
  "accountId",
  "kubernetesRange",
  "ownClasses",
  "manifests",
  "gatedObjects",
  "featureGateUses",
  "featureGatesOn",
];

/** The expression of a module's input, or of what the module computes. */
export function inputAt(property: string): string {
  return `${LOCALS.includes(property) ? "local" : "var"}.${snakeCase(property)}`;
}

/** As {@link crossPrecondition}, of a part: where the root module calls it, that has asked already, and says so with this input. */
export function preconditionWhere(toggle: "read_environment" | "check_inputs"): (rule: CrossRule) => Precondition {
  return (rule) => {
    const { condition, error_message } = crossPrecondition(rule);
    return { condition: `\${!var.${toggle} || ${condition.slice(2, -1)}}`, error_message };
  };
}

/** Of what is read of the environment. */
export const partPrecondition = preconditionWhere("read_environment");

/** A rule on several inputs as a Terraform precondition, with the module's names and the values that the plan finds. */
export function crossPrecondition({ refusal, condition, computed = {} }: CrossRule): Precondition {
  return {
    condition: `\${${condition.terraform(inputAt)}}`,
    error_message: refusal
      .replace(/\{(\w+)\}/g, (_, property: string) => snakeCase(property))
      .replace(
        /<(\w+)>/g,
        (_, name: string) => `\${${computed[name]?.terraform(inputAt, snakeCase) ?? `jsonencode(${inputAt(name)})`}}`,
      ),
  };
}
