import { Construct } from "constructs";
import { FleetConfig, stackId, withDefaults } from "./cluster-config";
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
  const mistakes = fleetMistakes(config);
  if (mistakes.length > 0) {
    throw new UserError(source, mistakes);
  }
  return config.clusters.map((entry) => {
    const cluster = withDefaults(entry, config.defaults);
    return new KarpenterStack(scope, stackId(cluster), cluster);
  });
}
