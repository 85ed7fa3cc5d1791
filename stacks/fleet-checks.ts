import { checkKarpenter } from "../lib/karpenter-checks";
import { Problems } from "../lib/inputs/problems";
import { environmentOfOidcProvider } from "../lib/arns";
import { ClusterConfig, FleetConfig, stackId, withDefaults } from "./cluster-config";
import { checkDeployment } from "./karpenter-stack";
import { stateLocation } from "./state-backend";
import { clusterRegion } from "./state-rules";

/** A cluster and where the configuration has it, `clusters[0]`. */
interface PlacedCluster {
  readonly path: string;
  readonly cluster: ClusterConfig;
}

/** What is wrong with the clusters one by one, and with all of them together. */
export function fleetMistakes(config: FleetConfig): string[] {
  const clusters = config.clusters.map((entry, index) => ({
    path: `clusters[${index}]`,
    cluster: withDefaults(entry, config.defaults),
  }));
  const own = clusters.flatMap(clusterMistakes);
  return own.length > 0 ? own : clusters.flatMap((later, index) => collisions(clusters.slice(0, index), later));
}

function clusterMistakes({ path, cluster }: PlacedCluster): string[] {
  const problems = new Problems();
  checkDeployment(problems, cluster);
  // What the stack refuses already need not be refused a second time.
  checkKarpenter(problems, { ...cluster, region: clusterRegion.accepts(cluster.region) ? cluster.region : undefined });
  return problems.all.map((problem) => `${path}: ${problem}`);
}

/** How a cluster gets in the way of those before it; of several ways the first, for the others follow from it. */
function collisions(earlier: readonly PlacedCluster[], { path, cluster }: PlacedCluster): string[] {
  for (const other of earlier) {
    const mistake = collision(other, cluster);
    if (mistake !== undefined) {
      return [`${path}: ${mistake}`];
    }
  }
  return [];
}

function collision(other: PlacedCluster, cluster: ClusterConfig): string | undefined {
  const [id, otherId] = [stackId(cluster), stackId(other.cluster)];
  const sameAccount = mayBeEqual(accountOf(cluster), accountOf(other.cluster));
  if (sameAccount && cluster.region === other.cluster.region && cluster.clusterName === other.cluster.clusterName) {
    return `"clusterName" is "${cluster.clusterName}" in ${cluster.region}, but must be another than that of ${other.path}; remove one of the two`;
  }
  // Stacks are folders, and some file systems do not tell upper from lower case.
  if (id.toLowerCase() === otherId.toLowerCase()) {
    return `"name" is "${id}", but must be another than that of ${other.path}; give the stack a name of its own`;
  }
  const location = stateLocation(id, cluster.backend);
  if (location === stateLocation(otherId, other.cluster.backend)) {
    return `"backend" is ${location}, but must be another place than that of ${other.path}; leave the key, path or workspace out for one of each stack`;
  }
  const prefix = namePrefixOf(cluster);
  if (sameAccount && prefix.toLowerCase() === namePrefixOf(other.cluster).toLowerCase()) {
    return (
      `"namePrefix" is "${prefix}", but must be another than that of ${other.path}, for IAM names are unique in an ` +
      `account whatever the region; set it to "${cluster.clusterName}-${cluster.region}"`
    );
  }
  return undefined;
}

function namePrefixOf(cluster: ClusterConfig): string {
  return cluster.namePrefix ?? cluster.clusterName;
}

/** The cluster's account, as far as the configuration tells. */
function accountOf({ accountId, oidcProviderArn, assumeRoleArn }: ClusterConfig): string | undefined {
  return (
    accountId ??
    (oidcProviderArn === undefined ? undefined : environmentOfOidcProvider(oidcProviderArn).accountId) ??
    assumeRoleArn?.split(":")[4]
  );
}

function mayBeEqual(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
