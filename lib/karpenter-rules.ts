import type { CrossRule } from "./inputs/cross-rule";
import { amiParameterRules } from "./inputs/catalog/ami-parameters";
import { controllerCrossRules, placementRules } from "./inputs/catalog/controller-cross-rules";
import { crdRules, unusedCrdRules } from "./inputs/catalog/crds";
import { karpenterRules } from "./inputs/catalog/cross-rules";
import { fargateLogGroupRules, fluentBitRules } from "./inputs/catalog/fargate-logging";
import { fargateSelectorRules } from "./inputs/catalog/fargate-rules";
import { controllerStatementRules } from "./inputs/catalog/iam-statements";
import { kubernetesRangeRules } from "./inputs/catalog/kubernetes-range";
import { newerVersionRules } from "./inputs/catalog/newer-version";
import { controllerPolicyRules, nodePolicyRules, podExecutionPolicyRules } from "./inputs/catalog/policy-rules";
import { queueOptionRules } from "./inputs/catalog/queue-rules";
import {
  unusedControllerRoleRules,
  unusedFargateLogGroupRules,
  unusedFargateLoggingRules,
  unusedInstanceProfileRules,
  unusedMonitoringRules,
  unusedNodeRoleRules,
  unusedOptionRules,
  unusedPartRules,
  unusedPodExecutionRoleRules,
  unusedQueueOptionRules,
  unusedQueueRules,
} from "./inputs/catalog/unused-rules";
import { objectGateRules } from "./node-objects/gated-objects";
import { networkRules } from "./node-objects/network-needs";

/** What is asked of the inputs of all of Karpenter together, at synth and at plan. */
export const rulesOfKarpenter: readonly CrossRule[] = [
  ...karpenterRules,
  ...networkRules,
  ...newerVersionRules,
  ...amiParameterRules,
  ...controllerStatementRules,
  ...kubernetesRangeRules,
  ...objectGateRules,
  ...fargateSelectorRules,
  ...nodePolicyRules("nodeAdditionalPolicies"),
  ...podExecutionPolicyRules,
  ...controllerPolicyRules("controllerAdditionalPolicies"),
  ...unusedControllerRoleRules,
  ...unusedNodeRoleRules("nodeAdditionalPolicies"),
  ...unusedPodExecutionRoleRules,
  ...fargateLogGroupRules,
  ...fluentBitRules,
  ...unusedFargateLogGroupRules,
  ...unusedFargateLoggingRules,
  ...queueOptionRules,
  ...unusedQueueRules,
  ...unusedQueueOptionRules,
  ...unusedOptionRules,
  ...unusedPartRules,
  ...unusedMonitoringRules,
  ...unusedInstanceProfileRules,
  ...controllerCrossRules,
  ...placementRules("createFargateProfile"),
  ...crdRules,
  ...unusedCrdRules,
];
