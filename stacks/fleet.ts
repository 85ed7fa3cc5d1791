import type { Construct } from "constructs";
import type { FleetConfig } from "./cluster-config";
import { stackId, withDefaults } from "./cluster-config";
import { FLEET_IN_CODE } from "./cluster-fields";
import { fleetMistakes } from "./fleet-checks";
import { KarpenterStack } from "./karpenter-stack";
import { UserError } from "./user-error";

/**
 * Karpenter for many clusters: a stack each, with its own state, so that each can be deployed alone.
 *
 * @param source what to call the configuration in an error, such as a file's name
 * @throws UserError with all mistakes of all clusters at once
 */
export function fleet(scope: Construct, config: FleetConfig, source = "the fleet"): KarpenterStack[] {
  const mistakes = fleetMistakes(config, FLEET_IN_CODE);
  if (mistakes.length > 0) {
    throw new UserError(source, mistakes);
  }
  return stacksOf(scope, config);
}

/** The stacks of a fleet that has been checked. */
export function stacksOf(scope: Construct, { clusters, defaults }: FleetConfig): KarpenterStack[] {
  return clusters.map((entry) => {
    const cluster = withDefaults(entry, defaults);
    return new KarpenterStack(scope, stackId(cluster), cluster);
  });
}
