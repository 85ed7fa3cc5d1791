import { Token } from "cdktf";
import { checkCommon } from "./aws/common-props";
import { checkControllerOptions } from "./kubernetes/controller-options";
import { chartRepository } from "./kubernetes/karpenter-charts";
import { checkNodeObjects } from "./node-objects/node-checks";
import { KarpenterProps } from "./karpenter-props";
import * as rules from "./inputs/catalog/aws";
import { identityRules, karpenterRules, nodeRoleRules, podExecutionRoleRules } from "./inputs/cross-rules";
import * as kubernetesRules from "./inputs/catalog/kubernetes";
import { Problems } from "./inputs/problems";
import { timeout } from "./inputs/catalog/values";
import { karpenterVersion, kubernetesRangeRules, kubernetesVersion, podIdentityRules } from "./release";
import { atRelease, DEFAULT_KARPENTER_VERSION, minorVersionOf } from "./versions";

/** Holds all properties of Karpenter against their rules, under the names that its user knows. */
export function checkKarpenter(problems: Problems, props: KarpenterProps): void {
  problems
    .require("clusterName", props.clusterName, rules.clusterName)
    .check("clusterEndpoint", props.clusterEndpoint, rules.clusterEndpoint)
    .check("karpenterVersion", props.karpenterVersion, karpenterVersion)
    .check("kubernetesVersion", props.kubernetesVersion, kubernetesVersion)
    .require("subnetIds", props.subnetIds, rules.subnetIds)
    .require("securityGroupIds", props.securityGroupIds, rules.securityGroupIds)
    .check("controllerIdentity", props.controllerIdentity, rules.controllerIdentity)
    .check("oidcProviderArn", props.oidcProviderArn, rules.oidcProviderArn)
    .check("namespace", props.namespace, kubernetesRules.namespace)
    .check("serviceAccountName", props.serviceAccountName, kubernetesRules.serviceAccountName)
    .check("controllerRoleArn", props.controllerRoleArn, rules.roleArn)
    .check("controllerRoleName", props.controllerRoleName, rules.roleName)
    .check("controllerAdditionalPolicies", props.controllerAdditionalPolicies, rules.additionalPolicies)
    .check("fargateSubnetIds", props.fargateSubnetIds, rules.subnetIds)
    .check(
      "fargateSelectors",
      props.fargateSelectors as readonly kubernetesRules.FargateProfileSelector[] | undefined,
      kubernetesRules.fargateSelectors,
    )
    .check("fargateProfileName", props.fargateProfileName, rules.fargateProfileName)
    .check("podExecutionRoleArn", props.podExecutionRoleArn, rules.roleArn)
    .check("podExecutionRoleName", props.podExecutionRoleName, rules.roleName)
    .check("nodeRoleArn", props.nodeRoleArn, rules.roleArn)
    .check("nodeRoleName", props.nodeRoleName, rules.roleName)
    .check("nodeAdditionalPolicies", props.nodeAdditionalPolicies, rules.additionalPolicies)
    .check("additionalNodeRoleArns", props.additionalNodeRoleArns, rules.additionalNodeRoleArns)
    .check("instanceProfileMode", props.instanceProfileMode, rules.instanceProfileMode)
    .check("instanceProfileName", props.instanceProfileName, rules.instanceProfileName)
    .check("accessEntryType", props.accessEntryType, rules.accessEntryType)
    .check("interruptionQueueName", props.interruptionQueueName, rules.queueName)
    .check("interruptionQueueArn", props.interruptionQueueArn, rules.queueArn)
    .check("interruptionQueueKmsKeyArn", props.interruptionQueueKmsKeyArn, rules.kmsKeyArn)
    .check("discoverySubnetIds", props.discoverySubnetIds, rules.subnetIdMap)
    .check("discoverySecurityGroupIds", props.discoverySecurityGroupIds, rules.securityGroupIdMap)
    .check("chartRepository", props.chartRepository, chartRepository)
    .check("chartTimeout", props.chartTimeout, timeout)
    .check("nodePoolsTimeout", props.nodePoolsTimeout, timeout);
  checkCommon(problems, props);
  checkControllerOptions(problems, props);
  checkNodeObjects(problems, {
    nodePools: props.nodePools ?? {},
    nodeClasses: props.nodeClasses ?? {},
    nodeOverlays: props.nodeOverlays,
    nodePoolsTimeout: props.nodePoolsTimeout,
    karpenterVersion: props.karpenterVersion,
  });
  checkInstanceProfileMode(problems, props);
  const createControllerRole = props.createControllerRole ?? props.controllerRoleArn === undefined;
  problems.checkTogether(
    [
      ...(createControllerRole ? identityRules : []),
      ...karpenterRules,
      ...podExecutionRoleRules,
      ...nodeRoleRules,
      ...kubernetesRangeRules,
      ...podIdentityRules,
    ],
    {
      ...props,
      karpenterVersion: props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION,
      createControllerRole,
      controllerIdentity: props.controllerIdentity ?? "irsa",
      createFargateProfile: props.createFargateProfile ?? true,
      createPodExecutionRole: props.createPodExecutionRole ?? props.podExecutionRoleArn === undefined,
      createNodeRole: props.createNodeRole ?? props.nodeRoleArn === undefined,
      createInterruptionQueue: props.createInterruptionQueue ?? props.interruptionQueueArn === undefined,
      instanceProfileMode: props.instanceProfileMode ?? "terraform",
    },
  );
}

/** Which identities node classes may name depends on the release. */
function checkInstanceProfileMode(
  problems: Problems,
  { instanceProfileMode: mode = "terraform", karpenterVersion: release = DEFAULT_KARPENTER_VERSION }: KarpenterProps,
): void {
  const wanted = mode === "terraform" ? "instanceProfile" : "role";
  const [identity, another] = Token.isUnresolved(release)
    ? [wanted]
    : atRelease(minorVersionOf(release).nodeIdentities, release);
  if (!Token.isUnresolved(mode) && another === undefined && identity !== wanted) {
    const only = identity === "role" ? "karpenter" : "terraform";
    problems.add(
      `"instanceProfileMode" is ${JSON.stringify(mode)}, but must be "${only}" with Karpenter ${release}, whose node ` +
        `classes name no ${wanted === "role" ? "role" : "instance profile"}; take "${only}", or a later release`,
    );
  }
}

/** Whether there are NodePools, EC2NodeClasses or NodeOverlays to make. */
export function makesNodePools(props: KarpenterProps): boolean {
  const given = [props.nodePools, props.nodeClasses, props.nodeOverlays];
  return props.createNodePools ?? given.some((objects) => Object.keys(objects ?? {}).length > 0);
}
