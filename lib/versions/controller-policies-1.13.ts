import { ControllerPolicies, PolicyCondition } from "./policy-statement";

/** A tag of the request, or of what the request is about, has exactly this value. */
function tagIs(of: "Request" | "Resource", key: string, value: string): PolicyCondition {
  return { test: "StringEquals", variable: `aws:${of}Tag/${key}`, values: [value] };
}

/** A tag of the request, or of what the request is about, is there. */
function hasTag(of: "Request" | "Resource", key: string): PolicyCondition {
  return { test: "StringLike", variable: `aws:${of}Tag/${key}`, values: ["*"] };
}

const ownedByRequest = tagIs("Request", "kubernetes.io/cluster/{cluster}", "owned");
const ownedByResource = tagIs("Resource", "kubernetes.io/cluster/{cluster}", "owned");
const clusterByRequest = tagIs("Request", "eks:eks-cluster-name", "{cluster}");
const regionByRequest = tagIs("Request", "topology.kubernetes.io/region", "{region}");
const regionByResource = tagIs("Resource", "topology.kubernetes.io/region", "{region}");
const nodePoolByRequest = hasTag("Request", "karpenter.sh/nodepool");
const nodePoolByResource = hasTag("Resource", "karpenter.sh/nodepool");
const nodeClassByRequest = hasTag("Request", "karpenter.k8s.aws/ec2nodeclass");
const nodeClassByResource = hasTag("Resource", "karpenter.k8s.aws/ec2nodeclass");

const taggedOnLaunch = [
  "fleet",
  "instance",
  "launch-template",
  "network-interface",
  "spot-instances-request",
  "volume",
].map((type) => `arn:{partition}:ec2:{region}:*:${type}/*`);

const instanceProfiles = ["arn:{partition}:iam::{account}:instance-profile/*"];

/**
 * Karpenter 1.13 to 1.15: the six policies of its CloudFormation template, and decryption where the queue has a key.
 * https://karpenter.sh/docs/reference/cloudformation/
 */
