import { lineAfter } from "../line-after";
import { line029 } from "./0.29";

/** The controller can take another role for its calls of AWS. */
export const line030 = lineAfter(line029, {
  newest: "0.30.0",
  chart: {
    settings: {
      clusterCABundle: { key: "aws.clusterCABundle" },
      assumeRoleARN: { key: "aws.assumeRoleARN" },
      assumeRoleDuration: { key: "aws.assumeRoleDuration" },
    },
  },
});
