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
import * as nodes from "./nodes";
import * as nodeObjects from "./node-objects";
import type { Field } from "../field";

/** Every input, written once; `properties.ts` says which construct takes which. */
export const INPUTS = {
  ...cluster.NAMING_INPUTS,
  ...cluster.CLUSTER_INPUTS,
  ...cluster.IP_FAMILY_INPUTS,
  ...cluster.RELEASE_INPUTS,
  ...cluster.WARNING_INPUTS,
  ...cluster.IAM_INPUTS,
  ...cluster.TAG_INPUTS,
  ...cluster.ENVIRONMENT_INPUTS,
  ...cluster.ENVIRONMENT_READING_INPUTS,
  ...identity.SERVICE_ACCOUNT_INPUTS,
  ...identity.CONTROLLER_POLICY_INPUTS,
  ...identity.CONTROLLER_POLICY_NEEDS,
  ...identity.CONTROLLER_ROLE_INPUTS,
  ...identity.CONTROLLER_IDENTITY_INPUTS,
  ...fargate.FARGATE_INPUTS,
  ...fargate.FARGATE_PROFILE_NEEDS,
  ...fargate.FARGATE_PROFILE_NAME,
  ...fargate.POD_EXECUTION_ROLE_INPUTS,
  ...fargateLogging.FARGATE_LOGGING_INPUTS,
  ...fargateLogging.FARGATE_LOG_GROUP_INPUTS,
  ...fargateLogging.FLUENT_BIT_INPUTS,
  ...nodes.NODE_ROLE_INPUTS,
  ...nodes.NODE_INPUTS,
  ...nodes.SPOT_INPUTS,
  ...nodes.NODE_ACCESS_INPUTS,
  ...nodes.NODE_ACCESS_NEEDS,
  ...nodes.DISCOVERY_TAGS_INPUTS,
  ...interruption.INTERRUPTION_INPUTS,
  ...interruption.EVENT_RULE_INPUTS,
  ...interruption.INTERRUPTION_QUEUE_INPUTS,
  ...ACCEPTED_CHANGE_INPUTS,
  ...controller.INSTALLATION_INPUTS,
  ...controller.NAMESPACE_INPUTS,
  ...crds.CRD_INPUTS,
  ...controller.CONTROLLER_OPTION_INPUTS,
  ...controller.CONTROLLER_NEEDS,
  ...controller.CHART_INPUTS,
  ...controller.HELM_INPUTS,
  ...controller.HELM_HISTORY_INPUTS,
  ...nodeObjects.NODE_OBJECT_INPUTS,
  ...nodeObjects.NODE_OBJECT_NEEDS,
  ...nodeObjects.NODE_POOLS_INPUTS,
  ...monitoring.MONITORING_INPUTS,
  ...beside.AWS_AUTH_INPUTS,
  ...beside.SMOKE_TEST_INPUTS,
  ...beside.CHECK_INPUTS,
  ...charts.GUARD_CHART_INPUTS,
  ...charts.FLOW_SCHEMAS_CHART_INPUTS,
  ...charts.FARGATE_LOGGING_CHART_INPUTS,
  ...charts.NODE_POOLS_CHART_INPUTS,
  ...charts.MONITORING_CHART_INPUTS,
  ...charts.AWS_AUTH_CHART_INPUTS,
  // Of the subnets of Karpenter's user, not of the Fargate profile's.
  subnetIds: cluster.CLUSTER_INPUTS.subnetIds,
} as const satisfies Readonly<Record<string, Field>>;

/** The name of an input, as TypeScript spells it. */
export type InputName = keyof typeof INPUTS;
