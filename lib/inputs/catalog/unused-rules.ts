/**
 * What is said of something that is not made would be lost, and is refused: an existing role or queue stays as it is, whatever
 * is said of the name or the policies of one made here.
 */
import { isDeepStrictEqual } from "node:util";
import { hclString } from "../../terraform/expression";
import { isGiven, without } from "../../terraform/known-values";
import type { CrossRule } from "../cross-rule";
import type { Field } from "../field";
import type { Predicate } from "../predicate";
import { all, any, given, implies, is, not, predicate } from "../predicate";
import { CONTROLLER_IDENTITY_INPUTS, CONTROLLER_POLICY_INPUTS, CONTROLLER_ROLE_INPUTS } from "./controller-identity";
import { CHART_INPUTS, CONTROLLER_OPTION_INPUTS, HELM_INPUTS } from "./controller";
import {
  FARGATE_LOGGING_CHART_INPUTS,
  FLOW_SCHEMAS_CHART_INPUTS,
  GUARD_CHART_INPUTS,
  MONITORING_CHART_INPUTS,
  NODE_POOLS_CHART_INPUTS,
} from "./charts";
import { FARGATE_INPUTS, FARGATE_PROFILE_NAME, POD_EXECUTION_ROLE_INPUTS } from "./fargate";
import { FARGATE_LOG_GROUP_INPUTS, FLUENT_BIT_INPUTS } from "./fargate-logging";
import { EVENT_RULE_INPUTS, INTERRUPTION_INPUTS, INTERRUPTION_QUEUE_INPUTS } from "./interruption";
import { MONITORING_INPUTS } from "./monitoring";
import { NODE_OBJECT_INPUTS } from "./node-objects";
import { NODE_ACCESS_INPUTS, NODE_INPUTS, NODE_ROLE_INPUTS } from "./nodes";

type Inputs = Readonly<Record<string, Field>>;

/** Nothing is said of an input, or what holds without it. */
function isDefault(name: string, { default: value = null }: Field): Predicate {
  return predicate(
    ({ [name]: given }) => !isGiven(given) || isDeepStrictEqual(given, value),
    (at) => (value === null ? `${at(name)} == null` : `jsonencode(${at(name)}) == ${hclString(JSON.stringify(value))}`),
  );
}

/** Of what is made where there is no existing one. */
function beside(existing: string, toggle: string, inputs: Inputs): CrossRule[] {
  return Object.entries(inputs).map(([name, field]) => ({
    refusal:
      `"{${name}}" is <${name}>, but must be left out with "{${existing}}": it is about one made here, and an existing one ` +
      "stays as it is; leave one of the two out",
    condition: implies(all(is(toggle, false), given(existing)), isDefault(name, field)),
    about: [toggle],
  }));
}

/** On the role of the controller. */
export const unusedControllerRoleRules = beside("controllerRoleArn", "createControllerRole", {
  ...without(CONTROLLER_ROLE_INPUTS, "controllerIdentity", "oidcProviderArn"),
  controllerAdditionalPolicies: CONTROLLER_IDENTITY_INPUTS.controllerAdditionalPolicies,
  amiParameterArns: CONTROLLER_POLICY_INPUTS.amiParameterArns,
  ebsKmsKeyArns: CONTROLLER_POLICY_INPUTS.ebsKmsKeyArns,
});

/** On the role of nodes; its policies have another name where the role stands alone. */
export const unusedNodeRoleRules = (policies: "nodeAdditionalPolicies" | "additionalPolicies"): readonly CrossRule[] =>
  beside("nodeRoleArn", "createNodeRole", {
    nodeRoleName: NODE_ROLE_INPUTS.nodeRoleName,
    nodeCniPolicy: NODE_ROLE_INPUTS.nodeCniPolicy,
    nodeSsmPolicy: NODE_ROLE_INPUTS.nodeSsmPolicy,
    nodeRoleDescription: NODE_ROLE_INPUTS.nodeRoleDescription,
    nodeInlinePolicies: NODE_ROLE_INPUTS.nodeInlinePolicies,
    [policies]: NODE_INPUTS.nodeAdditionalPolicies,
  });

/** On the pod execution role. */
export const unusedPodExecutionRoleRules = beside("podExecutionRoleArn", "createPodExecutionRole", {
  podExecutionRoleName: POD_EXECUTION_ROLE_INPUTS.podExecutionRoleName,
  podExecutionRoleCniPolicy: POD_EXECUTION_ROLE_INPUTS.podExecutionRoleCniPolicy,
  podExecutionRoleAdditionalPolicies: POD_EXECUTION_ROLE_INPUTS.podExecutionRoleAdditionalPolicies,
  podExecutionRoleDescription: POD_EXECUTION_ROLE_INPUTS.podExecutionRoleDescription,
  podExecutionInlinePolicies: POD_EXECUTION_ROLE_INPUTS.podExecutionInlinePolicies,
});

