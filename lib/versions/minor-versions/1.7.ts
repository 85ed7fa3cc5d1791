import { minorVersionAfter } from "../minor-version-after";
import { nodeOverlay, nodePoolsIn } from "../custom-resources";
import { minor106 } from "./1.6";

/** NodeOverlays. */
export const minor107 = minorVersionAfter(minor106, {
  newest: "1.7.6",
  chart: { featureGates: { nodeOverlay: { default: false } } },
  crds: { 0: [...nodePoolsIn("v1"), nodeOverlay] },
  policies: {
    "resource-discovery": {
      AllowUnscopedInstanceProfileListAction: {
        why: "Finds instance profiles of node classes that are gone; IAM lists them without a resource to limit it to.",
        actions: ["iam:ListInstanceProfiles"],
        resources: ["*"],
      },
    },
  },
});
