import type { KarpenterProps } from "../lib/karpenter-props";
import type { StateBackend } from "./state-backend";

/** One cluster of the configuration: every option of `Karpenter`, and where and how it is deployed. */
export interface ClusterConfig extends Omit<KarpenterProps, "awsProvider" | "helmProvider"> {
  /**
   * The stack's name, as `cdktf deploy` takes it: 1 to 100 letters, digits, hyphens and underscores.
   *
   * It is part of where the state is kept: a change of it is a new deployment.
   *
   * @default - `<clusterName>-<region>`
   */
  readonly name?: string;
  /** The region that the cluster is in. */
  readonly region: string;
  /**
   * The ARN of a role that Terraform becomes in the cluster's account.
   *
   * @default - the credentials that Terraform finds
   */
  readonly assumeRoleArn?: string;
  /**
   * The certificate authority of the cluster's API server, in base64 as EKS gives it.
   *
   * @default - read from EKS
   */
  readonly clusterCertificateAuthority?: string;
  /**
   * A kubeconfig file to reach the cluster with.
   *
   * @default - `clusterEndpoint`, or what EKS says, with a token of `aws eks get-token`
   */
  readonly kubeConfigPath?: string;
  /**
   * The context of the kubeconfig file.
   *
   * @default - the file's current context
   */
  readonly kubeConfigContext?: string;
  /**
   * Tags that the AWS provider puts on everything it makes.
   *
   * @default - none
   */
  readonly defaultTags?: Record<string, string>;
  /**
   * Where the state is kept.
   *
   * @default - a local file beside the output folder, `terraform.<stack>.tfstate`
   */
  readonly backend?: StateBackend;
}

/** Options that may be written once for all clusters. */
export type ClusterDefaults = Partial<Omit<ClusterConfig, "name" | "clusterName">>;

/** A cluster as the configuration has it, where the defaults may give what it leaves out. */
export type ClusterEntry = Pick<ClusterConfig, "clusterName"> & Partial<ClusterConfig>;

/** The configuration of a fleet; also the content of the clusters file. */
export interface FleetConfig {
  /**
   * Options of every cluster; a cluster's own value wins, and tags are merged.
   *
   * @default - none
   */
  readonly defaults?: ClusterDefaults;
  /** The clusters, at least one. */
  readonly clusters: readonly ClusterEntry[];
}

/** A cluster with the defaults below it: its own value wins as a whole, only the two maps of tags are merged. */
export function withDefaults(entry: ClusterEntry, defaults: ClusterDefaults = {}): ClusterConfig {
  return {
    ...defaults,
    ...entry,
    ...mergedTags("tags", entry, defaults),
    ...mergedTags("defaultTags", entry, defaults),
  } as ClusterConfig;
}

function mergedTags(key: "tags" | "defaultTags", entry: ClusterEntry, defaults: ClusterDefaults): object {
  return entry[key] === undefined && defaults[key] === undefined ? {} : { [key]: { ...defaults[key], ...entry[key] } };
}

/**
 * The id of a cluster's stack. Without a name the region is always part of it, so that a second cluster of the same name
 * changes nothing for the first.
 */
export function stackId(cluster: Pick<ClusterConfig, "name" | "clusterName" | "region">): string {
  return (cluster.name ?? `${cluster.clusterName}-${cluster.region}`).replace(/[^0-9A-Za-z_-]+/g, "-");
}
