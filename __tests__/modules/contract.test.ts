import { publishedModules } from "../../modules";

/** An input that a caller must set. */
const REQUIRED = Symbol("required");

interface Contract {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly string[];
  readonly addresses: readonly string[];
}

/**
 * What users of the published modules rest on. An input that goes, becomes required or gets another default, an output that
 * goes, or an address that changes without a `moved` block breaks them: it needs a new major version.
 */
const CONTRACTS: Readonly<Record<string, Contract>> = {
  "": {
    inputs: {
      cluster_name: REQUIRED,
      cluster_endpoint: null,
      oidc_provider_arn: null,
      subnet_ids: REQUIRED,
      security_group_ids: REQUIRED,
      karpenter_version: "1.14.3",
      kubernetes_version: null,
      node_pools: {},
      node_classes: {},
      node_overlays: {},
      create_node_pools: null,
      node_pools_timeout: 1800,
      nodes_depend_on: [],
      install_controller: true,
      namespace: "karpenter",
      create_namespace: true,
      service_account_name: "karpenter",
      controller_replicas: 2,
      controller_size: {},
      settings: {},
      feature_gates: {},
      aws_feature_gates: {},
      controller_tolerations: null,
      controller_topology_spread: null,
      controller_max_unavailable: null,
      controller_dns_policy: null,
      log_level: "info",
      service_monitor: false,
      service_monitor_labels: {},
      controller_helm_values: [],
      chart_repository: "oci://public.ecr.aws/karpenter",
      chart_repository_username: null,
      chart_repository_password: null,
      chart_timeout: 600,
      controller_identity: "irsa",
      create_controller_role: true,
      controller_role_arn: null,
      controller_role_name: null,
      controller_additional_policies: {},
      instance_profile_mode: "terraform",
      create_fargate_profile: true,
      fargate_subnet_ids: null,
      fargate_selectors: null,
      create_pod_execution_role: true,
      pod_execution_role_arn: null,
      pod_execution_role_name: null,
      create_node_role: true,
      node_role_arn: null,
      node_role_name: null,
      node_additional_policies: {},
      additional_node_role_arns: [],
      create_instance_profile: null,
      instance_profile_name: null,
      create_access_entry: true,
      access_entry_type: "EC2_LINUX",
      interruption_handling: true,
      create_interruption_queue: true,
      interruption_queue_arn: null,
      interruption_queue_name: null,
      interruption_queue_kms_key_arn: null,
      discovery_subnet_ids: {},
      discovery_security_group_ids: {},
      name_prefix: null,
      permissions_boundary_arn: null,
      iam_path: "/",
      tags: {},
      partition: null,
      region: null,
      account_id: null,
    },
    outputs: [
      "namespace",
      "service_account_name",
      "controller_role_arn",
      "controller_role_name",
      "node_role_arn",
      "node_role_name",
      "instance_profile_name",
      "access_entry_arn",
      "aws_auth_roles",
      "fargate_profile_name",
      "fargate_profile_arn",
      "pod_execution_role_arn",
      "interruption_queue_name",
      "interruption_queue_arn",
      "event_rule_arns",
      "helm_values",
      "node_class_spec",
      "controller_release",
      "node_pools_release",
    ],
    addresses: [
      "data.aws_caller_identity.current_caller",
      "data.aws_partition.current_partition",
      "data.aws_region.current_region",
      "module.controller",
      "module.controller_identity",
      "module.discovery_tags",
      "module.fargate_profile",
      "module.interruption_queue",
      "module.node_identity",
      "module.node_pools",
      "terraform_data.nodes_depend_on",
    ],
  },
  "modules/controller-identity": {
    inputs: {
      cluster_name: REQUIRED,
      controller_identity: "irsa",
      oidc_provider_arn: null,
      namespace: "karpenter",
      service_account_name: "karpenter",
      node_role_arns: REQUIRED,
      instance_profile_mode: "terraform",
      reboot_for_repair: false,
      interruption_handling: true,
      interruption_queue_arn: null,
      interruption_queue_kms_key_arn: null,
      karpenter_version: "1.14.3",
      controller_role_name: null,
      additional_policies: {},
      name_prefix: null,
      permissions_boundary_arn: null,
      iam_path: "/",
      tags: {},
      partition: null,
      region: null,
      account_id: null,
    },
    outputs: ["controller_role_arn", "controller_role_name", "controller_policy_arns", "pod_identity_association_id"],
    addresses: [
      "aws_eks_pod_identity_association.controller_pod_identity",
      "aws_iam_policy.controller_policy_eks_integration",
      "aws_iam_policy.controller_policy_iam_integration",
      "aws_iam_policy.controller_policy_interruption",
      "aws_iam_policy.controller_policy_node_lifecycle",
      "aws_iam_policy.controller_policy_resource_discovery",
      "aws_iam_policy.controller_policy_zonal_shift",
      "aws_iam_role.controller",
      "aws_iam_role_policy_attachment.controller_additional",
      "aws_iam_role_policy_attachment.controller_eks_integration",
      "aws_iam_role_policy_attachment.controller_iam_integration",
      "aws_iam_role_policy_attachment.controller_interruption",
      "aws_iam_role_policy_attachment.controller_node_lifecycle",
      "aws_iam_role_policy_attachment.controller_resource_discovery",
      "aws_iam_role_policy_attachment.controller_zonal_shift",
      "data.aws_caller_identity.current_caller",
      "data.aws_iam_policy_document.controller_irsa_trust",
      "data.aws_iam_policy_document.controller_pod_identity_trust",
      "data.aws_iam_policy_document.controller_policy_eks_integration_document",
      "data.aws_iam_policy_document.controller_policy_iam_integration_document",
      "data.aws_iam_policy_document.controller_policy_interruption_document",
      "data.aws_iam_policy_document.controller_policy_node_lifecycle_document",
      "data.aws_iam_policy_document.controller_policy_resource_discovery_document",
      "data.aws_iam_policy_document.controller_policy_zonal_shift_document",
      "data.aws_partition.current_partition",
      "data.aws_region.current_region",
    ],
  },
  "modules/fargate-profile": {
    inputs: {
      cluster_name: REQUIRED,
      subnet_ids: REQUIRED,
      selectors: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
      create_pod_execution_role: true,
      pod_execution_role_arn: null,
      pod_execution_role_name: null,
      name_prefix: null,
      permissions_boundary_arn: null,
      iam_path: "/",
      tags: {},
      partition: null,
      region: null,
      account_id: null,
    },
    outputs: [
      "fargate_profile_name",
      "fargate_profile_arn",
      "pod_execution_role_arn",
      "pod_execution_role_name",
      "aws_auth_role",
    ],
    addresses: [
      "aws_eks_fargate_profile.karpenter",
      "aws_iam_role.karpenter_pod_execution_role",
      "aws_iam_role_policy_attachment.karpenter_amazon_eks_cni_policy",
      "aws_iam_role_policy_attachment.karpenter_amazon_eks_fargate_pod_execution_role_policy",
      "data.aws_caller_identity.current_caller",
      "data.aws_iam_policy_document.karpenter_trust",
      "data.aws_partition.current_partition",
      "data.aws_region.current_region",
    ],
  },
  "modules/node-identity": {
    inputs: {
      cluster_name: REQUIRED,
      create_node_role: true,
      node_role_arn: null,
      node_role_name: null,
      additional_policies: {},
      create_instance_profile: null,
      instance_profile_name: null,
      create_access_entry: true,
      access_entry_type: "EC2_LINUX",
      karpenter_version: "1.14.3",
      name_prefix: null,
      permissions_boundary_arn: null,
      iam_path: "/",
      tags: {},
      partition: null,
    },
    outputs: [
      "node_role_arn",
      "node_role_name",
      "instance_profile_name",
      "instance_profile_arn",
      "access_entry_arn",
      "aws_auth_role",
    ],
    addresses: [
      "aws_eks_access_entry.node_access",
      "aws_iam_instance_profile.node_instance_profile",
      "aws_iam_role.node",
      "aws_iam_role_policy_attachment.node_additional",
      "aws_iam_role_policy_attachment.node_amazon_ec2_container_registry_pull_only",
      "aws_iam_role_policy_attachment.node_amazon_ec2_container_registry_read_only",
      "aws_iam_role_policy_attachment.node_amazon_eks_cni_policy",
      "aws_iam_role_policy_attachment.node_amazon_eks_worker_node_policy",
      "aws_iam_role_policy_attachment.node_amazon_ssm_managed_instance_core",
      "data.aws_iam_policy_document.node_trust",
      "data.aws_partition.current_partition",
      "terraform_data.node_access_role_identity",
      "terraform_data.node_role_identity",
    ],
  },
  "modules/interruption-queue": {
    inputs: {
      cluster_name: REQUIRED,
      interruption_queue_name: null,
      interruption_queue_kms_key_arn: null,
      karpenter_version: "1.14.3",
      name_prefix: null,
      tags: {},
    },
    outputs: ["interruption_queue_name", "interruption_queue_arn", "interruption_queue_url", "event_rule_arns"],
    addresses: [
      "aws_cloudwatch_event_rule.interruption_capacity_reservation_interruption",
      "aws_cloudwatch_event_rule.interruption_health",
      "aws_cloudwatch_event_rule.interruption_instance_state_change",
      "aws_cloudwatch_event_rule.interruption_rebalance",
      "aws_cloudwatch_event_rule.interruption_spot_interruption",
      "aws_cloudwatch_event_target.interruption_capacity_reservation_interruption_target",
      "aws_cloudwatch_event_target.interruption_health_target",
      "aws_cloudwatch_event_target.interruption_instance_state_change_target",
      "aws_cloudwatch_event_target.interruption_rebalance_target",
      "aws_cloudwatch_event_target.interruption_spot_interruption_target",
      "aws_sqs_queue.interruption",
      "aws_sqs_queue_policy.interruption_queue_policy",
      "data.aws_iam_policy_document.interruption_queue_policy_document",
    ],
  },
  "modules/discovery-tags": {
    inputs: {
      cluster_name: REQUIRED,
      discovery_subnet_ids: {},
      discovery_security_group_ids: {},
    },
    outputs: [],
    addresses: ["aws_ec2_tag.discovery_security_group", "aws_ec2_tag.discovery_subnet"],
  },
  "modules/controller": {
    inputs: {
      cluster_name: REQUIRED,
      cluster_endpoint: null,
      controller_role_arn: null,
      annotate_role: true,
      interruption_queue_name: null,
      on_fargate: true,
      karpenter_version: "1.14.3",
      namespace: "karpenter",
      create_namespace: true,
      service_account_name: "karpenter",
      controller_replicas: 2,
      controller_size: {},
      settings: {},
      feature_gates: {},
      aws_feature_gates: {},
      controller_tolerations: null,
      controller_topology_spread: null,
      controller_max_unavailable: null,
      controller_dns_policy: null,
      log_level: "info",
      service_monitor: false,
      service_monitor_labels: {},
      controller_helm_values: [],
      chart_repository: "oci://public.ecr.aws/karpenter",
      chart_repository_username: null,
      chart_repository_password: null,
      chart_timeout: 600,
    },
    outputs: ["release_name", "namespace"],
    addresses: ["helm_release.karpenter_controller", "helm_release.karpenter_crd", "helm_release.karpenter_guard"],
  },
  "modules/node-pools": {
    inputs: {
      node_pools: {},
      node_classes: {},
      node_overlays: {},
      node_class_defaults: {},
      karpenter_version: "1.14.3",
      namespace: "karpenter",
      node_pools_timeout: 1800,
    },
    outputs: ["release_name"],
    addresses: ["helm_release.karpenter"],
  },
  "modules/aws-auth": {
    inputs: { map_roles: REQUIRED, drop_other_mappings: false },
    outputs: [],
    addresses: ["data.kubernetes_config_map_v1.aws_auth_live", "helm_release.aws_auth"],
  },
  "modules/smoke-test": {
    inputs: {
      replicas: 0,
      cpu_per_replica: "1",
      memory_per_replica: "1.5Gi",
      image: "public.ecr.aws/eks-distro/kubernetes/pause:3.7",
    },
    outputs: [],
    addresses: ["kubernetes_deployment_v1.inflate"],
  },
};

