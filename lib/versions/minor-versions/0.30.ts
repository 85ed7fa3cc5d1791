import { minorVersionAfter } from "../minor-version-after";
import { minor029 } from "./0.29";

/** The controller can take another role for its calls of AWS. */
export const minor030 = minorVersionAfter(minor029, {
  newest: "0.30.0",
  chart: {
    settings: {
      clusterCABundle: { key: "aws.clusterCABundle" },
      assumeRoleARN: { key: "aws.assumeRoleARN" },
      assumeRoleDuration: { key: "aws.assumeRoleDuration" },
    },
  },
});
