import type { ListField, MapField } from "../field";
import { different, list, map, text } from "../field-builders";
import type { Rule } from "../rule";
import { inAnyCase, matching, oneOf, rule } from "../rule";
import { capacityReservationRule, interruptionEventRules } from "../../versions/event-rules";

const PARTITION = "aws[a-z-]*";
/** The path in an ARN, without the wildcards and the brace of a variable, `${…}`, that a policy would read in it. */
const PATH = "([!-)+-.0->@-z|}~]+/)*";
const ROLE_ARN = `^arn:${PARTITION}:iam::[0-9]{12}:role/${PATH}[0-9A-Za-z_+=,.@-]{1,64}$`;
const KMS_KEY_ARN = `^arn:${PARTITION}:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9A-Za-z-]+$`;
const POLICY_ARN = `^arn:${PARTITION}:iam::([0-9]{12}|aws):policy/${PATH}[0-9A-Za-z_+=,.@-]{1,128}$`;

/** An EKS cluster's name. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const clusterName = matching("^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$", {
  allowed: "1 to 100 letters, digits, hyphens and underscores, the first a letter or digit",
  remedy: "give the name that `aws eks list-clusters` shows",
});

/** The cluster's API server. */
export const clusterEndpoint = matching("^https://[!-~]+$", {
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
  allowed: "the ARN of an IAM role, arn:<partition>:iam::<account>:role/<name>, without wildcards",
  remedy: "give the role's ARN, not its name",
});

/** The roles that nodes run as. */
export const nodeRoleArns: ListField = different(text(roleArn), 1, 20, "give the ARN of each role that nodes run as");

/** More roles for nodes beside the one that is there. */
export const additionalNodeRoleArns: ListField = different(text(roleArn), 0, 19);

/** A permissions boundary. */
export const permissionsBoundaryArn = matching(POLICY_ARN, {
  allowed: "the ARN of an IAM policy, arn:<partition>:iam::<account>:policy/<name>",
  remedy: "give the ARN of the policy that bounds the roles",
});

const ownName = (allowed: string): Rule =>
  matching(allowed, {
    allowed: `a name of your choice that matches ${allowed}`,
    remedy: "rename it; it only tells Terraform which is which",
  });

/** Policies by a name that stays the same, so that a plan never depends on an ARN that is not known yet. */
const policies = (max: number, why: string): MapField =>
  map(
    text(
      matching(POLICY_ARN, {
        allowed: "the ARN of an IAM policy, arn:<partition>:iam::<account or aws>:policy/<name>",
        remedy: "give the policy's ARN, not its name",
      }),
    ),
    [ownName("^[0-9A-Za-z_.-]{1,64}$")],
    { size: { max, remedy: `IAM takes 10 policies on a role${why}: put several into one` } },
  );

/** All policies of a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const additionalPolicies = policies(10, "");

/** Policies beside those that every node needs. */
export const nodeAdditionalPolicies = policies(6, ", of which those that every node needs are 4");

/** Policies beside those that pods on Fargate need. */
export const podExecutionRoleAdditionalPolicies = policies(8, ", of which those that pods on Fargate need are 2");

/**
 * The path of IAM objects; of roles and instance profiles IAM takes more characters, but not of policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const iamPath = rule(
  { matches: "^/([0-9A-Za-z_+=,.@-]+/)*$", maxLength: 512 },
  {
    allowed:
      "an IAM path of up to 512 letters, digits and characters of _+=,.@- with a slash at both ends and between its parts",
    remedy: 'write "/" or "/platform/karpenter/"',
  },
);

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

/** A role's description. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const roleDescription = matching("^[\\t\\n\\r -~\u00a1-\u00ff]{0,1000}$", {
  allowed: "up to 1000 letters, digits and other characters of Latin-1",
  remedy: "shorten it, and leave out other characters",
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

/** Names of EventBridge rules by what they are about. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const eventRuleNames: MapField = map(
  text(
    matching("^[0-9A-Za-z_.-]{1,64}$", {
      allowed: "1 to 64 letters, digits, hyphens, dots and underscores",
      remedy: "shorten the name, or leave it out for a generated one",
    }),
  ),
  [
    oneOf(
      [...interruptionEventRules, capacityReservationRule].map(({ id }) => id),
      "name the rule by what it is about",
    ),
  ],
);

/** What CloudWatch tells of an alarm. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const alarmActionArn = matching(`^arn:${PARTITION}:[a-z0-9-]+:[a-z0-9-]+:[^: ]*:[^ ]+$`, {
  allowed: "the ARN of what an alarm can tell, arn:<partition>:sns:<region>:<account>:<topic>",
  remedy: "give the topic's ARN, not its name",
});

/** A KMS key by ARN; an alias will not do, and EventBridge can never use the AWS managed key of SQS. */
export const kmsKeyArn = matching(KMS_KEY_ARN, {
  allowed: "the ARN of a customer managed KMS key, arn:<partition>:kms:<region>:<account>:key/<id>",
  remedy: "give the key's ARN and let events.amazonaws.com use it in its key policy; alias/aws/sqs would drop events",
});

