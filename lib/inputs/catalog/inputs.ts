import { BESIDE_INPUTS } from "./beside";
import { OWN_CHART_INPUTS } from "./charts";
import { CLUSTER_INPUTS } from "./cluster";
import { CONTROLLER_INPUTS } from "./controller";
import { CONTROLLER_IDENTITY_INPUTS } from "./controller-identity";
import { FARGATE_INPUTS } from "./fargate";
import { INTERRUPTION_INPUTS } from "./interruption";
import { NODE_INPUTS } from "./nodes";
import { NODE_OBJECT_INPUTS } from "./node-objects";
import type { Field } from "../field";

/** Every input, written once: constructs, the clusters file and the published modules take theirs by name. */
export const INPUTS = {
  ...CLUSTER_INPUTS,
  ...CONTROLLER_IDENTITY_INPUTS,
  ...FARGATE_INPUTS,
  ...NODE_INPUTS,
  ...INTERRUPTION_INPUTS,
  ...CONTROLLER_INPUTS,
  ...NODE_OBJECT_INPUTS,
  ...BESIDE_INPUTS,
  ...OWN_CHART_INPUTS,
} as const satisfies Readonly<Record<string, Field>>;

/** The name of an input, as TypeScript spells it. */
export type InputName = keyof typeof INPUTS;

/** Some inputs by name. */
export function inputs<N extends InputName>(names: readonly N[]): Pick<typeof INPUTS, N> {
  return Object.fromEntries(names.map((name) => [name, INPUTS[name]])) as Pick<typeof INPUTS, N>;
}
