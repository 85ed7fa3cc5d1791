import type { ControllerOptions } from "../controller-options";
import { bool, Field, list, map, number, object, oneOfStrings, quantity, string } from "./field";

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
  ignoreDRARequests: bool,
  enableDRA: bool,
  legacyNodeRepair: bool,
  disableClusterStateObservability: bool,
  disableDryRun: bool,
  amiRefreshInterval: string,
  subnetRefreshInterval: string,
  securityGroupRefreshInterval: string,
});

/** `settings.featureGates` of the `karpenter` chart. */
export const featureGatesSchema = object({
  nodeRepair: bool,
  nodeOverlay: bool,
  reservedCapacity: bool,
  spotToSpotConsolidation: bool,
  staticCapacity: bool,
  capacityBuffer: bool,
  terminateFirstDrift: bool,
  terminateFirstRepair: bool,
  podDeletionCostManagement: bool,
});

/** `settings.awsFeatureGates` of the `karpenter` chart. */
export const awsFeatureGatesSchema = object({
  nodeClassCEL: bool,
  draNVIDIAGPU: bool,
  draEFA: bool,
  rebootForRepair: bool,
});

/** Cpu and memory of the controller. */
export const controllerSizeSchema = object({ cpu: quantity, memory: quantity });

/** Tolerations of the controller. */
export const tolerationsSchema = list(
  object({
    key: string,
    operator: oneOfStrings("Exists", "Equal"),
    value: string,
    effect: oneOfStrings("NoSchedule", "PreferNoSchedule", "NoExecute"),
    tolerationSeconds: number,
  }),
);

/** How the controllers spread; the chart adds which pods it is about. */
export const topologySpreadSchema = list(
  object(
    {
      maxSkew: number,
      topologyKey: string,
      whenUnsatisfiable: oneOfStrings("DoNotSchedule", "ScheduleAnyway"),
      minDomains: number,
      nodeAffinityPolicy: oneOfStrings("Honor", "Ignore"),
      nodeTaintsPolicy: oneOfStrings("Honor", "Ignore"),
      matchLabelKeys: list(string),
    },
    ["maxSkew", "topologyKey", "whenUnsatisfiable"],
  ),
);

/** Labels of a Kubernetes object. */
export const labelsSchema = map(string);

/** What each option of the controller may hold. */
export const CONTROLLER_OPTION_FIELDS = {
  controllerReplicas: number,
  controllerSize: controllerSizeSchema,
  settings: settingsSchema,
  featureGates: featureGatesSchema,
  awsFeatureGates: awsFeatureGatesSchema,
  controllerTolerations: tolerationsSchema,
  controllerTopologySpread: topologySpreadSchema,
  controllerMaxUnavailable: quantity,
  controllerDnsPolicy: oneOfStrings("Default", "ClusterFirst", "ClusterFirstWithHostNet"),
  logLevel: oneOfStrings("debug", "info", "error"),
  serviceMonitor: bool,
  serviceMonitorLabels: labelsSchema,
  controllerHelmValues: list(string),
} as const satisfies Readonly<Record<keyof ControllerOptions, Field>>;
