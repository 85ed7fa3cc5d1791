import { Construct } from "constructs";
import { ModuleVariable, ModuleVariableProps } from "../../lib/module";
import { CHART_REPOSITORY, chartRepository } from "../../lib/kubernetes/karpenter-charts";
import { nodeClassesRule } from "../../lib/kubernetes/node-checks";
import { featureGatesSchema, settingsSchema } from "../../lib/kubernetes/schemas/controller";
import { terraformType } from "../../lib/kubernetes/schemas/field";
import { nodeClassSchema, nodeOverlaySchema, nodePoolSchema } from "../../lib/kubernetes/schemas/objects";
import * as aws from "../../lib/rules/aws";
import * as kubernetes from "../../lib/rules/kubernetes";
import { snakeCase } from "../../lib/terraform/readable-stack";
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

/** Our own words are spelt as HCL spells them; the API's stay as they are. */
function snakeOwnWords(name: string): string {
  return ["nodeClass", "amiAlias", "allowLatestAmi"].includes(name) ? snakeCase(name) : name;
}

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
  chart_repository: {
    type: "string",
    description:
      "What holds the charts karpenter and karpenter-crd: an OCI registry (oci://…), a repository (https://…) or a folder.",
    default: CHART_REPOSITORY,
    rule: chartRepository,
  },
  chart_repository_username: {
    type: "string",
    description: "User of a registry of your own; null for the public one, which takes no login.",
    default: null,
  },
  chart_repository_password: {
    type: "string",
    description: "Password for a registry of your own.",
    default: null,
    sensitive: true,
  },
  chart_timeout: {
    type: "number",
    description: "How long Helm waits for the controller, in seconds.",
    default: 600,
  },
  create_namespace: toggle("Whether Helm makes the namespace."),
  on_fargate: toggle("Whether the controller runs on Fargate."),
  annotate_role: toggle("Whether the service account says which role it is; false with EKS Pod Identity."),
  controller_replicas: { type: "number", description: "How many controllers run; one of them leads.", default: 2 },
  controller_size: {
    type: 'object({ cpu = optional(string, "1"), memory = optional(string, "1Gi") })',
    description: "Cpu and memory of each controller; requests equal limits.",
    default: {},
  },
  settings: {
    type: terraformType(settingsSchema),
    description: "Settings of the karpenter chart, in its own words; what is left out is the chart's default.",
    default: {},
  },
  feature_gates: {
    type: terraformType(featureGatesSchema),
    description: "Feature gates of the karpenter chart, in its own words; what is left out is the chart's default.",
    default: {},
  },
  controller_helm_values: {
    type: "list(string)",
    description: "More values for the karpenter chart as YAML; they win over everything else, the last one most.",
    default: [],
  },
  node_pools: {
    type: `map(${terraformType(nodePoolSchema, snakeOwnWords)})`,
    description:
      "NodePools by name, in the API's own words without the nesting of its template; spec takes more as JSON.",
    default: {},
  },
  node_classes: {
    type: `map(${terraformType(nodeClassSchema, snakeOwnWords)})`,
    description:
      "EC2NodeClasses by name, in the API's own words; role, subnets and security groups are filled in; spec takes more as JSON.",
    default: {},
    rule: nodeClassesRule,
  },
  node_overlays: {
    type: `map(${terraformType(nodeOverlaySchema)})`,
    description: "NodeOverlays by name; they need the feature gate nodeOverlay.",
    default: {},
  },
  node_class_defaults: {
    type:
      "object({ role = optional(string), instanceProfile = optional(string), " +
      "subnetSelectorTerms = optional(list(object({ id = optional(string), tags = optional(map(string)) }))), " +
      "securityGroupSelectorTerms = optional(list(object({ id = optional(string), name = optional(string), tags = optional(map(string)) }))) })",
    description: "What EC2NodeClasses get where they say nothing themselves; takes node_class_spec of the root module.",
    default: {},
  },
  node_pools_timeout: {
    type: "number",
    description: "How long a destroy waits for nodes to drain and instances to end, in seconds.",
    default: 1800,
  },
  map_roles: {
    type: "list(object({ rolearn = string, username = string, groups = list(string) }))",
    description: "Every role mapping there shall be: aws_auth_roles of the root module, and all of your own.",
  },
  drop_other_mappings: {
    type: "bool",
    description: "Whether mappings that map_roles does not name may be dropped; otherwise the plan is refused.",
    default: false,
  },
  replicas: {
    type: "number",
    description: "How many pods ask for room; scale it up to see nodes come, and down to see them go.",
    default: 0,
  },
  cpu_per_replica: { type: "string", description: "Cpu that each pod asks for.", default: "1" },
  memory_per_replica: { type: "string", description: "Memory that each pod asks for.", default: "1.5Gi" },
  image: {
    type: "string",
    description: "A pause image, for clusters without a way out.",
    default: "public.ecr.aws/eks-distro/kubernetes/pause:3.7",
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
