import type { Statement } from "./policy";

type Conditions = NonNullable<Statement["Condition"]>;

/** A statement and the first and the last line whose template has it so; without a last one, it still does. */
type Row = readonly [from: string, to: string | undefined, statement: Statement];

/** Where a cluster is, and what its controller works with. */
export interface TemplateParameters {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly cluster: string;
  readonly nodeRole: string;
  readonly queue: string;
}

/**
 * What the controller may do by the CloudFormation template of a minor version from 0.29 on, written down from the templates
 * and not from this library: every statement in each of its forms, as a whole. The templates are those that are published,
 * `website/content/en/v<minor version>`, with what was corrected after the release: PassRole to the second name of EC2 from
 * 0.32 on, no `sqs:GetQueueAttributes` in 0.32, instance profiles as resources in 0.32 and 0.37, zonal shift in 1.12.
 * https://karpenter.sh/docs/reference/cloudformation/
 */
export function karpenterTemplate(line: string, parameters: TemplateParameters): Statement[] {
  return rows(parameters)
    .filter(([from, to]) => minor(from) <= minor(line) && (to === undefined || minor(line) <= minor(to)))
    .map(([, , statement]) => statement);
}

/** A line as a number that grows: 0.37 comes before 1.0. */
function minor(line: string): number {
  const [major, number] = line.split(".").map(Number);
  return major * 1000 + number;
}

