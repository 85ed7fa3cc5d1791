import { minorVersionAfter } from "../minor-version-after";
import { convertedNodePools, nodePoolsIn } from "../custom-resources";
import { minor036 } from "./0.36";

const asInTheTemplate = { deviation: undefined };

/** The last minor version that keeps NodePools as v1beta1. */
export const minor037 = minorVersionAfter(minor036, {
  newest: "0.37.8",
  chart: { webhook: { enabled: { 0: false, 3: true }, inCrdChartFrom: 1 } },
  crds: { 0: nodePoolsIn("v1beta1"), 1: convertedNodePools("v1beta1") },
  kubernetes: { 0: { from: "1.23", to: "1.30" } },
  policies: {
    "iam-integration": {
      AllowScopedInstanceProfileCreationActions: asInTheTemplate,
      AllowScopedInstanceProfileTagActions: asInTheTemplate,
      AllowScopedInstanceProfileActions: asInTheTemplate,
    },
    "resource-discovery": { AllowInstanceProfileReadActions: asInTheTemplate },
  },
});
