import { every, listOf, mapOf, matching, notBeginningWith, oneOf, pattern, Rule } from "../rule";

const PARTITION = "aws[a-z-]*";
const ROLE_ARN = `^arn:${PARTITION}:iam::[0-9]{12}:role/.+$`;

/** An EKS cluster's name. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const clusterName = matching("^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$", {
  allowed: "1 to 100 letters, digits, hyphens and underscores, the first a letter or digit",
  remedy: "give the name that `aws eks list-clusters` shows",
});

/** The cluster's API server. */
export const clusterEndpoint = matching("^https://[^ ]+$", {
  allowed: "an https:// address",
  remedy: "give the `endpoint` of the EKS cluster",
});

/** The IAM OIDC provider of an EKS cluster; the issuer's host has two forms (IPv4 and dual-stack). */
export const oidcProviderArn = matching(
  `^arn:${PARTITION}:iam::[0-9]{12}:oidc-provider/oidc[.-]eks\\.[a-z0-9-]+\\.[a-z0-9.-]+/id/[0-9A-Za-z]+$`,
  {
    allowed:
      "the ARN of the cluster's IAM OIDC provider, arn:<partition>:iam::<account>:oidc-provider/oidc.eks.<region>.amazonaws.com/id/<id>",
    remedy: "give the ARN that `aws iam list-open-id-connect-providers` shows, not the issuer's address",
  },
);

/** An IAM role by ARN. */
export const roleArn = matching(ROLE_ARN, {
  allowed: "the ARN of an IAM role, arn:<partition>:iam::<account>:role/<name>",
  remedy: "give the role's ARN, not its name",
});

/** Several IAM roles by ARN. */
export const roleArns = listOf(
  roleArn,
  { min: 1, max: 20 },
  {
    allowed: "1 to 20 different IAM role ARNs, arn:<partition>:iam::<account>:role/<name>",
    remedy: "give the ARN of each role that Karpenter's nodes run as",
  },
);

/** More roles for nodes beside the one that is there. */
export const additionalNodeRoleArns = listOf(
  roleArn,
  { min: 0, max: 19 },
  {
    allowed: "up to 19 different IAM role ARNs, arn:<partition>:iam::<account>:role/<name>",
    remedy: "give the ARN of each role that nodes run as beside the one of Karpenter's own nodes",
  },
);

/** An IAM policy by ARN, customer managed or AWS managed. */
const policyArn = pattern(`^arn:${PARTITION}:iam::([0-9]{12}|aws):policy/.+$`);

/** A permissions boundary. */
export const permissionsBoundaryArn: Rule<string> = {
  ...policyArn,
  allowed: "the ARN of an IAM policy, arn:<partition>:iam::<account>:policy/<name>",
  remedy: "give the ARN of the policy that bounds the roles",
};

/** Policies by a name that stays the same, so that a plan never depends on an ARN that is not known yet. */
export const additionalPolicies = mapOf(
  { keys: pattern("^[0-9A-Za-z_.-]{1,64}$"), values: policyArn, max: 20 },
  {
    allowed: "a map of up to 20 names of your choice to IAM policy ARNs",
    remedy: "write it as { <name> = <policy ARN> }",
  },
);

/** The path of IAM objects. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const iamPath = matching("^/([!-.0-~]([!-~]{0,508}[!-.0-~])?/)?$", {
  allowed: "an IAM path of up to 512 characters that begins and ends with a slash",
  remedy: 'write "/" or "/platform/karpenter/"',
});

/** An IAM role's or instance profile's name. */
export const roleName = matching("^[0-9A-Za-z_+=,.@-]{1,64}$", {
  allowed: "1 to 64 letters, digits and characters of _+=,.@-",
  remedy: "shorten the name, or leave it out for a generated one",
});

/** An instance profile's name. */
export const instanceProfileName = matching("^[0-9A-Za-z_+=,.@-]{1,128}$", {
  allowed: "1 to 128 letters, digits and characters of _+=,.@-",
  remedy: "give the profile's name, not its ARN, or leave it out for a generated one",
});

/** What generated names begin with instead of the cluster's name. */
export const namePrefix = matching("^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$", {
  allowed: "1 to 100 letters, digits, hyphens and underscores, the first a letter or digit",
  remedy: "leave it out to begin names with the cluster's name",
});

/** A Fargate profile's name. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateFargateProfile.html */
export const fargateProfileName = matching("^[0-9A-Za-z][0-9A-Za-z_-]{0,62}$", {
  allowed: "1 to 63 letters, digits, hyphens and underscores, the first a letter or digit",
  remedy: "shorten the name, or leave it out for a generated one",
});

