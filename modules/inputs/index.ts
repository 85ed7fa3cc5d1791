import { Construct } from "constructs";
import { ModuleVariable } from "../../lib/module";
import { BESIDE_INPUTS } from "./beside";
import { CLUSTER_INPUTS } from "./cluster";
import { CONTROLLER_INPUTS } from "./controller";
import { CONTROLLER_IDENTITY_INPUTS } from "./controller-identity";
import { FARGATE_INPUTS } from "./fargate";
import { Inputs } from "./input";
import { INTERRUPTION_INPUTS } from "./interruption";
import { NODE_POOLS_INPUTS } from "./node-pools";
import { NODE_INPUTS } from "./nodes";

/** Every input of the published modules, written once; a module picks those it needs by name. */
export const INPUTS = {
  ...CLUSTER_INPUTS,
  ...CONTROLLER_IDENTITY_INPUTS,
  ...FARGATE_INPUTS,
  ...NODE_INPUTS,
  ...INTERRUPTION_INPUTS,
  ...CONTROLLER_INPUTS,
  ...NODE_POOLS_INPUTS,
  ...BESIDE_INPUTS,
} as const satisfies Inputs;

/** The name of an input. */
export type InputName = keyof typeof INPUTS;

/** Declares inputs of a module, in the given order. */
export function declareInputs<N extends InputName>(scope: Construct, names: readonly N[]): Record<N, ModuleVariable> {
  return Object.fromEntries(names.map((name) => [name, new ModuleVariable(scope, name, INPUTS[name])])) as Record<
    N,
    ModuleVariable
  >;
}
