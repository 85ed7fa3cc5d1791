import type { ModuleStack } from "../lib/module";
import { gatedObjectsAtPlan, OBJECT_GATES } from "../lib/node-objects/gated-objects";
import type { FeatureGate } from "../lib/release/feature-gates";
import { gateLocals } from "../lib/release/feature-gates";
import { snakeCase } from "../lib/terraform/readable-stack";
import { inputAt } from "./cross-precondition";

/** As {@link addGateLocals}, of the gates that objects need. */
export function addObjectGateLocals(stack: ModuleStack, knowsOptions: boolean): void {
  stack.local("gated_objects", `\${${gatedObjectsAtPlan(inputAt)}}`);
  addGateLocals(stack, OBJECT_GATES, knowsOptions);
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
