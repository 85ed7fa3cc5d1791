/** What Karpenter makes in an account by itself, by the tags and paths that say whose it is. */
import { onAllPages, tagsOf } from "./answers";
import type { AwsClients } from "./clients";

/** An instance that Karpenter started. */
export interface LaunchedInstance {
  readonly id: string;
  readonly type: string;
  readonly nodePool: string;
  readonly launchedAt: Date;
}

/** A launch template that Karpenter made. */
export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly nodeClass: string;
  readonly createdAt: Date;
}

/** An instance profile that Karpenter made, of a node class that names a role. */
export interface InstanceProfile {
  readonly name: string;
  readonly roles: readonly string[];
  readonly createdAt: Date;
}

/** All that costs or stands in the way, of one cluster. */
export interface Launched {
  readonly instances: readonly LaunchedInstance[];
  readonly launchTemplates: readonly LaunchTemplate[];
  readonly instanceProfiles: readonly InstanceProfile[];
}

export async function launchedFor(aws: AwsClients, clusterName: string): Promise<Launched> {
  const [instances, launchTemplates, instanceProfiles] = await Promise.all([
    instancesOf(aws, clusterName),
    launchTemplatesOf(aws, clusterName),
    instanceProfilesOf(aws, clusterName),
  ]);
  return { instances, launchTemplates, instanceProfiles };
}

/** Its instances that run, or may again; those of others in the same account have other tags. */
async function instancesOf({ ec2 }: AwsClients, clusterName: string): Promise<readonly LaunchedInstance[]> {
  const found = await onAllPages(
    (NextToken) =>
      ec2.describeInstances({
        Filters: [
          { Name: "tag-key", Values: ["karpenter.sh/nodepool"] },
          { Name: `tag:kubernetes.io/cluster/${clusterName}`, Values: ["owned"] },
          { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
        ],
        NextToken,
      }),
    (page) => page.Reservations,
    (page) => page.NextToken,
  );
  return found
    .flatMap(({ Instances = [] }) => Instances)
    .map(({ InstanceId = "", InstanceType = "", LaunchTime = new Date(0), Tags }) => ({
      id: InstanceId,
      type: InstanceType,
      nodePool: tagsOf(Tags)["karpenter.sh/nodepool"],
      launchedAt: LaunchTime,
    }));
}

async function launchTemplatesOf({ ec2 }: AwsClients, clusterName: string): Promise<readonly LaunchTemplate[]> {
  const found = await onAllPages(
    (NextToken) =>
      ec2.describeLaunchTemplates({
        Filters: [
          { Name: "tag-key", Values: ["karpenter.k8s.aws/ec2nodeclass"] },
          { Name: "tag:eks:eks-cluster-name", Values: [clusterName] },
        ],
        NextToken,
      }),
    (page) => page.LaunchTemplates,
    (page) => page.NextToken,
  );
  return found.map(({ LaunchTemplateId = "", LaunchTemplateName = "", CreateTime = new Date(0), Tags }) => ({
    id: LaunchTemplateId,
    name: LaunchTemplateName,
    nodeClass: tagsOf(Tags)["karpenter.k8s.aws/ec2nodeclass"],
    createdAt: CreateTime,
  }));
}

/** From Karpenter 1.7 on they have a path of the cluster's own; those of earlier releases are not found by it. */
async function instanceProfilesOf({ iam, eks }: AwsClients, clusterName: string): Promise<readonly InstanceProfile[]> {
  const region = await eks.config.region();
  const found = await onAllPages(
    (Marker) => iam.listInstanceProfiles({ PathPrefix: `/karpenter/${region}/${clusterName}/`, Marker }),
    (page) => page.InstanceProfiles,
    (page) => (page.IsTruncated === true ? page.Marker : undefined),
  );
  return found.map(({ InstanceProfileName = "", Roles = [], CreateDate = new Date(0) }) => ({
    name: InstanceProfileName,
    roles: Roles.flatMap(({ RoleName }) => RoleName ?? []),
    createdAt: CreateDate,
  }));
}
