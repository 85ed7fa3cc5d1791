/** What EC2 holds in the user's networks (AWS's default network is left out), and what Karpenter makes there. */
import {
  paginateDescribeInstances,
  paginateDescribeLaunchTemplates,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type EC2Client,
  type Tag,
} from "@aws-sdk/client-ec2";

import { collect, tagMap, type Tags } from "./collect";

/** Anything in EC2 that has an id and tags. */
export interface TaggedItem {
  readonly id: string;
  readonly tags: Tags;
}

/** An instance that has not been terminated. */
export interface InstanceItem extends TaggedItem {
  readonly type: string;
  readonly state: string;
  readonly zone: string;
  readonly subnetId?: string;
  readonly imageId?: string;
  readonly spot: boolean;
}

/** The EC2 part of the inventory. */
export interface Ec2Inventory {
  readonly vpcs: readonly TaggedItem[];
  readonly subnets: readonly TaggedItem[];
  readonly securityGroups: readonly TaggedItem[];
  readonly instances: readonly InstanceItem[];
  readonly launchTemplates: readonly TaggedItem[];
}

const ec2Tags = (tags: readonly Tag[] | undefined): Tags => tagMap(tags, (tag) => [tag.Key, tag.Value]);

/** Reads EC2. */
export async function ec2Inventory(client: EC2Client): Promise<Ec2Inventory> {
  const [vpcs, subnets, groups, reservations, templates] = await Promise.all([
    collect(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs),
    collect(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets),
    collect(paginateDescribeSecurityGroups({ client }, {}), (page) => page.SecurityGroups),
    collect(paginateDescribeInstances({ client }, {}), (page) => page.Reservations),
    collect(paginateDescribeLaunchTemplates({ client }, {}), (page) => page.LaunchTemplates),
  ]);
  const own = new Set(vpcs.filter((vpc) => vpc.IsDefault !== true).map((vpc) => vpc.VpcId));
  const instances = reservations
    .flatMap((reservation) => reservation.Instances ?? [])
    .filter((instance) => instance.State?.Name !== "terminated");
  return {
    vpcs: vpcs.filter((vpc) => own.has(vpc.VpcId)).map((vpc) => ({ id: vpc.VpcId ?? "", tags: ec2Tags(vpc.Tags) })),
    subnets: subnets
      .filter((subnet) => own.has(subnet.VpcId))
      .map((subnet) => ({ id: subnet.SubnetId ?? "", tags: ec2Tags(subnet.Tags) })),
    securityGroups: groups
      .filter((group) => own.has(group.VpcId) && group.GroupName !== "default")
      .map((group) => ({ id: group.GroupId ?? "", tags: ec2Tags(group.Tags) })),
    instances: instances.map((instance) => ({
      id: instance.InstanceId ?? "",
      tags: ec2Tags(instance.Tags),
      type: instance.InstanceType ?? "",
      state: instance.State?.Name ?? "",
      zone: instance.Placement?.AvailabilityZone ?? "",
      subnetId: instance.SubnetId,
      imageId: instance.ImageId,
      spot: instance.InstanceLifecycle === "spot",
    })),
    launchTemplates: templates.map((template) => ({
      id: template.LaunchTemplateName ?? "",
      tags: ec2Tags(template.Tags),
    })),
  };
}
