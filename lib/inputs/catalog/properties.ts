/** The properties of each construct, made of the catalogue's inputs: what a user may write, and what must be there. */
import type { Field, ObjectField } from "../field";
import { about, bool, construct, constructs, list, object, string, text } from "../field-builders";
import { BESIDE_INPUTS, SMOKE_TEST_NAMES } from "./beside";
import { CONTROLLER_OPTION_INPUTS } from "./controller";
import { INPUTS, inputs } from "./inputs";
import * as aws from "./aws";
import * as kubernetes from "./kubernetes";

const NAMING = inputs(["clusterName", "namePrefix"]);
const ENVIRONMENT = inputs(["partition", "region", "accountId"]);
const IAM = inputs(["permissionsBoundaryArn", "iamPath"]);
const TAGS = inputs(["tags"]);
const AWS_PROVIDER = { awsProvider: about("The AWS provider; when left out, the stack's.", construct) };
const HELM_PROVIDER = { helmProvider: about("The Helm provider; when left out, the stack's.", construct) };
const DEPENDS_ON = { dependsOn: about("What must be there before.", constructs) };

/** Where a part decides at plan what {@link Karpenter} decides at synth. */
function atPlan(fields: Readonly<Record<string, Field>>): Record<string, Field> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.kind === "bool" ? { ...field, atSynth: false } : field]),
  );
}

const CONTROLLER_POLICY = {
  ...NAMING,
  ...ENVIRONMENT,
  ...TAGS,
  ...AWS_PROVIDER,
  ...inputs(["iamPath"]),
  ...atPlan(
    inputs([
      "nodeRoleArns",
      "interruptionHandling",
      "interruptionQueueArn",
      "interruptionQueueKmsKeyArn",
      "instanceProfileMode",
      "rebootForRepair",
      "karpenterVersion",
      "allowNewerKarpenterVersion",
    ]),
  ),
};
export const CONTROLLER_POLICY_PROPERTIES = object(CONTROLLER_POLICY, ["clusterName", "nodeRoleArns"]);

export const CONTROLLER_ROLE_PROPERTIES = object(
  {
    ...CONTROLLER_POLICY,
    ...IAM,
    ...inputs(["controllerIdentity", "oidcProviderArn", "namespace", "serviceAccountName", "controllerRoleName"]),
    additionalPolicies: INPUTS.controllerAdditionalPolicies,
  },
  ["clusterName", "nodeRoleArns"],
);

export const IRSA_ROLE_PROPERTIES = object(
  {
    ...IAM,
    ...TAGS,
    ...AWS_PROVIDER,
    ...inputs(["oidcProviderArn"]),
    serviceAccounts: about(
      "The service accounts that may assume the role, each named exactly.",
      list(
        object(
          {
            namespace: about("Its namespace.", text(kubernetes.namespace)),
            name: about("Its name.", text(kubernetes.serviceAccountName)),
          },
          ["namespace", "name"],
        ),
        { min: 1 },
      ),
    ),
    roleName: about("Name of the role, up to 64 characters.", text(aws.roleName)),
    description: about("Description of the role.", string),
    policies: about("Policies to attach: a name of your choice to a policy ARN.", aws.additionalPolicies),
  },
  ["oidcProviderArn", "serviceAccounts", "roleName"],
);

export const FARGATE_PROFILE_PROPERTIES = object(
  {
    ...NAMING,
    ...ENVIRONMENT,
    ...IAM,
    ...TAGS,
    ...AWS_PROVIDER,
    subnetIds: INPUTS.fargateSubnetIds,
    ...atPlan(
      inputs([
        "selectors",
        "fargateProfileName",
        "createPodExecutionRole",
        "podExecutionRoleArn",
        "podExecutionRoleName",
      ]),
    ),
  },
  ["clusterName", "subnetIds"],
);

export const NODE_ROLE_PROPERTIES = object(
  {
    ...NAMING,
    ...ENVIRONMENT,
    ...IAM,
    ...TAGS,
    ...AWS_PROVIDER,
    ...atPlan(
      inputs([
        "createNodeRole",
        "nodeRoleArn",
        "nodeRoleName",
        "createInstanceProfile",
        "instanceProfileName",
        "karpenterVersion",
        "allowNewerKarpenterVersion",
      ]),
    ),
    additionalPolicies: INPUTS.nodeAdditionalPolicies,
  },
  ["clusterName"],
);

export const NODE_ACCESS_PROPERTIES = object(
  {
    ...inputs(["clusterName"]),
    ...TAGS,
    ...AWS_PROVIDER,
    ...atPlan(inputs(["nodeRoleArn", "nodeRoleUniqueId", "createAccessEntry", "accessEntryType"])),
  },
  ["clusterName", "nodeRoleArn"],
);

export const INTERRUPTION_QUEUE_PROPERTIES = object(
  {
    ...NAMING,
    ...TAGS,
    ...AWS_PROVIDER,
    ...inputs([
      "interruptionQueueName",
      "interruptionQueueKmsKeyArn",
      "karpenterVersion",
      "allowNewerKarpenterVersion",
    ]),
  },
  ["clusterName"],
);

