/** Which cluster of which account a command looks at. */
import type { Command } from "commander";
import { ifThere } from "./aws/answers";
import type { AwsClients } from "./aws/clients";
import { awsClients } from "./aws/clients";
import { kubernetesAt } from "./kubernetes/client";
import { eksToken } from "./kubernetes/eks-token";
import type { ChangeableKubernetes } from "./kubernetes/kubernetes";
import { NoKubernetes } from "./kubernetes/none";

/** The options by which a cluster is named. */
export interface ClusterOptions {
  readonly clusterName: string;
  readonly region?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Whether the cluster's own API is asked, too. */
  readonly cluster: boolean;
}

/** A cluster, and the account that it is of. */
export interface LookedAt {
  readonly aws: AwsClients;
  readonly kubernetes: ChangeableKubernetes;
  readonly about: { readonly cluster: string; readonly region: string; readonly account: string };
}

/** Adds the options to a command. */
export function addClusterOptions(command: Command): Command {
  return addWayOptions(command.requiredOption("--cluster-name <name>", "the EKS cluster"));
}

/** Adds those that say how it is reached. */
export function addWayOptions(command: Command): Command {
  return command
    .option("--region <region>", "its region (default: the AWS SDK's)")
    .option(
      "--kubeconfig <file>",
      "ask the cluster as this file says (default: its own endpoint, with your AWS identity)",
    )
    .option("--context <name>", "a context of the kubeconfig")
    .option("--no-cluster", "look at AWS alone");
}

/** Opens both. Without packages, region or credentials the command ends here, with what is missing. */
export async function clusterOf(options: ClusterOptions, command: Command): Promise<LookedAt> {
  try {
    const aws = await awsClients(options.region);
    const kubernetes = await kubernetesOf(options, aws);
    const region = await aws.eks.config.region().catch(() => {
      throw new Error("no region is configured; give --region");
    });
    const { Account: account = "" } = await aws.sts.getCallerIdentity({});
    return { aws, kubernetes, about: { cluster: options.clusterName, region, account } };
  } catch (problem) {
    return command.error(`error: ${(problem as Error).message}`);
  }
}

/** The cluster's API, as the options say. */
export async function kubernetesOf(
  { cluster: isAsked, kubeconfig, context, clusterName }: ClusterOptions,
  { eks, sts }: AwsClients,
): Promise<ChangeableKubernetes> {
  if (!isAsked) {
    return new NoKubernetes();
  }
  if (kubeconfig !== undefined || context !== undefined) {
    return kubernetesAt({ kubeconfig, context });
  }
  return kubernetesAt(async () => {
    const { cluster } = (await ifThere(eks.describeCluster({ name: clusterName }))) ?? {};
    if (cluster?.endpoint === undefined) {
      throw new Error(`EKS has no cluster ${clusterName} with an endpoint`);
    }
    return {
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority?.data ?? "",
      token: await eksToken(sts, clusterName),
    };
  });
}