/** On the interruption queue; the key of an existing one is needed to read it. */
export const unusedQueueRules = beside(
  "interruptionQueueArn",
  "createInterruptionQueue",
  without(INTERRUPTION_QUEUE_INPUTS, "interruptionQueueKmsKeyArn"),
);

/** What only counts with something else. `why` says what it is without it; a clause. */
function onlyBeside(needed: Predicate, without: string, why: string, remedy: string, inputs: Inputs): CrossRule[] {
  return Object.entries(inputs).map(([name, field]) => ({
    refusal: `"{${name}}" is <${name}>, but must be left out ${without}: ${why}; ${remedy}, or leave this out`,
    condition: any(needed, isDefault(name, field)),
  }));
}

const queueInputs = INTERRUPTION_QUEUE_INPUTS;

/** On what of the queue and its rules only counts with something else. */
export const unusedQueueOptionRules: readonly CrossRule[] = [
  ...onlyBeside(
    any(given("interruptionQueueKmsKeyArn"), is("createInterruptionQueue", false)),
    'without "{interruptionQueueKmsKeyArn}"',
    "SQS asks KMS for nothing then",
    "give the key",
    { interruptionQueueKmsDataKeyReusePeriod: queueInputs.interruptionQueueKmsDataKeyReusePeriod },
  ),
  ...onlyBeside(
    any(is("createInterruptionQueueAlarm", true), is("createInterruptionQueue", false)),
    'while "{createInterruptionQueueAlarm}" is false',
    "there is no alarm",
    'set "{createInterruptionQueueAlarm}" to true',
    {
      interruptionQueueAlarmThreshold: queueInputs.interruptionQueueAlarmThreshold,
      interruptionQueueAlarmActions: queueInputs.interruptionQueueAlarmActions,
    },
  ),
  ...onlyBeside(
    any(is("createEventRules", true), all(not(given("createEventRules")), not(is("createInterruptionQueue", false)))),
    "where no rules are made",
    '"{createEventRules}" is <createEventRules>, and with a queue of your own that has to be true',
    'set "{createEventRules}" to true',
    { eventRuleNames: EVENT_RULE_INPUTS.eventRuleNames },
  ),
];

/** Of what is made only where a toggle is true. */
function onlyWith(toggle: string, purpose: string, inputs: Inputs): CrossRule[] {
  return onlyBeside(
    is(toggle, true),
    `while "{${toggle}}" is false`,
    `there is nothing to ${purpose}`,
    `set "{${toggle}}" to true`,
    inputs,
  );
}

/** On what only counts with something else that is left out. */
export const unusedOptionRules: readonly CrossRule[] = [
  ...onlyWith("serviceMonitor", "label", { serviceMonitorLabels: CONTROLLER_OPTION_INPUTS.serviceMonitorLabels }),
  {
    refusal:
      '"{flowSchemasChart}" is <flowSchemasChart>, but must be left out while "{createFlowSchemas}" is false: nothing is made ' +
      "of it; leave one of the two out",
    condition: implies(is("createFlowSchemas", false), not(given("flowSchemasChart"))),
  },
];

const ofLogGroup = FARGATE_LOG_GROUP_INPUTS;

/** On the log group of pods on Fargate. */
export const unusedFargateLogGroupRules: readonly CrossRule[] = [
  ...onlyBeside(
    is("fargateLogging", "managed", "existing"),
    'while "{fargateLogging}" is "none"',
    "pods on Fargate write to no log group",
    'set "{fargateLogging}" to "managed"',
    {
      createFargateLogGroup: ofLogGroup.createFargateLogGroup,
      fargateLogGroupName: ofLogGroup.fargateLogGroupName,
    },
  ),
  ...onlyBeside(
    any(is("createFargateLogGroup", true), all(not(given("createFargateLogGroup")), is("fargateLogging", "managed"))),
    "where no log group is made",
    '"{fargateLogging}" is <fargateLogging> and "{createFargateLogGroup}" <createFargateLogGroup>',
    'set "{fargateLogging}" to "managed", or "{createFargateLogGroup}" to true',
    {
      fargateLogRetentionDays: ofLogGroup.fargateLogRetentionDays,
      fargateLogKmsKeyArn: ofLogGroup.fargateLogKmsKeyArn,
    },
  ),
];

