/** The cluster as EKS describes it, as far as checks look at it. */
import type { Cluster } from "@aws-sdk/client-eks";
import type { Sources } from "../sources";

/** A cluster of EKS. */
export interface ClusterFacts {
  readonly name: string;
  readonly status: string;
  readonly endpoint: string;
  /** In base64. */
  readonly certificateAuthority: string;
  /** `1.33`. */
  readonly kubernetesVersion: string;
  readonly authenticationMode: string;
  /** Without it no service account can be a role by IRSA. */
  readonly oidcIssuer: string | undefined;
  readonly autoMode: boolean;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly endpointAccess: {
    readonly public: boolean;
    readonly private: boolean;
    readonly publicCidrs: readonly string[];
  };
}

/** The cluster that is looked at. */
export async function eksCluster({ aws, options }: Sources): Promise<ClusterFacts> {
  const { cluster } = await aws.eks.describeCluster({ name: options.clusterName });
  return clusterFacts(cluster ?? {});
}

/** What EKS leaves out is what it was before there was a choice. */
function clusterFacts(cluster: Cluster): ClusterFacts {
  const { resourcesVpcConfig: network = {} } = cluster;
  return {
    name: cluster.name ?? "",
    status: cluster.status ?? "",
    endpoint: cluster.endpoint ?? "",
    certificateAuthority: cluster.certificateAuthority?.data ?? "",
    kubernetesVersion: cluster.version ?? "",
    authenticationMode: cluster.accessConfig?.authenticationMode ?? "CONFIG_MAP",
    oidcIssuer: cluster.identity?.oidc?.issuer,
    autoMode: cluster.computeConfig?.enabled === true,
    vpcId: network.vpcId ?? "",
    subnetIds: network.subnetIds ?? [],
    endpointAccess: {
      public: network.endpointPublicAccess !== false,
      private: network.endpointPrivateAccess === true,
      publicCidrs: network.publicAccessCidrs ?? ["0.0.0.0/0"],
    },
  };
}
