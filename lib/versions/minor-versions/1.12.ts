import { minorVersionAfter } from "../minor-version-after";
import { clusterArn } from "../policy-parts";
import { minor111 } from "./1.11";

/** Zonal shift, and the status of instances. */
export const minor112 = minorVersionAfter(minor111, {
  newest: "1.12.2",
  chart: { settings: { enableZonalShift: {} } },
  policies: {
    "zonal-shift": {
      AllowZonalShiftStatusReadOnly: { actions: ["arc-zonal-shift:GetManagedResource"], resources: [clusterArn] },
    },
    "resource-discovery": {
      AllowUnscopedEC2DescribeInstanceStatus: { actions: ["ec2:DescribeInstanceStatus"], resources: ["*"] },
    },
  },
});