export const controllerPolicies113: ControllerPolicies = {
  "node-lifecycle": [
    {
      sid: "AllowScopedEC2InstanceAccessActions",
      actions: ["ec2:CreateFleet", "ec2:RunInstances"],
      resources: [
        "arn:{partition}:ec2:{region}:*:capacity-reservation/*",
        "arn:{partition}:ec2:{region}:*:placement-group/*",
        "arn:{partition}:ec2:{region}:*:security-group/*",
        "arn:{partition}:ec2:{region}:*:subnet/*",
        "arn:{partition}:ec2:{region}::image/*",
        "arn:{partition}:ec2:{region}::snapshot/*",
      ],
    },
    {
      sid: "AllowScopedEC2LaunchTemplateAccessActions",
      actions: ["ec2:CreateFleet", "ec2:RunInstances"],
      resources: ["arn:{partition}:ec2:{region}:*:launch-template/*"],
      conditions: [ownedByResource, nodePoolByResource],
    },
    {
      sid: "AllowScopedEC2InstanceActionsWithTags",
      actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"],
      resources: taggedOnLaunch,
      conditions: [ownedByRequest, clusterByRequest, nodePoolByRequest],
    },
    {
      sid: "AllowScopedResourceCreationTagging",
      actions: ["ec2:CreateTags"],
      resources: taggedOnLaunch,
      conditions: [
        ownedByRequest,
        clusterByRequest,
        {
          test: "StringEquals",
          variable: "ec2:CreateAction",
          values: ["CreateFleet", "CreateLaunchTemplate", "RunInstances"],
        },
        nodePoolByRequest,
      ],
    },
    {
      sid: "AllowScopedResourceTagging",
      actions: ["ec2:CreateTags"],
      resources: ["arn:{partition}:ec2:{region}:*:instance/*"],
      conditions: [
        ownedByResource,
        nodePoolByResource,
        { ...clusterByRequest, test: "StringEqualsIfExists" },
        {
          test: "ForAllValues:StringEquals",
          variable: "aws:TagKeys",
          values: ["Name", "eks:eks-cluster-name", "karpenter.sh/nodeclaim"],
        },
      ],
    },
    {
      sid: "AllowScopedDeletion",
      actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
      resources: ["arn:{partition}:ec2:{region}:*:instance/*", "arn:{partition}:ec2:{region}:*:launch-template/*"],
      conditions: [ownedByResource, nodePoolByResource],
    },
  ],
  "iam-integration": [
    {
      sid: "AllowPassingInstanceRole",
      actions: ["iam:PassRole"],
      resources: ["{nodeRoles}"],
      conditions: [
        {
          test: "StringEquals",
          variable: "iam:PassedToService",
          values: ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"],
        },
      ],
    },
    {
      sid: "AllowScopedInstanceProfileCreationActions",
      actions: ["iam:CreateInstanceProfile"],
      resources: instanceProfiles,
      conditions: [ownedByRequest, clusterByRequest, regionByRequest, nodeClassByRequest],
      onlyIf: "karpenterMakesInstanceProfiles",
    },
    {
      sid: "AllowScopedInstanceProfileTagActions",
      actions: ["iam:TagInstanceProfile"],
      resources: instanceProfiles,
      conditions: [
        ownedByResource,
        regionByResource,
        ownedByRequest,
        clusterByRequest,
        regionByRequest,
        nodeClassByResource,
        nodeClassByRequest,
      ],
      onlyIf: "karpenterMakesInstanceProfiles",
    },
    {
      sid: "AllowScopedInstanceProfileActions",
      actions: ["iam:AddRoleToInstanceProfile", "iam:DeleteInstanceProfile", "iam:RemoveRoleFromInstanceProfile"],
      resources: instanceProfiles,
      conditions: [ownedByResource, regionByResource, nodeClassByResource],
      onlyIf: "karpenterMakesInstanceProfiles",
    },
  ],
  "eks-integration": [
    {
      sid: "AllowAPIServerEndpointDiscovery",
      actions: ["eks:DescribeCluster"],
      resources: ["arn:{partition}:eks:{region}:{account}:cluster/{cluster}"],
    },
  ],
  interruption: [
    {
      sid: "AllowInterruptionQueueActions",
      actions: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      resources: ["{queue}"],
    },
    {
      sid: "AllowInterruptionQueueDecryption",
      actions: ["kms:Decrypt"],
      resources: ["{queueKey}"],
      onlyIf: "queueHasKmsKey",
    },
  ],
  "zonal-shift": [
    {
      sid: "AllowZonalShiftStatusReadOnly",
      actions: ["arc-zonal-shift:GetManagedResource"],
      resources: ["*"],
      conditions: [
        {
          test: "StringEquals",
          variable: "arc-zonal-shift:ResourceIdentifier",
          values: ["arn:{partition}:eks:{region}:{account}:cluster/{cluster}"],
        },
      ],
    },
  ],
  "resource-discovery": [
    {
      sid: "AllowRegionalReadActions",
      actions: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      resources: ["*"],
      conditions: [{ test: "StringEquals", variable: "aws:RequestedRegion", values: ["{region}"] }],
    },
    {
      sid: "AllowSSMReadActions",
      actions: ["ssm:GetParameter"],
      resources: ["arn:{partition}:ssm:{region}::parameter/aws/service/*"],
    },
    { sid: "AllowPricingReadActions", actions: ["pricing:GetProducts"], resources: ["*"] },
    {
      sid: "AllowUnscopedInstanceProfileListAction",
      actions: ["iam:ListInstanceProfiles"],
      resources: ["*"],
    },
    {
      sid: "AllowInstanceProfileReadActions",
      actions: ["iam:GetInstanceProfile"],
      resources: instanceProfiles,
    },
  ],
};