function addressesOf(json: Readonly<Record<string, unknown>>): string[] {
  const names = (part: unknown, prefix: string) =>
    Object.keys((part ?? {}) as object).map((name) => `${prefix}${name}`);
  const typed = (part: unknown, prefix: string) =>
    Object.entries((part ?? {}) as Record<string, object>).flatMap(([type, byName]) =>
      names(byName, `${prefix}${type}.`),
    );
  return [...typed(json.resource, ""), ...typed(json.data, "data."), ...names(json.module, "module.")].sort();
}

const modules = publishedModules().map((stack) => ({ path: stack.props.path, stack, json: stack.toModule() }));

describe("the published modules", () => {
  test("have a contract each", () => {
    expect(modules.map(({ path }) => path)).toEqual(Object.keys(CONTRACTS));
  });
});

describe.each(modules)('the contract of the module "$path"', ({ path, stack, json }) => {
  test("holds for its inputs with their defaults, in this order", () => {
    const inputs = stack.variables.map(({ name, required, props }) => [name, required ? REQUIRED : props.default]);
    expect(inputs).toEqual(Object.entries(CONTRACTS[path].inputs));
  });

  test("holds for its outputs", () => {
    expect(Object.keys((json.output ?? {}) as object)).toEqual(CONTRACTS[path].outputs);
  });

  test("holds for the addresses of all it makes, reads and calls", () => {
    expect(addressesOf(json)).toEqual(CONTRACTS[path].addresses);
  });
});
