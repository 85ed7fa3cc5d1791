import { Construct } from "constructs";
import { ModuleVariable, ModuleVariableProps } from "../../lib/module";
import * as aws from "../../lib/rules/aws";
import * as kubernetes from "../../lib/rules/kubernetes";
import { DEFAULT_KARPENTER_VERSION, karpenterVersion } from "../../lib/versions";

/** An optional string whose default is described in words. */
function optional(description: string, rule: ModuleVariableProps["rule"]): ModuleVariableProps {
  return { type: "string", description, default: null, rule };
}

function toggle(description: string): ModuleVariableProps {
  return { type: "bool", description, default: true };
}

function policyMap(whose: string): ModuleVariableProps {
  return {
    type: "map(string)",
    description: `More policies for ${whose}: a name of your choice to a policy ARN.`,
    default: {},
    rule: aws.additionalPolicies,
  };
}

const selectorType = "list(object({ namespace = string, labels = optional(map(string), {}) }))";

/** Every input of the published modules, written once; a module picks those it needs by name. */
export const INPUTS = {
  cluster_name: {
    type: "string",
    description: "Name of the EKS cluster, 1 to 100 characters.",
    rule: aws.clusterName,
  },
  cluster_endpoint: optional(
    "Address of the cluster's API server; when null, the controller asks EKS.",
    aws.clusterEndpoint,
  ),
  karpenter_version: {
    type: "string",
    description: "Release of Karpenter that the permissions and event rules are for.",
    default: DEFAULT_KARPENTER_VERSION,
    rule: karpenterVersion,
  },
  name_prefix: optional(
    "What generated names begin with; when null, the cluster's name. Clusters of one name in two regions of an account need one each.",
    aws.namePrefix,
  ),
  partition: optional("AWS partition; when null, the provider's.", aws.partition),
  region: optional("Region of the cluster; when null, the provider's.", aws.region),
  account_id: optional("Account of the cluster, 12 digits; when null, the provider's.", aws.accountId),
  permissions_boundary_arn: optional(
    "ARN of the policy that bounds every role made here; when null, none.",
    aws.permissionsBoundaryArn,
  ),
  iam_path: {
    type: "string",
    description: "IAM path of every role, policy and instance profile made here.",
    default: "/",
    rule: aws.iamPath,
  },
  tags: {
    type: "map(string)",
    description: "Tags of everything made here, beside the provider's default tags.",
    default: {},
    rule: aws.tags,
  },
  subnet_ids: {
    type: "list(string)",
    description: "Ids of the private subnets that Karpenter starts nodes in, and the controller's on Fargate.",
    rule: aws.subnetIds,
  },
  security_group_ids: {
    type: "list(string)",
    description: "Ids of the security groups of the nodes that Karpenter starts.",
    rule: aws.securityGroupIds,
  },
  namespace: {
    type: "string",
    description: "Namespace of the controller.",
    default: "karpenter",
    rule: kubernetes.namespace,
  },
  service_account_name: {
    type: "string",
    description: "Service account of the controller.",
    default: "karpenter",
    rule: kubernetes.serviceAccountName,
  },
  controller_identity: {
    type: "string",
    description:
      'How the controller becomes its role: "irsa", or "pod-identity" for a controller on nodes that run the EKS Pod Identity Agent.',
    default: "irsa",
    rule: aws.controllerIdentity,
  },
  oidc_provider_arn: optional(
    'ARN of the cluster\'s IAM OIDC provider; needed with controller_identity "irsa".',
    aws.oidcProviderArn,
  ),
  create_controller_role: toggle(
    "Whether to make the controller's role and policies; false takes controller_role_arn.",
  ),
  controller_role_arn: optional("ARN of a controller role of your own; when null, one is made.", aws.roleArn),
  controller_role_name: optional(
    "Name of the controller's role, up to 64 characters; when null, <cluster>-karpenter-controller.",
    aws.roleName,
  ),
  controller_additional_policies: policyMap("the controller's role"),
  additional_policies: policyMap("the role made here"),
  node_role_arns: {
    type: "list(string)",
    description: "ARNs of the roles that nodes run as; the controller may pass these and no others.",
    rule: aws.roleArns,
  },
  instance_profile_mode: {
    type: "string",
    description:
      'Who makes the nodes\' instance profile: "terraform", or "karpenter" for one of each EC2NodeClass, which needs more permissions.',
    default: "terraform",
    rule: aws.instanceProfileMode,
  },
  create_fargate_profile: toggle("Whether the controller runs on Fargate; false means on nodes you have."),
  fargate_subnet_ids: {
    type: "list(string)",
    description: "Ids of the private subnets of the controller; when null, subnet_ids.",
    default: null,
    rule: aws.subnetIds,
  },
  fargate_selectors: {
    type: selectorType,
    description: "Which pods run on Fargate, 1 to 5 selectors; when null, Karpenter's controller only.",
    default: null,
    rule: kubernetes.fargateSelectors,
  },
  selectors: {
    type: selectorType,
    description: "Which pods run on Fargate, 1 to 5 selectors.",
    default: [{ namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } }],
    rule: kubernetes.fargateSelectors,
  },
  create_pod_execution_role: toggle("Whether to make the pod execution role; false takes pod_execution_role_arn."),
  pod_execution_role_arn: optional("ARN of a pod execution role of your own; when null, one is made.", aws.roleArn),
  pod_execution_role_name: optional(
    "Name of the pod execution role, up to 64 characters; when null, <cluster>-karpenter-fargate.",
    aws.roleName,
  ),
  create_node_role: toggle("Whether to make the role of the nodes; false takes node_role_arn."),
  node_role_arn: optional("ARN of a node role of your own; when null, one is made.", aws.roleArn),
  node_role_name: optional(
    "Name of the node role, up to 64 characters; when null, <cluster>-karpenter-node.",
    aws.roleName,
  ),
  node_additional_policies: policyMap("the node role"),
  create_instance_profile: {
    type: "bool",
    description: 'Whether to make the nodes\' instance profile; when null, with instance_profile_mode "terraform".',
    default: null,
  },
  instance_profile_name: optional(
    "Name of the instance profile, made here or your own; when null, <cluster>-karpenter-instance-profile.",
    aws.instanceProfileName,
  ),
  create_access_entry: toggle(
    "Whether to make the node role's access entry; false leaves it to the aws-auth ConfigMap.",
  ),
  access_entry_type: {
    type: "string",
    description: "Type of the node role's access entry: EC2_LINUX or EC2_WINDOWS.",
    default: "EC2_LINUX",
    rule: aws.accessEntryType,
  },
  interruption_handling: toggle("Whether Karpenter acts on interruptions before they happen."),
  create_interruption_queue: toggle("Whether to make the interruption queue; false takes interruption_queue_arn."),
  interruption_queue_arn: optional(
    "ARN of an interruption queue of your own, for this cluster alone; when null, one is made.",
    aws.queueArn,
  ),
  interruption_queue_name: optional(
    "Name of the interruption queue, up to 80 characters; when null, <cluster>-karpenter.",
    aws.queueName,
  ),
  interruption_queue_kms_key_arn: optional(
    "ARN of a customer managed KMS key for the queue, which must let events.amazonaws.com use it; when null, SQS encrypts the queue itself.",
    aws.kmsKeyArn,
  ),
  discovery_subnet_ids: {
    type: "map(string)",
    description: "Subnets to tag with karpenter.sh/discovery: a name that is known at plan to a subnet id.",
    default: {},
    rule: aws.subnetIdMap,
  },
  discovery_security_group_ids: {
    type: "map(string)",
    description: "Security groups to tag with karpenter.sh/discovery: a name that is known at plan to a group id.",
    default: {},
    rule: aws.securityGroupIdMap,
  },
} as const satisfies Readonly<Record<string, ModuleVariableProps>>;

/** The name of an input. */
export type InputName = keyof typeof INPUTS;

/** Declares inputs of a module, in the given order. */
export function declareInputs<N extends InputName>(scope: Construct, names: readonly N[]): Record<N, ModuleVariable> {
  return Object.fromEntries(names.map((name) => [name, new ModuleVariable(scope, name, INPUTS[name])])) as Record<
    N,
    ModuleVariable
  >;
}
