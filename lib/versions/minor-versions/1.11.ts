import { minorVersionAfter } from "../minor-version-after";
import { ec2 } from "../policy-parts";
import { minor110 } from "./1.10";

/** Placement groups. */
export const minor111 = minorVersionAfter(minor110, {
  newest: "1.11.3",
  policies: {
    "node-lifecycle": { AllowScopedEC2InstanceAccessActions: { add: { resources: ec2("placement-group") } } },
    "resource-discovery": { AllowRegionalReadActions: { add: { actions: ["ec2:DescribePlacementGroups"] } } },
  },
});
