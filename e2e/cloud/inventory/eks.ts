/** What EKS holds: clusters with their Fargate profiles, access entries, Pod Identity associations and add-ons. */
import {
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DescribeFargateProfileCommand,
  DescribePodIdentityAssociationCommand,
  InvalidRequestException,
  paginateListAccessEntries,
  paginateListAddons,
  paginateListClusters,
  paginateListFargateProfiles,
  paginateListPodIdentityAssociations,
  type EKSClient,
} from "@aws-sdk/client-eks";

import { collect, type Tags } from "./collect";

/** A Fargate profile. */
export interface FargateProfileItem {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly podExecutionRoleArn: string;
  readonly subnets: readonly string[];
  readonly selectors: readonly { readonly namespace: string; readonly labels: Tags }[];
  readonly tags: Tags;
}

/** Who may enter the cluster, and as whom. */
export interface AccessEntryItem {
  readonly principalArn: string;
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly tags: Tags;
}

/** Which role the pods of a service account get. */
export interface PodIdentityItem {
  readonly id: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly tags: Tags;
}

/** A cluster and what hangs on it. */
export interface ClusterItem {
  readonly name: string;
  readonly authenticationMode?: string;
  readonly tags: Tags;
  readonly fargateProfiles: readonly FargateProfileItem[];
  readonly accessEntries: readonly AccessEntryItem[];
  readonly podIdentityAssociations: readonly PodIdentityItem[];
  readonly addons: readonly string[];
}

/** The Fargate profiles of a cluster. */
export async function fargateProfiles(client: EKSClient, clusterName: string): Promise<FargateProfileItem[]> {
  const names = await collect(
    paginateListFargateProfiles({ client }, { clusterName }),
    (page) => page.fargateProfileNames,
  );
  return Promise.all(
    names.map(async (fargateProfileName) => {
      const { fargateProfile } = await client.send(
        new DescribeFargateProfileCommand({ clusterName, fargateProfileName }),
      );
      return {
        name: fargateProfileName,
        arn: fargateProfile?.fargateProfileArn ?? "",
        status: fargateProfile?.status ?? "",
        podExecutionRoleArn: fargateProfile?.podExecutionRoleArn ?? "",
        subnets: fargateProfile?.subnets ?? [],
        selectors: (fargateProfile?.selectors ?? []).map(({ namespace, labels }) => ({
          namespace: namespace ?? "",
          labels: labels ?? {},
        })),
        tags: fargateProfile?.tags ?? {},
      };
    }),
  );
}

async function accessEntries(client: EKSClient, clusterName: string): Promise<AccessEntryItem[]> {
  let principals: string[];
  try {
    principals = await collect(paginateListAccessEntries({ client }, { clusterName }), (page) => page.accessEntries);
  } catch (error) {
    if (error instanceof InvalidRequestException) {
      return [];
    } // The cluster knows the aws-auth ConfigMap only.
    throw error;
  }
  return Promise.all(
    principals.map(async (principalArn) => {
      const { accessEntry } = await client.send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
      return {
        principalArn,
        type: accessEntry?.type ?? "",
        username: accessEntry?.username ?? "",
        kubernetesGroups: accessEntry?.kubernetesGroups ?? [],
        tags: accessEntry?.tags ?? {},
      };
    }),
  );
}

async function podIdentityAssociations(client: EKSClient, clusterName: string): Promise<PodIdentityItem[]> {
  const found = await collect(
    paginateListPodIdentityAssociations({ client }, { clusterName }),
    (page) => page.associations,
  );
  return Promise.all(
    found.map(async ({ associationId }) => {
      const { association } = await client.send(
        new DescribePodIdentityAssociationCommand({ clusterName, associationId }),
      );
      return {
        id: associationId ?? "",
        namespace: association?.namespace ?? "",
        serviceAccount: association?.serviceAccount ?? "",
        roleArn: association?.roleArn ?? "",
        tags: association?.tags ?? {},
      };
    }),
  );
}

/** Reads EKS. */
export async function eksInventory(client: EKSClient): Promise<ClusterItem[]> {
  const names = await collect(paginateListClusters({ client }, {}), (page) => page.clusters);
  return Promise.all(
    names.map(async (name) => {
      const [described, profiles, entries, associations, addons] = await Promise.all([
        client.send(new DescribeClusterCommand({ name })),
        fargateProfiles(client, name),
        accessEntries(client, name),
        podIdentityAssociations(client, name),
        collect(paginateListAddons({ client }, { clusterName: name }), (page) => page.addons),
      ]);
      return {
        name,
        authenticationMode: described.cluster?.accessConfig?.authenticationMode,
        tags: described.cluster?.tags ?? {},
        fargateProfiles: profiles,
        accessEntries: entries,
        podIdentityAssociations: associations,
        addons,
      };
    }),
  );
}
