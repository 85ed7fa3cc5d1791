import { minorVersionAfter } from "../minor-version-after";
import { ec2 } from "../policy-parts";
import { minor108 } from "./1.8";

/** Long-term support. */
export const minor109 = minorVersionAfter(minor108, {
  newest: "1.9.3",
  kubernetes: { 0: { from: "1.26", to: "1.35" } },
  longTermUntil: "February 2027",
  policies: {
    "node-lifecycle": {
      AllowScopedEC2InstanceActionsWithTags: { remove: { resources: ec2("capacity-reservation") } },
    },
  },
});
