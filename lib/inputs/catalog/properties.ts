/**
 * The properties of each construct: groups of the catalogue's inputs. A new input stands in the group of the construct that
 * uses it, and so with whoever offers the group: the construct, {@link Karpenter}, the clusters file and the modules.
 */
import type { Field, ObjectField } from "../field";
import { about, bool, construct, constructs, list, object, text } from "../field-builders";
import { ACCEPTED_CHANGE_INPUTS } from "./accepted-change";
import * as beside from "./beside";
import * as charts from "./charts";
import * as crds from "./crds";
import * as cluster from "./cluster";
import * as controller from "./controller";
import * as identity from "./controller-identity";
import * as fargate from "./fargate";
import * as fargateLogging from "./fargate-logging";
import * as interruption from "./interruption";
import * as monitoring from "./monitoring";
import * as nodeObjects from "./node-objects";
import * as nodes from "./nodes";
import * as aws from "./aws";
import * as kubernetes from "./kubernetes";

type Fields = Readonly<Record<string, Field>>;

const AWS_PROVIDER = { awsProvider: about("The AWS provider; when left out, the stack's.", construct) };
const HELM_PROVIDER = { helmProvider: about("The Helm provider; when left out, the stack's.", construct) };
const KUBERNETES_PROVIDER = {
  kubernetesProvider: about("The Kubernetes provider; when left out, the stack's.", construct),
};
const DEPENDS_ON = { dependsOn: about("What must be there before.", constructs) };

/** Properties whose names the compiler knows. */
function properties<F extends Fields>(
  fields: F,
  required: readonly (keyof F & string)[] = [],
): Omit<ObjectField, "fields"> & { readonly fields: F } {
  return { ...object(fields, required), fields };
}

/** Where a part decides at plan what {@link Karpenter} decides at synth. */
function atPlan<F extends Fields>(fields: F): F {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      field.kind === "bool" || field.kind === "enum" ? { ...field, atSynth: false } : field,
    ]),
  ) as F;
}

const CONTROLLER_POLICY = {
  ...cluster.NAMING_INPUTS,
  ...cluster.ENVIRONMENT_INPUTS,
  ...cluster.TAG_INPUTS,
  ...AWS_PROVIDER,
  iamPath: cluster.IAM_INPUTS.iamPath,
  ...atPlan({
    ...identity.CONTROLLER_POLICY_NEEDS,
    interruptionHandling: interruption.INTERRUPTION_INPUTS.interruptionHandling,
    interruptionQueueArn: interruption.INTERRUPTION_INPUTS.interruptionQueueArn,
    interruptionQueueKmsKeyArn: interruption.INTERRUPTION_QUEUE_INPUTS.interruptionQueueKmsKeyArn,
    ...identity.CONTROLLER_POLICY_INPUTS,
    ...cluster.RELEASE_INPUTS,
  }),
};
export const CONTROLLER_POLICY_PROPERTIES = properties(
  {
    ...CONTROLLER_POLICY,
    createManagedPolicies: about("Whether to make managed policies; false leaves the statements to you.", bool, true),
  },
  ["clusterName", "nodeRoleArns"],
);

export const CONTROLLER_ROLE_PROPERTIES = properties(
  {
    ...CONTROLLER_POLICY,
    ...cluster.IAM_INPUTS,
    ...identity.CONTROLLER_ROLE_INPUTS,
    ...identity.SERVICE_ACCOUNT_INPUTS,
    additionalPolicies: identity.CONTROLLER_IDENTITY_INPUTS.controllerAdditionalPolicies,
  },
  ["clusterName", "nodeRoleArns"],
);

export const IRSA_ROLE_PROPERTIES = properties(
  {
    ...cluster.IAM_INPUTS,
    ...cluster.TAG_INPUTS,
    ...AWS_PROVIDER,
    oidcProviderArn: identity.CONTROLLER_ROLE_INPUTS.oidcProviderArn,
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
    description: about("Description of the role, up to 1000 characters.", text(aws.roleDescription)),
    policies: about(
      "Policies to attach: a name of your choice, which only a moved block may change, to a policy ARN.",
      aws.additionalPolicies,
    ),
  },
  ["oidcProviderArn", "serviceAccounts", "roleName"],
);

