import { DEFAULT_KARPENTER_VERSION } from "../../versions";
import { karpenterVersion } from "./karpenter-version";
import { kubernetesVersion } from "./kubernetes-range";
import type { Field } from "../field";
import { about, bool, optional, text } from "../field-builders";
import { acknowledgedWarnings } from "../acknowledged-warnings";
import * as aws from "./aws";

/** What generated names come from. */
export const NAMING_INPUTS = {
  clusterName: about("Name of the EKS cluster, 1 to 100 characters.", text(aws.clusterName)),
  namePrefix: optional(
    "What generated names begin with; when left out, the cluster's name. Clusters of one name in two regions of an account need one each, and so do those whose names differ in case alone. A change makes roles, profiles and queue anew, and is refused while nodes would lose theirs: acceptedChange.",
    text(aws.namePrefix),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** Where the cluster is. */
export const ENVIRONMENT_INPUTS = {
  partition: optional(
    "AWS partition; when left out, the provider's, and refused where it is another one.",
    text(aws.partition),
  ),
  region: optional(
    "Region of the cluster; when left out, the provider's, and refused where it is another one.",
    text(aws.region),
  ),
  accountId: optional(
    "Account of the cluster, 12 digits; when left out, the provider's. Refused where it is another one, unless partition and region are given too: then nothing is asked of STS, all three must be known at plan, and allowed_account_ids of the provider guards the account.",
    text(aws.accountId),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** How IAM roles and the like are bounded and filed. */
export const IAM_INPUTS = {
  permissionsBoundaryArn: optional(
    "ARN of the policy that bounds every role made here; when left out, none.",
    text(aws.permissionsBoundaryArn),
  ),
  iamPath: about(
    "IAM path of every role, policy and instance profile made here. A change is refused while nodes would lose theirs: acceptedChange.",
    text(aws.iamPath),
    "/",
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** Tags. */
export const TAG_INPUTS = {
  tags: about("Tags of everything made here, beside the provider's default tags.", aws.tags, {}),
} as const satisfies Readonly<Record<string, Field>>;

/** The release of Karpenter. */
export const RELEASE_INPUTS = {
  karpenterVersion: about(
    "Release of Karpenter: of its charts, permissions and event rules.",
    text(karpenterVersion),
    DEFAULT_KARPENTER_VERSION,
  ),
  allowNewerKarpenterVersion: about(
    "Whether karpenterVersion may be of a newer minor version than is known here; it is treated as the newest known one, with a warning.",
    bool,
    false,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The addresses of pods and services. */
export const IP_FAMILY_INPUTS = {
  clusterIpFamily: about(
    'Addresses of the cluster\'s pods and services, "ipv4" or "ipv6"; decides what the VPC CNI may do with the roles of nodes and of pods on Fargate.',
    text(aws.ipFamily),
    "ipv4",
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What else is to be known of the cluster. */
export const CLUSTER_INPUTS = {
  clusterEndpoint: optional(
    "Address of the cluster's API server; when left out, the controller asks EKS.",
    text(aws.clusterEndpoint),
  ),
  kubernetesVersion: optional(
    'Minor version of the cluster\'s Kubernetes, "1.33"; with it, what is not made for it is refused: a release of Karpenter, or of an AMI alias. When left out, that is not checked.',
    text(kubernetesVersion),
  ),
  subnetIds: optional(
    "Ids of the private subnets that Karpenter starts nodes in, and the controller's on Fargate; needed unless every node class selects its own and the controller needs none.",
    aws.subnetIds,
  ),
  securityGroupIds: optional(
    "Ids of the security groups of the nodes that Karpenter starts; needed unless every node class selects its own.",
    aws.securityGroupIds,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** Warnings. */
export const WARNING_INPUTS = {
  acknowledgeWarnings: about(
    "Warnings that are not to be shown any more, by id, with a reason of at least 10 characters each; the modules have karpenter-end-of-support, karpenter-newer-version and karpenter-feature-gate.",
    acknowledgedWarnings,
    {},
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What the modules have beside: who reads the environment. */
export const ENVIRONMENT_READING_INPUTS = {
  readEnvironment: about(
    "Whether partition, region and account are read from the AWS provider and held against what is given; false where the caller gives them all and has compared them, as the root module does.",
    bool,
    true,
  ),
} as const satisfies Readonly<Record<string, Field>>;
