/** The cluster that a construct is for. */
export interface ClusterProps {
  /** The EKS cluster's name, 1 to 100 characters. */
  readonly clusterName: string;
}

/** Where generated names come from. */
export interface NamingProps {
  /**
   * What generated names begin with. IAM names are unique in an account, whatever the region and whatever the case: two
   * clusters of one name in two regions need a prefix each, and so do those whose names differ in case alone.
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
   * The IAM path of every role, policy and instance profile made here. A change makes them anew: with a `podExecutionRoleName` of
   * your own, give that another value, too, for its new role is made before the old one goes, and IAM takes a name once.
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

/**
 * The partition, region and account, where they should not be asked of the provider. A plan refuses a partition or a region
 * that is not the provider's, and an account too unless all three are given: then nothing is asked of STS, and
 * `allowedAccountIds` of the provider guards the account.
 */
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

/** The addresses that a cluster gives pods and services: all IPv4, or all IPv6. */
export type IpFamily = "ipv4" | "ipv6";

/** The addresses of the cluster's pods and services. */
export interface IpFamilyProps {
  /**
   * The `ip_family` of the EKS cluster. It decides what lets the VPC CNI work with a role made here: AWS's own policy, or in a
   * cluster of IPv6 an inline one.
   *
   * @default "ipv4"
   */
  readonly clusterIpFamily?: IpFamily;
}