/** A CloudWatch log group. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const logGroupName = matching("^[0-9A-Za-z_/.#-]{1,512}$", {
  allowed: "1 to 512 letters, digits and characters of _/.#-",
  remedy: "give the log group's name, not its ARN, or leave it out",
});

/** The key of a log group by ARN. */
export const logGroupKmsKeyArn = matching(KMS_KEY_ARN, {
  allowed: "the ARN of a customer managed KMS key, arn:<partition>:kms:<region>:<account>:key/<id>",
  remedy: "give the key's ARN, not that of an alias, and let logs.<region>.amazonaws.com use it in its key policy",
});

/** SSM parameters that hold the ids of AMIs; a path stands for all below it. */
export const amiParameterArns: ListField = list(
  text(
    matching(`^arn:${PARTITION}:ssm:[a-z0-9-]+:[0-9]{12}:parameter(/[0-9A-Za-z_.-]+)+(/[*])?$`, {
      allowed:
        "the ARN of an SSM parameter, arn:<partition>:ssm:<region>:<account>:parameter/<name>, or of all below a path, …/<path>/*",
      remedy: "give the parameter's ARN, not its name",
    }),
  ),
  undefined,
  {},
);

/** Keys of volumes by ARN. */
export const ebsKmsKeyArns: ListField = list(
  text(
    matching(KMS_KEY_ARN, {
      allowed: "the ARN of a customer managed KMS key, arn:<partition>:kms:<region>:<account>:key/<id>",
      remedy: "give the key's ARN, not that of an alias; for the account's key alias/aws/ebs, leave it out",
    }),
  ),
  undefined,
  {},
);

const subnetId = text(
  matching("^subnet-[0-9a-z]+$", { allowed: "a subnet id, subnet-…", remedy: "give the subnet's id, not its name" }),
);
const securityGroupId = text(
  matching("^sg-[0-9a-z]+$", {
    allowed: "a security group id, sg-…",
    remedy: "give the security group's id, not its name",
  }),
);

const PRIVATE_SUBNETS = "give the ids of the cluster's private subnets";

/** Subnets by id, private ones; a node class takes at most 30 terms. */
export const subnetIds: ListField = different(subnetId, 1, 30, PRIVATE_SUBNETS);

/** Security groups by id; an EC2 network interface takes at most 16 by quota. */
export const securityGroupIds: ListField = different(
  securityGroupId,
  1,
  16,
  "give the ids of the security groups that nodes run in",
);

/** Subnets of a Fargate profile by id. */
export const fargateSubnetIds: ListField = different(subnetId, 1, 100, PRIVATE_SUBNETS);

const tagTargetKey = ownName("^[0-9A-Za-z_./-]{1,100}$");

/** Subnets by a name that is known at plan. */
export const subnetIdMap: MapField = map(subnetId, [tagTargetKey], { size: { max: 100 } });

/** Security groups by a name that is known at plan. */
export const securityGroupIdMap: MapField = map(securityGroupId, [tagTargetKey], { size: { max: 100 } });

/** Tag keys that AWS, EKS or Karpenter keep for themselves. */
export const RESERVED_TAG_PREFIXES = [
  "aws:",
  "eks:",
  "kubernetes.io/cluster/",
  "karpenter.sh/nodepool",
  "karpenter.sh/nodeclaim",
  "karpenter.k8s.aws/",
] as const;

/** What tags are made of in IAM, SQS, EKS and EventBridge alike. */
const TAG_CHARACTERS = rule(
  { matches: "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$" },
  { allowed: "a text of letters, digits, spaces and characters of _.:/=+-@", remedy: "leave out other characters" },
);

/**
 * Tags of AWS resources; IAM asks the most of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
export const tags: MapField = map(
  text(
    rule(
      { maxLength: 256 },
      { allowed: "a text of up to 256 characters", remedy: "write it in quotes, or shorten it" },
    ),
    TAG_CHARACTERS,
    rule(
      { notMatching: `^${inAnyCase("aws")}:` },
      { allowed: 'a text that does not begin with "aws:"', remedy: "leave it out: AWS keeps such values for itself" },
    ),
  ),
  [
    rule({ matches: "^.{1,128}$" }, { allowed: "a text of 1 to 128 characters", remedy: "shorten it" }),
    TAG_CHARACTERS,
    rule(
      {
        notMatching: `^(${RESERVED_TAG_PREFIXES.map((prefix) => inAnyCase(prefix.replace(/[.]/g, "\\."))).join("|")})`,
      },
      {
        allowed: `one that begins with none of ${RESERVED_TAG_PREFIXES.map((prefix) => `"${prefix}"`).join(", ")}`,
        remedy: "leave it out: AWS, EKS and Karpenter set such keys themselves, and IAM conditions rest on them",
      },
    ),
  ],
  { size: { max: 50 }, inAnyCase: true },
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

/** Which addresses a cluster gives. */
export const ipFamily = oneOf(["ipv4", "ipv6"], "give the `ip_family` of the EKS cluster");

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
