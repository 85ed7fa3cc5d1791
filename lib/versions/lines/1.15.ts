import { lineAfter } from "../line-after";
import { line114 } from "./1.14";

/** Feature gates of AWS's part. */
export const line115 = lineAfter(line114, {
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
  kubernetes: { 0: { from: "1.26", to: "1.37" } },
});
