import type { Construct } from "constructs";
import { Fn } from "cdktf";
import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { ClusterConfig } from "./cluster-config";

/** How to reach the cluster. */
export type ClusterAccess = Pick<
  ClusterConfig,
  | "clusterName"
  | "region"
  | "assumeRoleArn"
  | "clusterEndpoint"
  | "clusterCertificateAuthority"
  | "kubeConfigPath"
  | "kubeConfigContext"
>;

/**
 * The Helm provider for a cluster: with a kubeconfig file, or with a token that `aws eks get-token` makes anew for each
 * run. What of the cluster is not said is asked of EKS.
 */
export function addHelmProvider(scope: Construct, access: ClusterAccess): HelmProvider {
  return new HelmProvider(scope, "helm", { kubernetes: connection(scope, access) });
}

/** The Kubernetes provider for a cluster, which it reaches as {@link addHelmProvider} does. */
export function addKubernetesProvider(scope: Construct, access: ClusterAccess): KubernetesProvider {
  const { exec, ...cluster } = connection(scope, access);
  return new KubernetesProvider(scope, "kubernetes", { ...cluster, exec: exec === undefined ? undefined : [exec] });
}

interface Connection {
  readonly configPath?: string;
  readonly configContext?: string;
  readonly host?: string;
  readonly clusterCaCertificate?: string;
  readonly exec?: { readonly apiVersion: string; readonly command: string; readonly args: string[] };
}

function connection(scope: Construct, access: ClusterAccess): Connection {
  if (access.kubeConfigPath !== undefined) {
    return { configPath: access.kubeConfigPath, configContext: access.kubeConfigContext };
  }
  const { clusterEndpoint, clusterCertificateAuthority } = endpointOf(scope, access);
  return {
    host: clusterEndpoint,
    clusterCaCertificate: Fn.base64decode(clusterCertificateAuthority),
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: [
        "eks",
        "get-token",
        "--cluster-name",
        access.clusterName,
        "--region",
        access.region,
        ...(access.assumeRoleArn === undefined ? [] : ["--role-arn", access.assumeRoleArn]),
      ],
    },
  };
}

function endpointOf(
  scope: Construct,
  { clusterName, clusterEndpoint, clusterCertificateAuthority }: ClusterAccess,
): Required<Pick<ClusterAccess, "clusterEndpoint" | "clusterCertificateAuthority">> {
  if (clusterEndpoint !== undefined && clusterCertificateAuthority !== undefined) {
    return { clusterEndpoint, clusterCertificateAuthority };
  }
  const cluster =
    (scope.node.tryFindChild("cluster") as DataAwsEksCluster | undefined) ??
    new DataAwsEksCluster(scope, "cluster", { name: clusterName });
  return {
    clusterEndpoint: clusterEndpoint ?? cluster.endpoint,
    clusterCertificateAuthority: clusterCertificateAuthority ?? cluster.certificateAuthority.get(0).data,
  };
}
