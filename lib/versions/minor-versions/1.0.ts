import { minorVersionAfter } from "../minor-version-after";
import { convertedNodePools } from "../custom-resources";
import {
  clusterByRequest,
  clusterByRequestIfTagged,
  nodePoolByResource,
  onlyTagKeys,
  ownedByResource,
} from "../policy-parts";
import { minor037 } from "./0.37";

/** NodePools and EC2NodeClasses as v1, which a webhook still turns into v1beta1. */
export const minor100 = minorVersionAfter(minor037, {
  newest: "1.0.14",
  apiVersion: "v1",
  chart: {
    settings: { assumeRoleARN: null, assumeRoleDuration: null },
    featureGates: { drift: null },
    webhook: { enabled: { 0: true }, inCrdChartFrom: 0 },
  },
  crds: { 0: convertedNodePools("v1") },
  kubernetes: { 0: { from: "1.25", to: "1.30" }, 5: { from: "1.25", to: "1.31" } },
  policies: {
    "node-lifecycle": {
      AllowScopedEC2InstanceActionsWithTags: { add: { conditions: [clusterByRequest] } },
      AllowScopedResourceCreationTagging: { add: { conditions: [clusterByRequest] } },
      AllowScopedResourceTagging: {
        conditions: [
          ownedByResource,
          nodePoolByResource,
          clusterByRequestIfTagged,
          onlyTagKeys("Name", "eks:eks-cluster-name", "karpenter.sh/nodeclaim"),
        ],
      },
    },
    "iam-integration": {
      AllowScopedInstanceProfileCreationActions: { add: { conditions: [clusterByRequest] } },
      AllowScopedInstanceProfileTagActions: { add: { conditions: [clusterByRequest] } },
    },
  },
});
