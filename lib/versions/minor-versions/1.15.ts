import { minorVersionAfter } from "../minor-version-after";
import { ec2, nodePoolByResource, ownedByResource } from "../policy-parts";
import { minor114 } from "./1.14";

/** Feature gates of AWS's part; nodes that are rebooted instead of replaced. */
export const minor115 = minorVersionAfter(minor114, {
  newest: "1.15.1",
  chart: {
    settings: { enableDRA: {}, legacyNodeRepair: {}, securityGroupRefreshInterval: {} },
    featureGates: {
      terminateFirstDrift: { default: false },
      terminateFirstRepair: { default: false },
      podDeletionCostManagement: { default: false },
    },
    awsFeatureGates: {
      nodeClassCEL: { default: false },
      draNVIDIAGPU: { default: null },
      draEFA: { default: null },
      rebootForRepair: { default: false },
    },
  },
  policies: {
    "node-lifecycle": {
      AllowScopedReboot: {
        why: "Reboots the cluster's own nodes to repair them.",
        deviation:
          "Not seen in a template: the release calls it with the AWS feature gate rebootForRepair, and then on its own nodes.",
        actions: ["ec2:RebootInstances"],
        resources: ec2("instance"),
        conditions: [ownedByResource, nodePoolByResource],
        onlyIf: "nodesAreRebooted",
      },
    },
  },
  kubernetes: { 0: { from: "1.26", to: "1.37" } },
});
