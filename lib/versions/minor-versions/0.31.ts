import { minorVersionAfter } from "../minor-version-after";
import { ec2 } from "../policy-parts";
import { minor030 } from "./0.30";

/** The last minor version with Provisioners alone. */
export const minor031 = minorVersionAfter(minor030, {
  newest: "0.31.5",
  kubernetes: { 0: { from: "1.23", to: "1.28" } },
  policies: {
    "node-lifecycle": {
      AllowScopedEC2LaunchTemplateActions: null,
      AllowScopedEC2InstanceActionsWithTags: {
        add: { actions: ["ec2:CreateLaunchTemplate"], resources: ec2("launch-template") },
      },
    },
    "resource-discovery": {
      AllowGlobalReadActions: null,
      AllowSSMReadActions: {
        why: "Reads which AMI is the newest, from the parameters that AWS publishes.",
        actions: ["ssm:GetParameter"],
        resources: ["arn:{partition}:ssm:{region}::parameter/aws/service/*"],
      },
      AllowPricingReadActions: {
        why: "Compares instance types by price; the price list has no regions to limit it to.",
        actions: ["pricing:GetProducts"],
        resources: ["*"],
      },
    },
  },
});
