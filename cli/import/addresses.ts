/**
 * Where the root module has what is taken over, below its call. These addresses are the contract of the modules, and change
 * with a `moved` block only; a test holds each to the modules as they are published.
 */

/** Each object by its part of the module and its resource there; `[]` has a key of its own in every call. */
export const ADDRESSES = {
  controllerRole: "controller_identity[0].aws_iam_role.controller",
  controllerPolicy: "controller_identity[0].aws_iam_role_policy.controller_inline_policy[0]",
  controllerInlinePolicy: "controller_identity[0].aws_iam_role_policy.controller_inline[]",
  controllerAttachment: "controller_identity[0].aws_iam_role_policy_attachment.controller_additional[]",
  podIdentity: "controller_identity[0].aws_eks_pod_identity_association.controller_pod_identity[0]",
  fargateProfile: "fargate_profile[0].aws_eks_fargate_profile.karpenter",
  podExecutionRole: "fargate_profile[0].aws_iam_role.karpenter_pod_execution_role[0]",
  podExecutionInlinePolicy: "fargate_profile[0].aws_iam_role_policy.karpenter_inline[]",
  podExecutionAttachment: "fargate_profile[0].aws_iam_role_policy_attachment.karpenter_additional[]",
  "podExecution AmazonEKSFargatePodExecutionRolePolicy":
    "fargate_profile[0].aws_iam_role_policy_attachment.karpenter_amazon_eks_fargate_pod_execution_role_policy[0]",
  "podExecution AmazonEKS_CNI_Policy":
    "fargate_profile[0].aws_iam_role_policy_attachment.karpenter_amazon_eks_cni_policy[0]",
  nodeRole: "node_identity.aws_iam_role.node[0]",
  nodeInlinePolicy: "node_identity.aws_iam_role_policy.node_inline[]",
  nodeAttachment: "node_identity.aws_iam_role_policy_attachment.node_additional[]",
  "node AmazonEKSWorkerNodePolicy":
    "node_identity.aws_iam_role_policy_attachment.node_amazon_eks_worker_node_policy[0]",
  "node AmazonEKS_CNI_Policy": "node_identity.aws_iam_role_policy_attachment.node_amazon_eks_cni_policy[0]",
  "node AmazonEC2ContainerRegistryPullOnly":
    "node_identity.aws_iam_role_policy_attachment.node_amazon_ec2_container_registry_pull_only[0]",
  "node AmazonEC2ContainerRegistryReadOnly":
    "node_identity.aws_iam_role_policy_attachment.node_amazon_ec2_container_registry_read_only[0]",
  "node AmazonSSMManagedInstanceCore":
    "node_identity.aws_iam_role_policy_attachment.node_amazon_ssm_managed_instance_core[0]",
  instanceProfile: "node_identity.aws_iam_instance_profile.node_instance_profile[0]",
  accessEntry: "node_identity.aws_eks_access_entry.node_access[0]",
  queue: "interruption_queue[0].aws_sqs_queue.interruption[0]",
  "rule health": "interruption_queue[0].aws_cloudwatch_event_rule.interruption_health[0]",
  "rule spot-interruption": "interruption_queue[0].aws_cloudwatch_event_rule.interruption_spot_interruption[0]",
  "rule rebalance": "interruption_queue[0].aws_cloudwatch_event_rule.interruption_rebalance[0]",
  "rule instance-state-change": "interruption_queue[0].aws_cloudwatch_event_rule.interruption_instance_state_change[0]",
  "rule capacity-reservation-interruption":
    "interruption_queue[0].aws_cloudwatch_event_rule.interruption_capacity_reservation_interruption[0]",
  "target health": "interruption_queue[0].aws_cloudwatch_event_target.interruption_health_target[0]",
  "target spot-interruption":
    "interruption_queue[0].aws_cloudwatch_event_target.interruption_spot_interruption_target[0]",
  "target rebalance": "interruption_queue[0].aws_cloudwatch_event_target.interruption_rebalance_target[0]",
  "target instance-state-change":
    "interruption_queue[0].aws_cloudwatch_event_target.interruption_instance_state_change_target[0]",
  "target capacity-reservation-interruption":
    "interruption_queue[0].aws_cloudwatch_event_target.interruption_capacity_reservation_interruption_target[0]",
  subnetTag: "discovery_tags.aws_ec2_tag.discovery_subnet[]",
  securityGroupTag: "discovery_tags.aws_ec2_tag.discovery_security_group[]",
  controllerRelease: "controller[0].helm_release.karpenter_controller",
  crdRelease: "controller[0].helm_release.karpenter_crd[0]",
} as const;

/** What may be taken over. */
export type Place = keyof typeof ADDRESSES;

/** The same below a {@link Karpenter} construct, by path; rules, targets and AWS's policies are called there as their places. */
const RESOURCES: Readonly<Record<Exclude<Place, `${string} ${string}`>, string>> = {
  controllerRole: "controller/Resource",
  controllerPolicy: "controller/inline-policy",
  controllerInlinePolicy: "controller/inline",
  controllerAttachment: "controller/additional",
  podIdentity: "controller/pod-identity",
  fargateProfile: "fargate/Resource",
  podExecutionRole: "fargate/pod-execution-role",
  podExecutionInlinePolicy: "fargate/inline",
  podExecutionAttachment: "fargate/additional",
  nodeRole: "node/Resource",
  nodeInlinePolicy: "node/inline",
  nodeAttachment: "node/additional",
  instanceProfile: "node/instance-profile",
  accessEntry: "node-access/Resource",
  queue: "interruption/Resource",
  subnetTag: "discovery/subnet",
  securityGroupTag: "discovery/security-group",
  controllerRelease: "charts/controller",
  crdRelease: "charts/crd",
};

/** The address below a call of the root module. */
export function addressIn(module: string, place: Place, key = ""): string {
  return `module.${module}.module.${ADDRESSES[place].replace("[]", `[${JSON.stringify(key)}]`)}`;
}

/** The path of the resource below a {@link Karpenter} construct. */
export function resourceIn(place: Place): string {
  const [whose, what = ""] = place.split(" ");
  switch (whose) {
    case "rule":
      return `interruption/${what}`;
    case "target":
      return `interruption/${what}-target`;
    case "podExecution":
      return `fargate/${what}`;
    case "node":
      return `node/${what}`;
    default:
      return RESOURCES[place as keyof typeof RESOURCES];
  }
}
