import { minorVersionAfter } from "../minor-version-after";
import { ec2 } from "../policy-parts";
import { minor102 } from "./1.2";

/** Capacity reservations. */
export const minor103 = minorVersionAfter(minor102, {
  newest: "1.3.8",
  chart: { featureGates: { reservedCapacity: { default: false } } },
  policies: {
    "node-lifecycle": {
      AllowScopedEC2InstanceAccessActions: { add: { resources: ec2("capacity-reservation") } },
      AllowScopedEC2InstanceActionsWithTags: { add: { resources: ec2("capacity-reservation") } },
    },
    "resource-discovery": { AllowRegionalReadActions: { add: { actions: ["ec2:DescribeCapacityReservations"] } } },
  },
});
