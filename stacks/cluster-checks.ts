import { assumedRoleRules, knownEnvironment } from "../lib/inputs/catalog/environment-rules";
import type { Problems } from "../lib/inputs/problems";
import { checkKarpenter } from "../lib/karpenter-checks";
import type { ClusterConfig } from "./cluster-config";

/** Finds what goes wrong between several options of a cluster, those of its stack among them. */
export function checkCluster(problems: Problems, cluster: ClusterConfig): void {
  checkKarpenter(problems, cluster);
  problems.checkTogether(assumedRoleRules, { ...cluster, ...knownEnvironment(cluster) });
}