function rows({ partition: P, region: R, accountId: A, cluster: C, nodeRole, queue }: TemplateParameters): Row[] {
  const ec2 = (...types: string[]) => types.map((type) => `arn:${P}:ec2:${R}:*:${type}/*`);
  const images = [`arn:${P}:ec2:${R}::image/*`, `arn:${P}:ec2:${R}::snapshot/*`];
  const instances = ["fleet", "instance", "volume", "network-interface"];
  const cluster = `arn:${P}:eks:${R}:${A}:cluster/${C}`;
  const profiles = `arn:${P}:iam::${A}:instance-profile/*`;
  const requestOwned = { [`aws:RequestTag/kubernetes.io/cluster/${C}`]: "owned" };
  const resourceOwned = { [`aws:ResourceTag/kubernetes.io/cluster/${C}`]: "owned" };
  const requestCluster = { "aws:RequestTag/eks:eks-cluster-name": C };
  const requestRegion = { "aws:RequestTag/topology.kubernetes.io/region": R };
  const resourceRegion = { "aws:ResourceTag/topology.kubernetes.io/region": R };
  const requestProvisioner = { "aws:RequestTag/karpenter.sh/provisioner-name": "*" };
  const resourceProvisioner = { "aws:ResourceTag/karpenter.sh/provisioner-name": "*" };
  const requestPool = { "aws:RequestTag/karpenter.sh/nodepool": "*" };
  const resourcePool = { "aws:ResourceTag/karpenter.sh/nodepool": "*" };
  const requestClass = { "aws:RequestTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  const resourceClass = { "aws:ResourceTag/karpenter.k8s.aws/ec2nodeclass": "*" };
  const created = { "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] };
  const run = ["ec2:RunInstances", "ec2:CreateFleet"];
  const runWithTags = [...run, "ec2:CreateLaunchTemplate"];
  const allow = (Sid: string, Action: string[], Resource: string | string[], Condition?: Conditions): Statement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  });

  const instanceActions = (...more: string[]) =>
    allow("AllowScopedEC2InstanceActions", run, [
      ...images,
      ...ec2("security-group", "subnet", "launch-template", ...more),
    ]);
  const access = (...more: string[]) =>
    allow("AllowScopedEC2InstanceAccessActions", run, [...images, ...ec2("security-group", "subnet", ...more)]);
  const withTags = (actions: string[], types: string[], Condition: Conditions) =>
    allow("AllowScopedEC2InstanceActionsWithTags", actions, ec2(...instances, ...types), Condition);
  const creationTagging = (types: string[], Condition: Conditions) =>
    allow("AllowScopedResourceCreationTagging", ["ec2:CreateTags"], ec2(...instances, "launch-template", ...types), {
      ...Condition,
      StringEquals: { ...Condition.StringEquals, ...created },
    });
  const deletion = (tag: Conditions[string]) =>
    allow(
      "AllowScopedDeletion",
      ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      ec2("instance", "launch-template"),
      { StringEquals: resourceOwned, StringLike: tag },
    );
  const passing = (...services: string[]) =>
    allow("AllowPassingInstanceRole", ["iam:PassRole"], nodeRole, {
      StringEquals: { "iam:PassedToService": services.length === 1 ? services[0] : services },
    });
  const regional = (...what: string[]) =>
    allow(
      "AllowRegionalReadActions",
      [
        "Images",
        "Instances",
        "InstanceTypeOfferings",
        "InstanceTypes",
        "LaunchTemplates",
        "SecurityGroups",
        "SpotPriceHistory",
        "Subnets",
        ...what,
      ].map((name) => `ec2:Describe${name}`),
      "*",
      { StringEquals: { "aws:RequestedRegion": R } },
    );
  const profileCreation = (Resource: string, tags: Conditions[string]) =>
    allow("AllowScopedInstanceProfileCreationActions", ["iam:CreateInstanceProfile"], Resource, {
      StringEquals: { ...requestOwned, ...requestRegion, ...tags },
      StringLike: requestClass,
    });
  const profileTagging = (Resource: string, tags: Conditions[string]) =>
    allow("AllowScopedInstanceProfileTagActions", ["iam:TagInstanceProfile"], Resource, {
      StringEquals: { ...resourceOwned, ...resourceRegion, ...requestOwned, ...requestRegion, ...tags },
      StringLike: { ...resourceClass, ...requestClass },
    });
  const profileActions = (Resource: string) =>
    allow(
      "AllowScopedInstanceProfileActions",
      ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
      Resource,
      { StringEquals: { ...resourceOwned, ...resourceRegion }, StringLike: resourceClass },
    );
  const profileRead = (Resource: string) =>
    allow("AllowInstanceProfileReadActions", ["iam:GetInstanceProfile"], Resource);
  const byProvisioner = { StringEquals: requestOwned, StringLike: requestProvisioner };
  const byPool = { StringEquals: requestOwned, StringLike: requestPool };
  const byPoolAndCluster = { StringEquals: { ...requestOwned, ...requestCluster }, StringLike: requestPool };

  return [
    ["0.29", "0.32", instanceActions("spot-instances-request")],
    ["0.33", "0.33", instanceActions()],
    ["0.34", "1.2", access()],
    ["1.3", "1.10", access("capacity-reservation")],
    ["1.11", undefined, access("capacity-reservation", "placement-group")],
    [
      "0.34",
      undefined,
      allow("AllowScopedEC2LaunchTemplateAccessActions", run, ec2("launch-template"), {
        StringEquals: resourceOwned,
        StringLike: resourcePool,
      }),
    ],
    ["0.29", "0.30", withTags(run, [], byProvisioner)],
    ["0.31", "0.31", withTags(runWithTags, ["launch-template"], byProvisioner)],
    ["0.32", "0.32", withTags(runWithTags, ["launch-template"], byPool)],
    ["0.33", "0.37", withTags(runWithTags, ["launch-template", "spot-instances-request"], byPool)],
    ["1.0", "1.2", withTags(runWithTags, ["launch-template", "spot-instances-request"], byPoolAndCluster)],
    [
      "1.3",
      "1.8",
      withTags(runWithTags, ["launch-template", "spot-instances-request", "capacity-reservation"], byPoolAndCluster),
    ],
    ["1.9", undefined, withTags(runWithTags, ["launch-template", "spot-instances-request"], byPoolAndCluster)],
    [
      "0.29",
      "0.30",
      allow("AllowScopedEC2LaunchTemplateActions", ["ec2:CreateLaunchTemplate"], ec2("launch-template"), byProvisioner),
    ],
    ["0.29", "0.31", creationTagging([], byProvisioner)],
    ["0.32", "0.32", creationTagging([], byPool)],
    ["0.33", "0.37", creationTagging(["spot-instances-request"], byPool)],
    ["1.0", undefined, creationTagging(["spot-instances-request"], byPoolAndCluster)],
    [
      "0.29",
      "0.31",
      allow("AllowMachineMigrationTagging", ["ec2:CreateTags"], ec2("instance"), {
        StringEquals: { ...resourceOwned, "aws:RequestTag/karpenter.sh/managed-by": C },
        StringLike: requestProvisioner,
        "ForAllValues:StringEquals": { "aws:TagKeys": ["karpenter.sh/provisioner-name", "karpenter.sh/managed-by"] },
      }),
    ],
    [
      "0.32",
      "0.37",
      allow("AllowScopedResourceTagging", ["ec2:CreateTags"], ec2("instance"), {
        StringEquals: resourceOwned,
        StringLike: resourcePool,
        "ForAllValues:StringEquals": { "aws:TagKeys": ["karpenter.sh/nodeclaim", "Name"] },
      }),
    ],
    [
      "1.0",
      undefined,
      allow("AllowScopedResourceTagging", ["ec2:CreateTags"], ec2("instance"), {
        StringEquals: resourceOwned,
        StringLike: resourcePool,
        StringEqualsIfExists: requestCluster,
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      }),
    ],
    ["0.29", "0.31", deletion(resourceProvisioner)],
    ["0.32", undefined, deletion(resourcePool)],
    ["0.29", "0.31", passing("ec2.amazonaws.com")],
    ["0.32", undefined, passing("ec2.amazonaws.com", "ec2.amazonaws.com.cn")],
    ["0.32", "0.32", profileCreation(profiles, {})],
    ["0.33", "0.36", profileCreation("*", {})],
    ["0.37", "0.37", profileCreation(profiles, {})],
    ["1.0", undefined, profileCreation(profiles, requestCluster)],
    ["0.32", "0.32", profileTagging(profiles, {})],
    ["0.33", "0.36", profileTagging("*", {})],
    ["0.37", "0.37", profileTagging(profiles, {})],
    ["1.0", undefined, profileTagging(profiles, requestCluster)],
    ["0.32", "0.32", profileActions(profiles)],
    ["0.33", "0.36", profileActions("*")],
    ["0.37", undefined, profileActions(profiles)],
    ["0.29", undefined, allow("AllowAPIServerEndpointDiscovery", ["eks:DescribeCluster"], cluster)],
    [
      "0.29",
      "0.31",
      allow(
        "AllowInterruptionQueueActions",
        ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
        queue,
      ),
    ],
    [
      "0.32",
      undefined,
      allow("AllowInterruptionQueueActions", ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], queue),
    ],
    [
      "1.12",
      undefined,
      allow("AllowZonalShiftStatusReadOnly", ["arc-zonal-shift:GetManagedResource"], "*", {
        StringEquals: { "arc-zonal-shift:ResourceIdentifier": cluster },
      }),
    ],
    ["0.29", "1.0", regional("AvailabilityZones")],
    ["1.1", "1.2", regional()],
    ["1.3", "1.10", regional("CapacityReservations")],
    ["1.11", "1.12", regional("CapacityReservations", "PlacementGroups")],
    ["1.13", undefined, regional("CapacityReservations", "PlacementGroups", "InstanceStatus")],
    ["1.12", "1.12", allow("AllowUnscopedEC2DescribeInstanceStatus", ["ec2:DescribeInstanceStatus"], "*")],
    ["0.29", "0.30", allow("AllowGlobalReadActions", ["pricing:GetProducts", "ssm:GetParameter"], "*")],
    [
      "0.31",
      undefined,
      allow("AllowSSMReadActions", ["ssm:GetParameter"], `arn:${P}:ssm:${R}::parameter/aws/service/*`),
    ],
    ["0.31", undefined, allow("AllowPricingReadActions", ["pricing:GetProducts"], "*")],
    ["1.7", undefined, allow("AllowUnscopedInstanceProfileListAction", ["iam:ListInstanceProfiles"], "*")],
    ["0.32", "0.32", profileRead(profiles)],
    ["0.33", "0.36", profileRead("*")],
    ["0.37", undefined, profileRead(profiles)],
  ];
}
