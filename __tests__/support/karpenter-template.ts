import { Statement } from "./policy";

type Conditions = NonNullable<Statement["Condition"]>;

/**
 * What the controller may do by the CloudFormation template of Karpenter 1.13 to 1.15, written down from the template and
 * not from this library. https://karpenter.sh/docs/reference/cloudformation/
 */
export function karpenterTemplate(place: {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly cluster: string;
  readonly nodeRole: string;
  readonly queue: string;
}): Statement[] {
  const { partition: P, region: R, accountId: A, cluster: C } = place;
  const ec2 = (type: string) => `arn:${P}:ec2:${R}:*:${type}/*`;
  const tagged = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"].map(
    ec2,
  );
  const profiles = `arn:${P}:iam::${A}:instance-profile/*`;
  const requestCluster = {
    [`aws:RequestTag/kubernetes.io/cluster/${C}`]: "owned",
    "aws:RequestTag/eks:eks-cluster-name": C,
  };
  const resourceCluster = { [`aws:ResourceTag/kubernetes.io/cluster/${C}`]: "owned" };
  const requestRegion = { "aws:RequestTag/topology.kubernetes.io/region": R };
  const resourceRegion = { "aws:ResourceTag/topology.kubernetes.io/region": R };
  const resourcePool = { "aws:ResourceTag/karpenter.sh/nodepool": "*" };
  const requestPool = { "aws:RequestTag/karpenter.sh/nodepool": "*" };
  const requestClass = { "aws:RequestTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  const resourceClass = { "aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  const allow = (Sid: string, Action: string[], Resource: string | string[], Condition?: Conditions): Statement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  });
  return [
    allow(
      "AllowScopedEC2InstanceAccessActions",
      ["ec2:RunInstances", "ec2:CreateFleet"],
      [
        `arn:${P}:ec2:${R}::image/*`,
        `arn:${P}:ec2:${R}::snapshot/*`,
        ...["security-group", "subnet", "capacity-reservation", "placement-group"].map(ec2),
      ],
    ),
    allow(
      "AllowScopedEC2LaunchTemplateAccessActions",
      ["ec2:RunInstances", "ec2:CreateFleet"],
      ec2("launch-template"),
      {
        StringEquals: resourceCluster,
        StringLike: resourcePool,
      },
    ),
    allow(
      "AllowScopedEC2InstanceActionsWithTags",
      ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
      tagged,
      { StringEquals: requestCluster, StringLike: requestPool },
    ),
    allow("AllowScopedResourceCreationTagging", ["ec2:CreateTags"], tagged, {
      StringEquals: { ...requestCluster, "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] },
      StringLike: requestPool,
    }),
    allow("AllowScopedResourceTagging", ["ec2:CreateTags"], ec2("instance"), {
      StringEquals: resourceCluster,
      StringLike: resourcePool,
      StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": C },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
    }),
    allow(
      "AllowScopedDeletion",
      ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      [ec2("instance"), ec2("launch-template")],
      { StringEquals: resourceCluster, StringLike: resourcePool },
    ),
    allow("AllowPassingInstanceRole", ["iam:PassRole"], place.nodeRole, {
      StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] },
    }),
    allow("AllowScopedInstanceProfileCreationActions", ["iam:CreateInstanceProfile"], profiles, {
      StringEquals: { ...requestCluster, ...requestRegion },
      StringLike: requestClass,
    }),
    allow("AllowScopedInstanceProfileTagActions", ["iam:TagInstanceProfile"], profiles, {
      StringEquals: { ...resourceCluster, ...resourceRegion, ...requestCluster, ...requestRegion },
      StringLike: { ...resourceClass, ...requestClass },
    }),
    allow(
      "AllowScopedInstanceProfileActions",
      ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
      profiles,
      { StringEquals: { ...resourceCluster, ...resourceRegion }, StringLike: resourceClass },
    ),
    allow("AllowAPIServerEndpointDiscovery", ["eks:DescribeCluster"], `arn:${P}:eks:${R}:${A}:cluster/${C}`),
    allow("AllowInterruptionQueueActions", ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], place.queue),
    allow("AllowZonalShiftStatusReadOnly", ["arc-zonal-shift:GetManagedResource"], "*", {
      StringEquals: { "arc-zonal-shift:ResourceIdentifier": `arn:${P}:eks:${R}:${A}:cluster/${C}` },
    }),
    allow(
      "AllowRegionalReadActions",
      [
        "CapacityReservations",
        "Images",
        "Instances",
        "InstanceStatus",
        "InstanceTypeOfferings",
        "InstanceTypes",
        "LaunchTemplates",
        "PlacementGroups",
        "SecurityGroups",
        "SpotPriceHistory",
        "Subnets",
      ].map((what) => `ec2:Describe${what}`),
      "*",
      { StringEquals: { "aws:RequestedRegion": R } },
    ),
    allow("AllowSSMReadActions", ["ssm:GetParameter"], `arn:${P}:ssm:${R}::parameter/aws/service/*`),
    allow("AllowPricingReadActions", ["pricing:GetProducts"], "*"),
    allow("AllowUnscopedInstanceProfileListAction", ["iam:ListInstanceProfiles"], "*"),
    allow("AllowInstanceProfileReadActions", ["iam:GetInstanceProfile"], profiles),
  ];
}
