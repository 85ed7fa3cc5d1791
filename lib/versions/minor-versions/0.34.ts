import { minorVersionAfter } from "../minor-version-after";
import { convertedNodePools, nodePoolsIn } from "../custom-resources";
import { ec2, nodePoolByResource, ownedByResource } from "../policy-parts";
import { minor033 } from "./0.33";

/** EKS Pod Identity, budgets of disruption. */
export const minor034 = minorVersionAfter(minor033, {
  newest: "0.34.13",
  unpublished: [4],
  chart: {
    featureGates: { spotToSpotConsolidation: { default: false } },
    webhook: { enabled: { 0: false, 9: true }, inCrdChartFrom: 7 },
  },
  crds: { 0: nodePoolsIn("v1beta1"), 7: convertedNodePools("v1beta1") },
  podIdentity: true,
  kubernetes: { 0: { from: "1.23", to: "1.29" } },
  policies: {
    "node-lifecycle": {
      AllowScopedEC2InstanceActions: null,
      AllowScopedEC2InstanceAccessActions: {
        why: "Launches instances from images, in subnets and with security groups that are there already.",
        actions: ["ec2:CreateFleet", "ec2:RunInstances"],
        resources: ec2("image", "snapshot", "security-group", "subnet"),
      },
      AllowScopedEC2LaunchTemplateAccessActions: {
        why: "Launches instances by its own launch templates and no others.",
        actions: ["ec2:CreateFleet", "ec2:RunInstances"],
        resources: ec2("launch-template"),
        conditions: [ownedByResource, nodePoolByResource],
      },
    },
  },
});
