import { lineAfter } from "../line-after";
import { ec2 } from "../policy-parts";
import { line108 } from "./1.8";

/** Long-term support. */
export const line109 = lineAfter(line108, {
  newest: "1.9.3",
  kubernetes: { 0: { from: "1.26", to: "1.35" } },
  longTermUntil: "February 2027",
  policies: {
    "node-lifecycle": {
      AllowScopedEC2InstanceActionsWithTags: { remove: { resources: ec2("capacity-reservation") } },
    },
  },
});
