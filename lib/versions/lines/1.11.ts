import { lineAfter } from "../line-after";
import { ec2 } from "../policy-parts";
import { line110 } from "./1.10";

/** Placement groups. */
export const line111 = lineAfter(line110, {
  newest: "1.11.3",
  policies: {
    "node-lifecycle": { AllowScopedEC2InstanceAccessActions: { add: { resources: ec2("placement-group") } } },
    "resource-discovery": { AllowRegionalReadActions: { add: { actions: ["ec2:DescribePlacementGroups"] } } },
  },
});
