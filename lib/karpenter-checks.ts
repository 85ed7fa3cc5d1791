import { rulesOfKarpenter } from "./karpenter-rules";
import { Token } from "cdktf";
import { checkChartValues } from "./release/chart-values";
import { checkNodeObjects } from "./node-objects/node-checks";
import { controllerGateRules } from "./release/controller-gates";
import type { KarpenterProps } from "./karpenter-props";
import { CHART_REPOSITORY } from "./inputs/catalog/controller";
import { identityRules, nodeRoleRules, podExecutionRoleRules } from "./inputs/catalog/cross-rules";
import { karpenterEnvironmentRules, knownEnvironment } from "./inputs/catalog/environment-rules";
import type { Problems } from "./inputs/problems";
import { monitoringRules } from "./inputs/catalog/monitoring";
import { podIdentityRules } from "./inputs/catalog/pod-identity";
import { atRelease, DEFAULT_KARPENTER_VERSION, minorVersionOf, releaseTakenFor } from "./versions";

/** Finds what goes wrong between several properties of Karpenter, under the names that its user knows. */
export function checkKarpenter(problems: Problems, props: KarpenterProps): void {
  checkChartValues(problems, props, props.karpenterVersion);
  checkNodeObjects(problems, {
    nodePools: props.nodePools ?? {},
    nodeClasses: props.nodeClasses ?? {},
    nodeOverlays: props.nodeOverlays,
    manifests: props.manifests,
    completeManifests: props.completeManifests,
    nodeClassDefaults: { tags: (props.tagNodes ?? true) ? props.tags : undefined },
    existingNodeClasses: props.existingNodeClasses,
    nodePoolsTimeout: props.nodePoolsTimeout,
    karpenterVersion: props.karpenterVersion,
    kubernetesVersion: props.kubernetesVersion,
  });
  checkInstanceProfileMode(problems, props);
  const createControllerRole = props.createControllerRole ?? props.controllerRoleArn === undefined;
  const createInterruptionQueue = props.createInterruptionQueue ?? props.interruptionQueueArn === undefined;
  problems.checkTogether(karpenterEnvironmentRules, { ...props, ...knownEnvironment(props), createInterruptionQueue });
  problems.checkTogether(
    [
      ...(createControllerRole ? identityRules : []),
      ...rulesOfKarpenter,
      ...podExecutionRoleRules,
      ...nodeRoleRules,
      ...podIdentityRules,
      ...controllerGateRules,
      ...monitoringRules,
    ],
    {
      ...props,
      karpenterVersion: props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION,
      namespace: props.namespace ?? "karpenter",
      createControllerRole,
      controllerIdentity: props.controllerIdentity ?? "irsa",
      createFargateProfile: props.createFargateProfile ?? true,
      createPodExecutionRole: props.createPodExecutionRole ?? props.podExecutionRoleArn === undefined,
      fargateLogging: props.fargateLogging ?? "none",
      createNodeRole: props.createNodeRole ?? props.nodeRoleArn === undefined,
      createInterruptionQueue,
      instanceProfileMode: props.instanceProfileMode ?? "terraform",
      chartRepository: props.chartRepository ?? CHART_REPOSITORY,
      crds: props.crds ?? "managed",
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
    : atRelease(minorVersionOf(release).nodeIdentities, releaseTakenFor(release));
  if (!Token.isUnresolved(mode) && another === undefined && identity !== wanted) {
    const only = identity === "role" ? "karpenter" : "terraform";
    problems.add(
      `"instanceProfileMode" is ${JSON.stringify(mode)}, but must be "${only}" with Karpenter ${release}, whose node ` +
        `classes name no ${wanted === "role" ? "role" : "instance profile"}; take "${only}", or a later release`,
    );
  }
}

/** Whether there are NodePools or other objects for Karpenter to make. */
export function makesNodePools(props: KarpenterProps): boolean {
  const given = [props.nodePools, props.nodeClasses, props.nodeOverlays, props.capacityBuffers, props.manifests];
  return props.createNodePools ?? given.some((objects) => Object.keys(objects ?? {}).length > 0);
}
