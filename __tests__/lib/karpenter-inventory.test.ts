import type { KarpenterProps } from "../../lib";
import { Karpenter } from "../../lib";
import { PLACE, POLICY_ARN, PROVIDER_ARN, QUEUE_ARN, ROLE_ARN } from "../support/fixtures";
import { problemsOf, synth } from "../support/stack";

const PROPS: KarpenterProps = {
  ...PLACE,
  clusterName: "demo",
  oidcProviderArn: PROVIDER_ARN,
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
};
const OWN_PROFILE = { createInstanceProfile: false, instanceProfileName: "mine" };

const karpenter = (props: Partial<KarpenterProps> = {}) =>
  synth((stack) => new Karpenter(stack, "karpenter", { ...PROPS, ...props }));
const problems = (props: Partial<KarpenterProps>) =>
  problemsOf((stack) => new Karpenter(stack, "karpenter", { ...PROPS, ...props }));

const KINDS = [
  "eks_integration",
  "iam_integration",
  "interruption",
  "node_lifecycle",
  "resource_discovery",
  "zonal_shift",
];
const EVENTS = [
  "capacity_reservation_interruption",
  "health",
  "instance_state_change",
  "rebalance",
  "spot_interruption",
];

/** The addresses of each part, all below the id `karpenter`. */
const CONTROLLER = [
  "aws_iam_role.karpenter_controller",
  "data.aws_iam_policy_document.karpenter_controller_irsa_trust",
  "aws_iam_role_policy.karpenter_controller_inline_policy",
  "data.aws_iam_policy_document.karpenter_controller_policy_document",
  ...KINDS.map((kind) => `data.aws_iam_policy_document.karpenter_controller_policy_${kind}_document`),
];
const FARGATE_ROLE = [
  "aws_iam_role.karpenter_fargate_pod_execution_role",
  "aws_iam_role_policy_attachment.karpenter_fargate_amazon_eks_cni_policy",
  "aws_iam_role_policy_attachment.karpenter_fargate_amazon_eks_fargate_pod_execution_role_policy",
  "data.aws_iam_policy_document.karpenter_fargate_trust",
];
const FARGATE = ["aws_eks_fargate_profile.karpenter_fargate", ...FARGATE_ROLE];
const NODE_ROLE = [
  "aws_iam_role.karpenter_node",
  "aws_iam_role_policy_attachment.karpenter_node_amazon_ec2_container_registry_pull_only",
  "aws_iam_role_policy_attachment.karpenter_node_amazon_eks_cni_policy",
  "aws_iam_role_policy_attachment.karpenter_node_amazon_eks_worker_node_policy",
  "aws_iam_role_policy_attachment.karpenter_node_amazon_ssm_managed_instance_core",
  "data.aws_iam_policy_document.karpenter_node_trust",
];
const PROFILE_IDENTITY = ["terraform_data.karpenter_node_role_identity"];
const PROFILE = ["aws_iam_instance_profile.karpenter_node_instance_profile"];
const ENTRY_IDENTITY = ["terraform_data.karpenter_node_access_role_identity"];
const ENTRY = ["aws_eks_access_entry.karpenter_node_access"];
const QUEUE = [
  "aws_sqs_queue.karpenter_interruption",
  "data.aws_iam_policy_document.karpenter_interruption_queue_policy_document",
  ...EVENTS.flatMap((event) => [
    `aws_cloudwatch_event_rule.karpenter_interruption_${event}`,
    `aws_cloudwatch_event_target.karpenter_interruption_${event}_target`,
  ]),
];
const CHARTS = [
  "helm_release.karpenter_charts_controller",
  "helm_release.karpenter_charts_crd",
  "helm_release.karpenter_charts_flow_schemas",
  "helm_release.karpenter_charts_guard",
  "terraform_data.karpenter_charts_crds_installed",
  "terraform_data.karpenter_charts_installed",
];
const IDENTITY = "terraform_data.karpenter_node_in_use";
/** The one thing that is held against the provider: of region and account, the provider block says enough. */
const COMPARED = "data.aws_partition.karpenter_partition";
const ALL = [
  ...CONTROLLER,
  ...FARGATE,
  ...NODE_ROLE,
  ...PROFILE,
  ...PROFILE_IDENTITY,
  ...ENTRY,
  ...ENTRY_IDENTITY,
  ...QUEUE,
  ...CHARTS,
  IDENTITY,
  COMPARED,
].sort();
const SPOT = "aws_iam_service_linked_role.karpenter_spot";
const without = (...left: string[]) => ALL.filter((address) => !left.includes(address));
const OF_QUEUE_POLICY = CONTROLLER.filter((address) => address.includes("_interruption"));

