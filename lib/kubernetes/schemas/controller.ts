import { bool, list, number, object, oneOfStrings, string } from "./field";

/** `settings` of the `karpenter` chart that users may set; the cluster's own come from the AWS side. */
export const settingsSchema = object({
  batchMaxDuration: string,
  batchIdleDuration: string,
  preferencePolicy: oneOfStrings("Respect", "Ignore"),
  minValuesPolicy: oneOfStrings("Strict", "BestEffort"),
  clusterCABundle: string,
  isolatedVPC: bool,
  eksControlPlane: bool,
  vmMemoryOverheadPercent: number,
  enableZonalShift: bool,
  reservedENIs: string,
  disableClusterStateObservability: bool,
  disableDryRun: bool,
  amiRefreshInterval: string,
  subnetRefreshInterval: string,
});

/** `settings.featureGates` of the `karpenter` chart. */
export const featureGatesSchema = object({
  nodeRepair: bool,
  nodeOverlay: bool,
  reservedCapacity: bool,
  spotToSpotConsolidation: bool,
  staticCapacity: bool,
  capacityBuffer: bool,
});

/** A toleration of the controller. */
export const tolerationsSchema = list(
  object({
    key: string,
    operator: oneOfStrings("Exists", "Equal"),
    value: string,
    effect: oneOfStrings("NoSchedule", "PreferNoSchedule", "NoExecute"),
    tolerationSeconds: number,
  }),
);