export const FARGATE_PROFILE_PROPERTIES = properties(
  {
    ...cluster.NAMING_INPUTS,
    ...cluster.ENVIRONMENT_INPUTS,
    ...cluster.IAM_INPUTS,
    ...cluster.TAG_INPUTS,
    ...cluster.IP_FAMILY_INPUTS,
    ...AWS_PROVIDER,
    ...fargate.FARGATE_PROFILE_NEEDS,
    ...fargate.FARGATE_PROFILE_NAME,
    ...atPlan({
      ...fargate.POD_EXECUTION_ROLE_INPUTS,
      ...fargateLogging.FARGATE_LOGGING_INPUTS,
      ...fargateLogging.FARGATE_LOG_GROUP_INPUTS,
    }),
  },
  ["clusterName", "subnetIds"],
);

export const NODE_ROLE_PROPERTIES = properties(
  {
    ...cluster.NAMING_INPUTS,
    ...cluster.ENVIRONMENT_INPUTS,
    ...cluster.IAM_INPUTS,
    ...cluster.TAG_INPUTS,
    ...cluster.IP_FAMILY_INPUTS,
    ...AWS_PROVIDER,
    ...atPlan(nodes.NODE_ROLE_INPUTS),
    ...cluster.RELEASE_INPUTS,
    ...ACCEPTED_CHANGE_INPUTS,
    additionalPolicies: nodes.NODE_INPUTS.nodeAdditionalPolicies,
  },
  ["clusterName"],
);

export const NODE_ACCESS_PROPERTIES = properties(
  {
    clusterName: cluster.NAMING_INPUTS.clusterName,
    ...cluster.TAG_INPUTS,
    ...AWS_PROVIDER,
    nodeRoleArn: nodes.NODE_ROLE_INPUTS.nodeRoleArn,
    ...nodes.NODE_ACCESS_NEEDS,
    ...atPlan(nodes.NODE_ACCESS_INPUTS),
  },
  ["clusterName", "nodeRoleArn"],
);

export const INTERRUPTION_QUEUE_PROPERTIES = properties(
  {
    ...cluster.NAMING_INPUTS,
    ...cluster.ENVIRONMENT_INPUTS,
    ...cluster.TAG_INPUTS,
    ...AWS_PROVIDER,
    ...atPlan({
      createInterruptionQueue: interruption.INTERRUPTION_INPUTS.createInterruptionQueue,
      interruptionQueueArn: interruption.INTERRUPTION_INPUTS.interruptionQueueArn,
      ...interruption.EVENT_RULE_INPUTS,
      ...interruption.INTERRUPTION_QUEUE_INPUTS,
    }),
    ...cluster.RELEASE_INPUTS,
  },
  ["clusterName"],
);

export const DISCOVERY_TAGS_PROPERTIES = properties(
  { ...AWS_PROVIDER, clusterName: cluster.NAMING_INPUTS.clusterName, ...nodes.DISCOVERY_TAGS_INPUTS },
  ["clusterName"],
);

export const KARPENTER_CHARTS_PROPERTIES = properties(
  {
    ...controller.CHART_INPUTS,
    ...controller.HELM_INPUTS,
    ...controller.HELM_HISTORY_INPUTS,
    ...controller.CONTROLLER_OPTION_INPUTS,
    clusterName: cluster.NAMING_INPUTS.clusterName,
    clusterEndpoint: cluster.CLUSTER_INPUTS.clusterEndpoint,
    ...cluster.RELEASE_INPUTS,
    ...ACCEPTED_CHANGE_INPUTS,
    ...HELM_PROVIDER,
    ...DEPENDS_ON,
    ...identity.SERVICE_ACCOUNT_INPUTS,
    controllerRoleArn: identity.CONTROLLER_IDENTITY_INPUTS.controllerRoleArn,
    interruptionQueueName: interruption.INTERRUPTION_QUEUE_INPUTS.interruptionQueueName,
    ...controller.CONTROLLER_NEEDS,
    ...controller.NAMESPACE_INPUTS,
    ...crds.CRD_INPUTS,
    ...charts.GUARD_CHART_INPUTS,
    ...charts.FLOW_SCHEMAS_CHART_INPUTS,
    defaultInstanceProfile: about(
      "Instance profile of nodes whose AWSNodeTemplate names none; Karpenter 0.27 to 0.31.",
      text(aws.instanceProfileName),
    ),
  },
  ["clusterName"],
);

export const FARGATE_LOGGING_PROPERTIES = properties(
  {
    ...fargateLogging.FARGATE_LOGGING_NEEDS,
    ...fargateLogging.FLUENT_BIT_INPUTS,
    ...charts.FARGATE_LOGGING_CHART_INPUTS,
    ...controller.HELM_HISTORY_INPUTS,
    ...HELM_PROVIDER,
    ...DEPENDS_ON,
  },
  ["region", "fargateLogGroupName"],
);