describe("Karpenter's inventory", () => {
  test("is all of this by default", () => {
    expect(karpenter().addresses).toEqual(ALL);
  });

  test("has EC2's role for spot instances where asked", () => {
    expect(karpenter({ createSpotServiceLinkedRole: true }).addresses).toEqual([...ALL, SPOT].sort());
  });

  test.each<[string, Partial<KarpenterProps>, string[]]>([
    ["with a controller role of one's own", { controllerRoleArn: ROLE_ARN }, CONTROLLER],
    ["without a controller", { installController: false }, CHARTS],
    ["without a Fargate profile", { createFargateProfile: false }, FARGATE],
    ["with a pod execution role of one's own", { podExecutionRoleArn: ROLE_ARN }, FARGATE_ROLE],
    [
      "with a node role of one's own",
      { nodeRoleArn: ROLE_ARN },
      [...NODE_ROLE, ...PROFILE_IDENTITY, ...ENTRY_IDENTITY],
    ],
    ["with an instance profile of one's own", OWN_PROFILE, [...PROFILE, ...PROFILE_IDENTITY]],
    ["when Karpenter makes instance profiles", { instanceProfileMode: "karpenter" }, [...PROFILE, ...PROFILE_IDENTITY]],
    ["without an access entry", { createAccessEntry: false }, [...ENTRY, ...ENTRY_IDENTITY]],
    ["without interruption handling", { interruptionHandling: false }, [...QUEUE, ...OF_QUEUE_POLICY]],
    ["with a queue of one's own", { interruptionQueueArn: QUEUE_ARN }, QUEUE],
    [
      "with everything of one's own",
      {
        controllerRoleArn: ROLE_ARN,
        podExecutionRoleArn: ROLE_ARN,
        nodeRoleArn: ROLE_ARN,
        interruptionQueueArn: QUEUE_ARN,
        ...OWN_PROFILE,
      },
      without("aws_eks_fargate_profile.karpenter_fargate", ...ENTRY, ...CHARTS, IDENTITY, COMPARED),
    ],
  ])("%s lacks exactly what that replaces", (_, props, left) => {
    expect(karpenter(props).addresses).toEqual(without(...left));
    expect(problems(props)).toEqual([]);
  });

  test("has an association instead of the IRSA trust with Pod Identity", () => {
    const props = { controllerIdentity: "pod-identity", createFargateProfile: false } as const;
    const irsa = "data.aws_iam_policy_document.karpenter_controller_irsa_trust";
    expect(karpenter(props).addresses).toEqual(
      [
        ...without(irsa, ...FARGATE),
        "aws_eks_pod_identity_association.karpenter_controller_pod_identity",
        "data.aws_iam_policy_document.karpenter_controller_pod_identity_trust",
      ].sort(),
    );
  });

  test("has tags on subnets and security groups, and more policies, when they are asked for", () => {
    const synthesized = karpenter({
      discoverySubnetIds: { a: "subnet-1" },
      discoverySecurityGroupIds: { nodes: "sg-1" },
      controllerAdditionalPolicies: { extra: POLICY_ARN },
      nodeAdditionalPolicies: { extra: POLICY_ARN },
    });
    expect(synthesized.addresses.filter((address) => !ALL.includes(address))).toEqual([
      "aws_ec2_tag.karpenter_discovery_security_group",
      "aws_ec2_tag.karpenter_discovery_subnet",
      "aws_iam_role_policy_attachment.karpenter_controller_additional",
      "aws_iam_role_policy_attachment.karpenter_node_additional",
    ]);
  });

  test("asks the provider once for partition, region and account when it is not told", () => {
    const synthesized = karpenter({ partition: undefined, region: undefined, accountId: undefined });
    expect(synthesized.addresses.filter((address) => !ALL.includes(address))).toEqual([
      "data.aws_caller_identity.karpenter_caller",
      "data.aws_region.karpenter_region",
    ]);
  });

  test("does not collide with that of a second Karpenter in the same stack", () => {
    const synthesized = synth((stack) => {
      new Karpenter(stack, "one", PROPS);
      new Karpenter(stack, "two", { ...PROPS, clusterName: "other" });
    });
    expect(synthesized.addresses).toHaveLength(2 * ALL.length);
    expect(problemsOf((stack) => new Karpenter(stack, "one", PROPS))).toEqual([]);
  });
});
