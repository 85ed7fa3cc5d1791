import { minorVersionAfter } from "../minor-version-after";
import { nodePoolsIn } from "../custom-resources";
import { minor100 } from "./1.0";

/** No webhook and no v1beta1 any more. */
export const minor101 = minorVersionAfter(minor100, {
  newest: "1.1.10",
  chart: {
    settings: { eksControlPlane: {} },
    featureGates: { nodeRepair: { default: false } },
    webhook: null,
  },
  crds: { 0: nodePoolsIn("v1") },
  policies: {
    "resource-discovery": { AllowRegionalReadActions: { remove: { actions: ["ec2:DescribeAvailabilityZones"] } } },
  },
});