const NODE_OBJECTS = {
  ...nodeObjects.NODE_OBJECT_INPUTS,
  kubernetesVersion: cluster.CLUSTER_INPUTS.kubernetesVersion,
  ...charts.NODE_POOLS_CHART_INPUTS,
};

export const NODE_POOLS_PROPERTIES = properties({
  ...NODE_OBJECTS,
  ...nodeObjects.NODE_OBJECT_NEEDS,
  ...controller.HELM_HISTORY_INPUTS,
  ...HELM_PROVIDER,
  ...DEPENDS_ON,
  ...cluster.RELEASE_INPUTS,
  ...ACCEPTED_CHANGE_INPUTS,
  namespace: identity.SERVICE_ACCOUNT_INPUTS.namespace,
  ...cluster.WARNING_INPUTS,
});

export const MONITORING_PROPERTIES = properties({
  ...atPlan(monitoring.MONITORING_INPUTS),
  ...cluster.RELEASE_INPUTS,
  namespace: about(
    "Namespace of the PrometheusRule and of the dashboard's ConfigMap, which must be there.",
    text(kubernetes.namespace),
    "karpenter",
  ),
  ...charts.MONITORING_CHART_INPUTS,
  ...controller.HELM_HISTORY_INPUTS,
  ...HELM_PROVIDER,
  ...DEPENDS_ON,
});

export const AWS_AUTH_PROPERTIES = properties(
  { ...HELM_PROVIDER, ...KUBERNETES_PROVIDER, ...beside.AWS_AUTH_INPUTS, ...charts.AWS_AUTH_CHART_INPUTS },
  ["mapRoles"],
);

export const SMOKE_TEST_PROPERTIES = properties({
  ...beside.SMOKE_TEST_NAMES,
  ...DEPENDS_ON,
  ...KUBERNETES_PROVIDER,
  ...beside.SMOKE_TEST_INPUTS,
});

/** Everything together, under the names that its user knows. */
export const KARPENTER_PROPERTIES = properties(
  {
    ...cluster.NAMING_INPUTS,
    ...cluster.ENVIRONMENT_INPUTS,
    ...cluster.IAM_INPUTS,
    ...cluster.TAG_INPUTS,
    ...cluster.CLUSTER_INPUTS,
    ...cluster.IP_FAMILY_INPUTS,
    ...cluster.RELEASE_INPUTS,
    ...cluster.WARNING_INPUTS,
    ...ACCEPTED_CHANGE_INPUTS,
    ...NODE_OBJECTS,
    ...nodeObjects.NODE_POOLS_INPUTS,
    nodesDependOn: about(
      "What the nodes and the controller need as long as there are any: NAT gateways, routes, VPC endpoints.",
      constructs,
    ),
    ...controller.INSTALLATION_INPUTS,
    ...identity.SERVICE_ACCOUNT_INPUTS,
    ...controller.NAMESPACE_INPUTS,
    ...crds.CRD_INPUTS,
    ...controller.CONTROLLER_OPTION_INPUTS,
    ...controller.CHART_INPUTS,
    ...controller.HELM_INPUTS,
    ...controller.HELM_HISTORY_INPUTS,
    ...charts.GUARD_CHART_INPUTS,
    ...charts.FLOW_SCHEMAS_CHART_INPUTS,
    ...monitoring.MONITORING_INPUTS,
    ...charts.MONITORING_CHART_INPUTS,
    ...identity.CONTROLLER_IDENTITY_INPUTS,
    ...identity.CONTROLLER_ROLE_INPUTS,
    ...identity.CONTROLLER_POLICY_INPUTS,
    ...fargate.FARGATE_INPUTS,
    ...fargate.FARGATE_PROFILE_NAME,
    ...fargate.POD_EXECUTION_ROLE_INPUTS,
    ...fargateLogging.FARGATE_LOGGING_INPUTS,
    ...fargateLogging.FARGATE_LOG_GROUP_INPUTS,
    ...fargateLogging.FLUENT_BIT_INPUTS,
    ...charts.FARGATE_LOGGING_CHART_INPUTS,
    ...nodes.NODE_ROLE_INPUTS,
    ...nodes.NODE_INPUTS,
    ...nodes.SPOT_INPUTS,
    ...nodes.NODE_ACCESS_INPUTS,
    ...interruption.INTERRUPTION_INPUTS,
    ...interruption.EVENT_RULE_INPUTS,
    ...interruption.INTERRUPTION_QUEUE_INPUTS,
    ...nodes.DISCOVERY_TAGS_INPUTS,
    ...AWS_PROVIDER,
    ...HELM_PROVIDER,
  },
  ["clusterName"],
);