export const DISCOVERY_TAGS_PROPERTIES = object(
  { ...AWS_PROVIDER, ...inputs(["clusterName", "discoverySubnetIds", "discoverySecurityGroupIds"]) },
  ["clusterName"],
);

const CHARTS = inputs(["chartRepository", "chartRepositoryUsername", "chartRepositoryPassword", "chartTimeout"]);

export const KARPENTER_CHARTS_PROPERTIES = object(
  {
    ...CHARTS,
    ...CONTROLLER_OPTION_INPUTS,
    ...HELM_PROVIDER,
    ...DEPENDS_ON,
    ...inputs([
      "clusterName",
      "clusterEndpoint",
      "karpenterVersion",
      "allowNewerKarpenterVersion",
      "interruptionQueueName",
      "serviceAccountName",
      "controllerRoleArn",
      "annotateRole",
      "onFargate",
      "namespace",
      "createNamespace",
    ]),
    defaultInstanceProfile: about(
      "Instance profile of nodes whose AWSNodeTemplate names none; Karpenter 0.27 to 0.31.",
      text(aws.instanceProfileName),
    ),
    ...inputs(["guardChart"]),
  },
  ["clusterName"],
);

const NODE_OBJECTS = inputs([
  "nodePools",
  "nodeClasses",
  "nodeOverlays",
  "capacityBuffers",
  "manifests",
  "completeManifests",
  "existingNodeClasses",
  "nodePoolsTimeout",
  "kubernetesVersion",
]);

export const NODE_POOLS_PROPERTIES = object(
  {
    ...NODE_OBJECTS,
    ...HELM_PROVIDER,
    ...DEPENDS_ON,
    ...inputs([
      "acknowledgeWarnings",
      "releaseName",
      "nodeClassDefaults",
      "karpenterVersion",
      "allowNewerKarpenterVersion",
      "namespace",
    ]),
    ...inputs(["nodePoolsChart"]),
  },
  [],
);

export const AWS_AUTH_PROPERTIES = object(
  {
    ...HELM_PROVIDER,
    kubernetesProvider: about("The Kubernetes provider; when left out, the stack's.", construct),
    mapRoles: BESIDE_INPUTS.mapRoles,
    dropOtherMappings: BESIDE_INPUTS.dropOtherMappings,
    ...inputs(["awsAuthChart"]),
  },
  ["mapRoles"],
);

export const SMOKE_TEST_PROPERTIES = object({
  ...SMOKE_TEST_NAMES,
  ...DEPENDS_ON,
  kubernetesProvider: about("The Kubernetes provider; when left out, the stack's.", construct),
  replicas: BESIDE_INPUTS.replicas,
  cpuPerReplica: BESIDE_INPUTS.cpuPerReplica,
  memoryPerReplica: BESIDE_INPUTS.memoryPerReplica,
  image: BESIDE_INPUTS.image,
});

/** Everything together, under the names that its user knows. */
export const KARPENTER_PROPERTIES: ObjectField = object(
  {
    ...NAMING,
    ...ENVIRONMENT,
    ...IAM,
    ...TAGS,
    ...AWS_PROVIDER,
    ...HELM_PROVIDER,
    ...CHARTS,
    ...CONTROLLER_OPTION_INPUTS,
    ...NODE_OBJECTS,
    ...inputs([
      "clusterEndpoint",
      "oidcProviderArn",
      "subnetIds",
      "securityGroupIds",
      "karpenterVersion",
      "allowNewerKarpenterVersion",
      "acknowledgeWarnings",
      "namespace",
      "serviceAccountName",
      "controllerIdentity",
      "createControllerRole",
      "controllerRoleArn",
      "controllerRoleName",
      "controllerAdditionalPolicies",
      "instanceProfileMode",
      "createFargateProfile",
      "fargateSubnetIds",
      "fargateSelectors",
      "fargateProfileName",
      "createPodExecutionRole",
      "podExecutionRoleArn",
      "podExecutionRoleName",
      "createNodeRole",
      "nodeRoleArn",
      "nodeRoleName",
      "nodeAdditionalPolicies",
      "additionalNodeRoleArns",
      "createInstanceProfile",
      "instanceProfileName",
      "createAccessEntry",
      "accessEntryType",
      "interruptionHandling",
      "createInterruptionQueue",
      "interruptionQueueArn",
      "interruptionQueueName",
      "interruptionQueueKmsKeyArn",
      "discoverySubnetIds",
      "discoverySecurityGroupIds",
      "installController",
      "createNamespace",
      "createNodePools",
      "guardChart",
      "nodePoolsChart",
    ]),
    createNamespace: { ...bool, description: INPUTS.createNamespace.description, default: true },
    nodesDependOn: about(
      "What the nodes and the controller need as long as there are any: NAT gateways, routes, VPC endpoints.",
      constructs,
    ),
  },
  ["clusterName"],
);