/** Of what is made unless a toggle is false. */
const notSwitchedOff = (toggle: string, why: string, inputs: Inputs): CrossRule[] =>
  onlyBeside(not(is(toggle, false)), `while "{${toggle}}" is false`, why, `set "{${toggle}}" to true`, inputs);

/** On parts of all of Karpenter that are switched off. A second toggle that says the same is let be. */
export const unusedPartRules: readonly CrossRule[] = [
  ...notSwitchedOff("createFargateProfile", "no Fargate profile is made", {
    ...without(FARGATE_INPUTS, "createFargateProfile"),
    ...FARGATE_PROFILE_NAME,
    ...POD_EXECUTION_ROLE_INPUTS,
  }),
  ...notSwitchedOff("interruptionHandling", "there is no queue and no rule", {
    interruptionQueueArn: INTERRUPTION_INPUTS.interruptionQueueArn,
    eventRuleNames: EVENT_RULE_INPUTS.eventRuleNames,
    ...queueInputs,
  }),
  {
    refusal:
      '"{createEventRules}" is true, but must be false while "{interruptionHandling}" is false: there is no queue and no rule; ' +
      "leave one of the two out",
    condition: implies(is("interruptionHandling", false), not(is("createEventRules", true))),
  },
  ...notSwitchedOff("createAccessEntry", "no access entry is made", {
    accessEntryType: NODE_ACCESS_INPUTS.accessEntryType,
  }),
  ...notSwitchedOff("installController", "the controller is not installed here", {
    chartRepository: CHART_INPUTS.chartRepository,
    chartRepositoryCaFile: CHART_INPUTS.chartRepositoryCaFile,
    chartTimeout: CHART_INPUTS.chartTimeout,
    ...HELM_INPUTS,
    ...GUARD_CHART_INPUTS,
    ...FLOW_SCHEMAS_CHART_INPUTS,
  }),
  ...notSwitchedOff("createNodePools", "the objects are not made here", {
    nodePoolsTimeout: NODE_OBJECT_INPUTS.nodePoolsTimeout,
    ...NODE_POOLS_CHART_INPUTS,
  }),
  ...onlyBeside(
    any(is("prometheusRule", true), is("grafanaDashboard", true)),
    "without alerts and a dashboard",
    "nothing is made of it",
    'set "{prometheusRule}" or "{grafanaDashboard}" to true',
    MONITORING_CHART_INPUTS,
  ),
];

/** On the log router of pods on Fargate. */
export const unusedFargateLoggingRules: readonly CrossRule[] = [
  {
    refusal:
      '"{fargateLogging}" is <fargateLogging>, but must be "none" while "{createFargateProfile}" is false: the logs are those of ' +
      "pods of the profile made here; leave one of the two out",
    condition: implies(is("createFargateProfile", false), is("fargateLogging", "none")),
  },
  ...onlyBeside(
    is("fargateLogging", "managed"),
    'while "{fargateLogging}" is <fargateLogging>',
    "the ConfigMap aws-logging is not made here",
    'set "{fargateLogging}" to "managed"',
    { ...FLUENT_BIT_INPUTS, ...FARGATE_LOGGING_CHART_INPUTS },
  ),
];

/** On the alerts and the dashboard. */
export const unusedMonitoringRules: readonly CrossRule[] = [
  ...onlyWith("prometheusRule", "label", { prometheusRuleLabels: MONITORING_INPUTS.prometheusRuleLabels }),
  ...onlyWith("prometheusRule", "link", { runbookUrl: MONITORING_INPUTS.runbookUrl }),
  ...onlyWith("grafanaDashboard", "label", { grafanaDashboardLabels: MONITORING_INPUTS.grafanaDashboardLabels }),
  ...onlyWith("grafanaDashboard", "annotate", {
    grafanaDashboardAnnotations: MONITORING_INPUTS.grafanaDashboardAnnotations,
  }),
];

/** On the instance profile of nodes. */
export const unusedInstanceProfileRules: readonly CrossRule[] = [
  {
    refusal:
      '"{instanceProfileName}" is <instanceProfileName>, but must be left out while "{instanceProfileMode}" is "karpenter": ' +
      "Karpenter makes a profile for each EC2NodeClass, under names of its own; leave one of the two out",
    condition: implies(
      all(is("instanceProfileMode", "karpenter"), not(is("createInstanceProfile", true))),
      not(given("instanceProfileName")),
    ),
  },
];
