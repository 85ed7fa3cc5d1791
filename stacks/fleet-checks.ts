import { environmentOfOidcProvider } from "../lib/arns";
import type { ObjectField } from "../lib/inputs/field";
import { fieldProblems } from "../lib/inputs/field-problems";
import { allProblems } from "../lib/inputs/problems";
import { checkCluster } from "./cluster-checks";
import type { ClusterConfig, ClusterEntry, FleetConfig } from "./cluster-config";
import { stackId, withDefaults } from "./cluster-config";
import type { FleetFields } from "./cluster-fields";
import { stateLocation } from "./state-backend";

/** A cluster and where the configuration has it, `clusters[0] (prod)`. */
interface PlacedCluster {
  readonly path: string;
  readonly entry: ClusterEntry;
  readonly cluster: ClusterConfig;
}

/** What is wrong with the defaults, with the clusters one by one, and with all of them together. */
export function fleetMistakes({ clusters: entries, defaults = {} }: FleetConfig, fields: FleetFields): string[] {
  const clusters = entries.map((entry, index) => ({
    path: pathOf(entry, index),
    entry,
    cluster: withDefaults(entry, defaults),
  }));
  const ofDefaults = fieldProblems("", defaults, fields.defaults);
  const told = new Set(ofDefaults);
  const own = [
    ...ofDefaults.map((problem) => `defaults: ${problem}`),
    ...clusters.flatMap((cluster) => clusterMistakes(cluster, fields.cluster, told)),
  ];
  if (own.length > 0) {
    return own;
  }
  const claims = clusters.map(claimOf);
  return claims.flatMap((later, index) => collisionWithEarlier(claims, index, later));
}

/** By its number and its name: nobody counts to the 537th. */
function pathOf(entry: ClusterEntry, index: number): string {
  const { clusterName } = (entry ?? {}) as { readonly clusterName?: unknown };
  return typeof clusterName === "string" ? `clusters[${index}] (${clusterName})` : `clusters[${index}]`;
}

/** Problems of a cluster with the defaults below it; what the defaults are told of already is left to them. */
function clusterMistakes(
  { path, entry, cluster }: PlacedCluster,
  properties: ObjectField,
  toldOfDefaults: ReadonlySet<string>,
): string[] {
  const found = allProblems(cluster, properties, checkCluster);
  const own =
    toldOfDefaults.size === 0
      ? new Set<string>()
      : new Set(fieldProblems("", entry, { ...properties, required: [] }, cluster.karpenterVersion));
  return found
    .filter((problem) => own.has(problem) || !toldOfDefaults.has(problem))
    .map((problem) => `${path}: ${problem}`);
}

/** What a cluster takes for itself; worked out once, for every cluster is compared with all before it. */
interface Claim {
  readonly path: string;
  readonly cluster: ClusterConfig;
  readonly account?: string;
  readonly id: string;
  /** The id as a folder's name: some file systems do not tell upper from lower case. */
  readonly folder: string;
  readonly state: string;
  readonly prefix: string;
  /** The prefix as IAM compares names. */
  readonly foldedPrefix: string;
}

function claimOf({ path, cluster }: PlacedCluster): Claim {
  const id = stackId(cluster);
  const prefix = cluster.namePrefix ?? cluster.clusterName;
  return {
    path,
    cluster,
    account: accountOf(cluster),
    id,
    folder: id.toLowerCase(),
    state: stateLocation(id, cluster.backend),
    prefix,
    foldedPrefix: prefix.toLowerCase(),
  };
}

/** How a cluster gets in the way of those before it; of several ways the first, for the others follow from it. */
function collisionWithEarlier(claims: readonly Claim[], index: number, later: Claim): string[] {
  for (let earlier = 0; earlier < index; earlier++) {
    const mistake = collision(claims[earlier], later);
    if (mistake !== undefined) {
      return [`${later.path}: ${mistake}`];
    }
  }
  return [];
}

function collision(
  other: Claim,
  { cluster, account, id, folder, state, prefix, foldedPrefix }: Claim,
): string | undefined {
  const sameAccount = mayBeEqual(account, other.account);
  const { clusterName, region } = cluster;
  if (sameAccount && clusterName === other.cluster.clusterName && region === other.cluster.region) {
    return `"clusterName" is "${clusterName}" in ${region}, but must be another than that of ${other.path}; remove one of the two`;
  }
  if (folder === other.folder) {
    return `"name" is "${id}", but must be another than that of ${other.path}; give the stack a name of its own`;
  }
  if (state === other.state) {
    return `"backend" is ${state}, but must be another place than that of ${other.path}; leave the key, path or workspace out for one of each stack`;
  }
  if (sameAccount && foldedPrefix === other.foldedPrefix) {
    return (
      `"namePrefix" is "${prefix}", but must be another than that of ${other.path}, for IAM names are unique in an ` +
      `account whatever the region; set it to "${clusterName}-${region}"`
    );
  }
  return undefined;
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
