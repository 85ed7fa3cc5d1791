import { Construct } from "constructs";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import * as rules from "../inputs/catalog/aws";
import { Problems } from "../inputs/problems";

/** The cluster that a construct is for. */
export interface ClusterProps {
  /** The EKS cluster's name, 1 to 100 characters. */
  readonly clusterName: string;
}

/** Where generated names come from. */
export interface NamingProps {
  /**
   * What generated names begin with. IAM names are unique in an account whatever the region: two clusters of one name
   * in two regions need a prefix each.
   *
   * @default - the cluster's name
   */
  readonly namePrefix?: string;
}

/** What every IAM object of a construct gets. */
export interface IamProps {
  /**
   * The ARN of the policy that bounds every role made here.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundaryArn?: string;
  /**
   * The IAM path of every role, policy and instance profile made here. To change it where a Fargate profile is in use,
   * give `podExecutionRoleName` another value with it: the new role is made before the old one goes, and IAM takes a name
   * once.
   *
   * @default "/"
   */
  readonly iamPath?: string;
}

/** Tags. */
export interface TagProps {
  /**
   * Tags of everything made here that can have tags, beside the provider's default tags.
   *
   * @default - none
   */
  readonly tags?: Record<string, string>;
}

/** The partition, region and account, where they should not be asked of the provider. */
export interface EnvironmentProps {
  /**
   * The AWS partition: `aws`, `aws-cn`, `aws-us-gov` …
   *
   * @default - the provider's
   */
  readonly partition?: string;
  /**
   * The cluster's region.
   *
   * @default - the provider's
   */
  readonly region?: string;
  /**
   * The cluster's account, 12 digits.
   *
   * @default - the provider's
   */
  readonly accountId?: string;
}

/** The partition that was given, or the provider's. */
export function partitionOf(scope: Construct, props: EnvironmentProps): string {
  return props.partition ?? new DataAwsPartition(scope, "partition").partition;
}

/** The region that was given, or the provider's. `id` is the region's name in every provider version. */
export function regionOf(scope: Construct, props: EnvironmentProps): string {
  return props.region ?? new DataAwsRegion(scope, "region").id;
}

/** The account that was given, or the provider's. */
export function accountIdOf(scope: Construct, props: EnvironmentProps): string {
  return props.accountId ?? new DataAwsCallerIdentity(scope, "caller").accountId;
}

/** Holds the properties that most constructs share against their rules. */
export function checkCommon(
  problems: Problems,
  props: Partial<ClusterProps> & NamingProps & IamProps & TagProps & EnvironmentProps,
): void {
  problems
    .check("namePrefix", props.namePrefix, rules.namePrefix)
    .check("permissionsBoundaryArn", props.permissionsBoundaryArn, rules.permissionsBoundaryArn)
    .check("iamPath", props.iamPath, rules.iamPath)
    .check("tags", props.tags, rules.tags)
    .check("partition", props.partition, rules.partition)
    .check("region", props.region, rules.region)
    .check("accountId", props.accountId, rules.accountId);
}

/** The ARN of a policy that AWS manages. */
export function managedPolicyArn(partition: string, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}
