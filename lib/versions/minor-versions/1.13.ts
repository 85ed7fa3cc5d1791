import { minorVersionAfter } from "../minor-version-after";
import { minor112 } from "./1.12";

export const minor113 = minorVersionAfter(minor112, {
  newest: "1.13.1",
  chart: { settings: { amiRefreshInterval: {}, subnetRefreshInterval: {} } },
  kubernetes: { 0: { from: "1.26", to: "1.36" } },
  policies: {
    "resource-discovery": {
      AllowUnscopedEC2DescribeInstanceStatus: null,
      AllowRegionalReadActions: { add: { actions: ["ec2:DescribeInstanceStatus"] } },
    },
  },
});
