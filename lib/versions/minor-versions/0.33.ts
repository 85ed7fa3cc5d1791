import { minorVersionAfter } from "../minor-version-after";
import { convertedNodePools, nodePoolsIn } from "../custom-resources";
import { ec2 } from "../policy-parts";
import { minor032 } from "./0.32";

const onInstanceProfiles = {
  deviation:
    "The template says *, and those of 0.32, 0.37 and later name the account's instance profiles: the actions know no other resource.",
};

/** NodePools and EC2NodeClasses only. */
export const minor033 = minorVersionAfter(minor032, {
  newest: "0.33.12",
  chart: {
    settings: { defaultInstanceProfile: null, tags: null, enablePodENI: null, enableENILimitedPodDensity: null },
    featureGates: { drift: { default: true } },
    webhook: { enabled: { 0: false, 8: true }, inCrdChartFrom: 6 },
  },
  crds: { 0: nodePoolsIn("v1beta1"), 6: convertedNodePools("v1beta1") },
  policies: {
    "node-lifecycle": {
      AllowScopedEC2InstanceActions: { remove: { resources: ec2("spot-instances-request") } },
      AllowScopedEC2InstanceActionsWithTags: { add: { resources: ec2("spot-instances-request") } },
      AllowScopedResourceCreationTagging: { add: { resources: ec2("spot-instances-request") } },
    },
    "iam-integration": {
      AllowScopedInstanceProfileCreationActions: onInstanceProfiles,
      AllowScopedInstanceProfileTagActions: onInstanceProfiles,
      AllowScopedInstanceProfileActions: onInstanceProfiles,
    },
    "resource-discovery": { AllowInstanceProfileReadActions: onInstanceProfiles },
  },
});
