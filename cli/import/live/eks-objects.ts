/** What EKS has beside a cluster: associations, node groups, Fargate profiles, access entries. */
import type { StateObject } from "../state";
import { ifThere, onAllPages } from "../../aws/answers";
import type { AwsClients } from "../../aws/clients";
import { liveObject } from "./live-object";

type Eks = AwsClients["eks"];

/** The associations of EKS Pod Identity. */
export async function associationObjects(eks: Eks, clusterName: string): Promise<StateObject[]> {
  const found = await onAllPages(
    (nextToken) => eks.listPodIdentityAssociations({ clusterName, nextToken }),
    (page) => page.associations,
    (page) => page.nextToken,
  );
  return Promise.all(
    found.map(async ({ associationId = "" }) => {
      const { association } = await eks.describePodIdentityAssociation({ clusterName, associationId });
      const { namespace, serviceAccount, roleArn, tags = {} } = association ?? {};
      const values = {
        cluster_name: clusterName,
        association_id: associationId,
        namespace,
        service_account: serviceAccount,
        role_arn: roleArn,
      };
      return liveObject("aws_eks_pod_identity_association", associationId, values, tags);
    }),
  );
}

/** Node groups, as far as the roles of their nodes go. */
export async function nodeGroupObjects(eks: Eks, clusterName: string): Promise<StateObject[]> {
  const names = await onAllPages(
    (nextToken) => eks.listNodegroups({ clusterName, nextToken }),
    (page) => page.nodegroups,
    (page) => page.nextToken,
  );
  return Promise.all(
    names.map(async (nodegroupName) => {
      const { nodegroup } = await eks.describeNodegroup({ clusterName, nodegroupName });
      const values = { cluster_name: clusterName, node_role_arn: nodegroup?.nodeRole };
      return liveObject("aws_eks_node_group", `${clusterName}:${nodegroupName}`, values);
    }),
  );
}

/** Fargate profiles. */
export async function fargateProfileObjects(eks: Eks, clusterName: string): Promise<StateObject[]> {
  const names = await onAllPages(
    (nextToken) => eks.listFargateProfiles({ clusterName, nextToken }),
    (page) => page.fargateProfileNames,
    (page) => page.nextToken,
  );
  return Promise.all(
    names.map(async (name) => {
      const { fargateProfile } = await eks.describeFargateProfile({ clusterName, fargateProfileName: name });
      const values = {
        cluster_name: clusterName,
        fargate_profile_name: name,
        pod_execution_role_arn: fargateProfile?.podExecutionRoleArn,
        subnet_ids: fargateProfile?.subnets ?? [],
        selector: (fargateProfile?.selectors ?? []).map(({ namespace, labels = {} }) => ({ namespace, labels })),
      };
      return liveObject("aws_eks_fargate_profile", `${clusterName}:${name}`, values, fargateProfile?.tags ?? {});
    }),
  );
}

/** The access entries of roles; none where the cluster knows them by aws-auth, or knows no entries at all. */
export async function accessEntryObjects(
  eks: Eks,
  clusterName: string,
  principalArns: readonly string[],
): Promise<StateObject[]> {
  const { cluster } = await eks.describeCluster({ name: clusterName });
  if ((cluster?.accessConfig?.authenticationMode ?? "CONFIG_MAP") === "CONFIG_MAP") {
    return [];
  }
  const found = await Promise.all(
    principalArns.map((principalArn) => ifThere(eks.describeAccessEntry({ clusterName, principalArn }))),
  );
  return found.flatMap((answer) => {
    const { principalArn, type, tags = {} } = answer?.accessEntry ?? {};
    const values = { cluster_name: clusterName, principal_arn: principalArn, type };
    return principalArn === undefined
      ? []
      : [liveObject("aws_eks_access_entry", `${clusterName}:${principalArn}`, values, tags)];
  });
}