/** A standard SQS queue's name. */
export const queueName = matching("^[0-9A-Za-z_-]{1,80}$", {
  allowed: "1 to 80 letters, digits, hyphens and underscores",
  remedy: "give the queue's name and not its ARN or URL, or leave it out",
});

/** A standard SQS queue by ARN. */
export const queueArn = matching(`^arn:${PARTITION}:sqs:[a-z0-9-]+:[0-9]{12}:[0-9A-Za-z_-]{1,80}$`, {
  allowed: "the ARN of a standard SQS queue, arn:<partition>:sqs:<region>:<account>:<name>",
  remedy: "give the queue's ARN, not its URL; a FIFO queue cannot take EventBridge's events here",
});

/** A KMS key by ARN; an alias will not do, and EventBridge can never use the AWS managed key of SQS. */
export const kmsKeyArn = matching(`^arn:${PARTITION}:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9A-Za-z-]+$`, {
  allowed: "the ARN of a customer managed KMS key, arn:<partition>:kms:<region>:<account>:key/<id>",
  remedy: "give the key's ARN and let events.amazonaws.com use it in its key policy; alias/aws/sqs would drop events",
});

const subnetId = pattern("^subnet-[0-9a-z]+$");
const securityGroupId = pattern("^sg-[0-9a-z]+$");

/** Subnets by id. */
export const subnetIds = listOf(
  subnetId,
  { min: 1, max: 100 },
  {
    allowed: "1 to 100 different subnet ids, subnet-…",
    remedy: "give the ids of the cluster's private subnets, each once",
  },
);

/** Security groups by id; an EC2 network interface takes at most 16 by quota. */
export const securityGroupIds = listOf(
  securityGroupId,
  { min: 1, max: 16 },
  {
    allowed: "1 to 16 different security group ids, sg-…",
    remedy: "give the ids of the security groups that nodes run in, each once",
  },
);

const tagTargetKey = pattern("^[0-9A-Za-z_./-]{1,100}$");

/** Subnets by a name that is known at plan. */
export const subnetIdMap = mapOf(
  { keys: tagTargetKey, values: subnetId, max: 100 },
  { allowed: "a map of up to 100 names of your choice to subnet ids", remedy: 'write it as { a = "subnet-…" }' },
);

/** Security groups by a name that is known at plan. */
export const securityGroupIdMap = mapOf(
  { keys: tagTargetKey, values: securityGroupId, max: 100 },
  {
    allowed: "a map of up to 100 names of your choice to security group ids",
    remedy: 'write it as { nodes = "sg-…" }',
  },
);

/** Tag keys that AWS, EKS or Karpenter keep for themselves. */
export const RESERVED_TAG_PREFIXES = [
  "aws:",
  "eks:",
  "kubernetes.io/cluster/",
  "karpenter.sh/nodepool",
  "karpenter.sh/nodeclaim",
  "karpenter.k8s.aws/",
] as const;

/** Tags of AWS resources. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const tags = mapOf(
  {
    keys: every(pattern("^.{1,128}$"), notBeginningWith(RESERVED_TAG_PREFIXES)),
    values: pattern("^.{0,256}$"),
    max: 50,
  },
  {
    allowed:
      "up to 50 tags with keys of 1 to 128 and values of up to 256 characters, no key beginning with " +
      RESERVED_TAG_PREFIXES.map((prefix) => `"${prefix}"`).join(", "),
    remedy: "leave reserved keys out: AWS, EKS and Karpenter set them themselves, and IAM conditions rest on them",
  },
);

/** An AWS partition. */
export const partition = matching(`^${PARTITION}$`, {
  allowed: "an AWS partition such as aws, aws-cn or aws-us-gov",
  remedy: "leave it out to take the provider's",
});

/** An AWS region. */
export const region = matching("^[a-z]{2,}(-[a-z]+)+-[0-9]+$", {
  allowed: "an AWS region such as eu-north-1",
  remedy: "leave it out to take the provider's",
});

/** An AWS account. */
export const accountId = matching("^[0-9]{12}$", {
  allowed: "an AWS account id of 12 digits",
  remedy: "write it as a string, with its leading zeros, or leave it out to take the provider's",
});

/** Who the controller is to AWS. */
export const controllerIdentity = oneOf(
  ["irsa", "pod-identity"],
  'take "irsa" unless the controller runs on nodes with the EKS Pod Identity Agent',
);

/** Who makes instance profiles. */
export const instanceProfileMode = oneOf(
  ["terraform", "karpenter"],
  'take "terraform" unless several EC2NodeClasses need roles of their own',
);

/** The type of a node role's access entry. */
export const accessEntryType = oneOf(
  ["EC2_LINUX", "EC2_WINDOWS"],
  "a role is either for Linux or for Windows nodes: make a second role for the other",
);
