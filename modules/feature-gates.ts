import { ref } from "cdktf";
import type { ModuleStack } from "../lib/module";
import { gatedObjectsAtPlan, objectGateChecks, OBJECT_GATES } from "../lib/node-objects/gated-objects";
import type { FeatureGate } from "../lib/release/feature-gates";
import { gateLocals } from "../lib/release/feature-gates";
import { snakeCase } from "../lib/terraform/readable-stack";
import { checkedAt } from "./checked-inputs";
import { inputAt } from "./cross-precondition";
import { warnAtPlan } from "./warning";

/**
 * The locals of the gates that objects need, as {@link addGateLocals} has them, and a warning of gates that are off.
 *
 * @param unless an expression of where nothing is to be warned of
 */
export function watchObjectGates(stack: ModuleStack, knowsOptions: boolean, unless: string): void {
  stack.local("gated_objects", `\${${gatedObjectsAtPlan(checkedAt)}}`);
  addGateLocals(stack, OBJECT_GATES, knowsOptions);
  const warnings = objectGateChecks(inputAt).map(({ isRight, text }) => ({
    isRight: ref(`${unless} ? true : ${isRight}`),
    text,
  }));
  warnAtPlan(stack, "karpenter-feature-gate", ...warnings);
}

/**
 * The locals that rules and warnings on feature gates read.
 *
 * @param knowsOptions whether the module has the options of the controller
 */
export function addGateLocals(stack: ModuleStack, gates: readonly FeatureGate[], knowsOptions: boolean): void {
  Object.entries(gateLocals(gates, inputAt, knowsOptions)).forEach(([name, value]) =>
    stack.local(snakeCase(name), value),
  );
}
