import { minorVersionAfter } from "../minor-version-after";
import { clusterArn, equals } from "../policy-parts";
import { minor111 } from "./1.11";

/** Zonal shift, and the status of instances. */
export const minor112 = minorVersionAfter(minor111, {
  newest: "1.12.2",
  chart: { settings: { enableZonalShift: {} } },
  policies: {
    "zonal-shift": {
      // As the template was corrected after the release: the service knows no cluster as a resource.
      AllowZonalShiftStatusReadOnly: {
        why: "Sees which zones the cluster has been shifted away from; granted to no other resource than the cluster.",
        actions: ["arc-zonal-shift:GetManagedResource"],
        resources: ["*"],
        conditions: [equals("arc-zonal-shift:ResourceIdentifier", clusterArn)],
      },
    },
    "resource-discovery": {
      AllowUnscopedEC2DescribeInstanceStatus: {
        why: "Sees instances that fail EC2's own checks.",
        actions: ["ec2:DescribeInstanceStatus"],
        resources: ["*"],
      },
    },
  },
});
