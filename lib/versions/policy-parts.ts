import type { PolicyCondition, PolicyStatements } from "./policy-statement";

/** A tag of the request, or of what the request is about, has exactly this value. */
function tagIs(of: "Request" | "Resource", key: string, value: string): PolicyCondition {
  return { test: "StringEquals", variable: `aws:${of}Tag/${key}`, values: [value] };
}

/** A tag of the request, or of what the request is about, is there. */
function hasTag(of: "Request" | "Resource", key: string): PolicyCondition {
  return { test: "StringLike", variable: `aws:${of}Tag/${key}`, values: ["*"] };
}

/** A condition key has one of these values. */
export function equals(variable: string, ...values: readonly string[]): PolicyCondition {
  return { test: "StringEquals", variable, values };
}

/** No tag but these is set. */
export function onlyTagKeys(...values: readonly string[]): PolicyCondition {
  return { test: "ForAllValues:StringEquals", variable: "aws:TagKeys", values };
}

export const ownedByRequest = tagIs("Request", "kubernetes.io/cluster/{cluster}", "owned");
export const ownedByResource = tagIs("Resource", "kubernetes.io/cluster/{cluster}", "owned");
export const clusterByRequest = tagIs("Request", "eks:eks-cluster-name", "{cluster}");
export const clusterByRequestIfTagged: PolicyCondition = { ...clusterByRequest, test: "StringEqualsIfExists" };
export const managedByRequest = tagIs("Request", "karpenter.sh/managed-by", "{cluster}");
export const regionByRequest = tagIs("Request", "topology.kubernetes.io/region", "{region}");
export const regionByResource = tagIs("Resource", "topology.kubernetes.io/region", "{region}");
export const provisionerByRequest = hasTag("Request", "karpenter.sh/provisioner-name");
export const provisionerByResource = hasTag("Resource", "karpenter.sh/provisioner-name");
export const nodePoolByRequest = hasTag("Request", "karpenter.sh/nodepool");
export const nodePoolByResource = hasTag("Resource", "karpenter.sh/nodepool");
export const discoveryByResource = tagIs("Resource", "karpenter.sh/discovery", "{cluster}");
export const nodeClassByRequest = hasTag("Request", "karpenter.k8s.aws/ec2nodeclass");
export const nodeClassByResource = hasTag("Resource", "karpenter.k8s.aws/ec2nodeclass");

/** EC2's resources of some types, in alphabetical order; images and snapshots belong to no account. */
export function ec2(...types: readonly string[]): readonly string[] {
  return types
    .map((type) => `arn:{partition}:ec2:{region}:${["image", "snapshot"].includes(type) ? "" : "*"}:${type}/*`)
    .sort();
}

export const clusterArn = "arn:{partition}:eks:{region}:{account}:cluster/{cluster}";
export const instanceProfiles = ["arn:{partition}:iam::{account}:instance-profile/*"];

/** EC2 alone is passed the nodes' role. */
export const passedToEc2 = equals("iam:PassedToService", "{ec2}");

/** What the controller reads of a region up to 1.0. */
export const regionalReads = [
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceTypeOfferings",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSpotPriceHistory",
  "ec2:DescribeSubnets",
];

/** What the controller asks of EKS in every minor version. */
export const eksIntegration: PolicyStatements = {
  AllowAPIServerEndpointDiscovery: {
    why: "Finds the API server where no endpoint is given; some settings ask it for the cluster's version (eksControlPlane) or ARN (enableZonalShift).",
    actions: ["eks:DescribeCluster"],
    resources: [clusterArn],
  },
};

/** How the controller reads its queue up to 0.31, and decryption where the queue has a key of its own. */
export const interruption: PolicyStatements = {
  AllowInterruptionQueueActions: {
    why: "Reads of interruptions before they happen, and removes what it has read.",
    actions: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
    resources: ["{queue}"],
  },
  AllowInterruptionQueueDecryption: {
    why: "Reads messages of a queue that is encrypted with a key of your own.",
    deviation:
      "Not in the template, whose queue SQS encrypts itself: without it, no message of such a queue can be read.",
    actions: ["kms:Decrypt"],
    resources: ["{queueKey}"],
    onlyIf: "queueHasKmsKey",
  },
};

/** How EC2 encrypts the volumes of nodes on the controller's behalf, which launches them: every key is asked whether it may. */
export const volumeEncryption: PolicyStatements = {
  AllowVolumeEncryption: {
    why: "Launches nodes whose volumes or AMIs are encrypted with keys of your own, through EC2 only.",
    deviation: "Not in the template: without it, such instances end as soon as they are launched.",
    actions: [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ],
    resources: ["{volumeKeys}"],
    conditions: [equals("kms:ViaService", "{ec2InRegion}")],
    onlyIf: "volumesHaveKmsKeys",
  },
  AllowVolumeEncryptionGrants: {
    why: "Lets EC2 use these keys as long as such a volume is attached.",
    deviation: "Not in the template: without it, such instances end as soon as they are launched.",
    actions: ["kms:CreateGrant"],
    resources: ["{volumeKeys}"],
    conditions: [
      equals("kms:ViaService", "{ec2InRegion}"),
      { test: "Bool", variable: "kms:GrantIsForAWSResource", values: ["true"] },
    ],
    onlyIf: "volumesHaveKmsKeys",
  },
};
