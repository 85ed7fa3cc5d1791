import type { ControllerOptions } from "../../kubernetes/controller-options";
import * as values from "./values";
import { bool, Field, list, map, number, numeric, object, oneOfStrings, quantity, string, text } from "../field";
import { settingsRules, tolerationRules } from "./controller-rules";

const duration = text(values.settingDuration);

/** `settings` of the `karpenter` chart that users may set; the cluster's own come from the AWS side. */
export const settingsSchema = object(
  {
    batchMaxDuration: duration,
    batchIdleDuration: duration,
    preferencePolicy: oneOfStrings("Respect", "Ignore"),
    minValuesPolicy: oneOfStrings("Strict", "BestEffort"),
    clusterCABundle: string,
    isolatedVPC: bool,
    eksControlPlane: bool,
    vmMemoryOverheadPercent: numeric(values.fraction),
    enableZonalShift: bool,
    reservedENIs: text(values.numberInQuotes),
    ignoreDRARequests: bool,
    enableDRA: bool,
    legacyNodeRepair: bool,
    disableClusterStateObservability: bool,
    disableDryRun: bool,
    amiRefreshInterval: duration,
    subnetRefreshInterval: duration,
    securityGroupRefreshInterval: duration,
  },
  [],
  settingsRules,
);

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
  // What only older charts know stands last.
  drift: bool,
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
  object(
    {
      key: string,
      operator: oneOfStrings("Exists", "Equal"),
      value: string,
      effect: oneOfStrings("NoSchedule", "PreferNoSchedule", "NoExecute"),
      tolerationSeconds: number,
    },
    [],
    tolerationRules,
  ),
);

/** How the controllers spread; the chart adds which pods it is about. */
export const topologySpreadSchema = list(
  object(
    {
      maxSkew: numeric(values.wholeNumber(1, undefined, "1 keeps the pods most apart")),
      topologyKey: string,
      whenUnsatisfiable: oneOfStrings("DoNotSchedule", "ScheduleAnyway"),
      minDomains: numeric(values.wholeNumber(1, undefined, "leave it out for 1")),
      nodeAffinityPolicy: oneOfStrings("Honor", "Ignore"),
      nodeTaintsPolicy: oneOfStrings("Honor", "Ignore"),
      matchLabelKeys: list(string),
    },
    ["maxSkew", "topologyKey", "whenUnsatisfiable"],
  ),
);

/** Labels of a Kubernetes object. */
export const labelsSchema = map(text(values.labelValue), [values.labelKey]);

/** What each option of the controller may hold. */
export const CONTROLLER_OPTION_FIELDS = {
  controllerReplicas: numeric(values.wholeNumber(1, undefined, "take 2 for high availability")),
  controllerSize: controllerSizeSchema,
  settings: settingsSchema,
  featureGates: featureGatesSchema,
  awsFeatureGates: awsFeatureGatesSchema,
  controllerTolerations: tolerationsSchema,
  controllerTopologySpread: topologySpreadSchema,
  controllerMaxUnavailable: { kind: "quantity", rules: [values.podCountOrShare] },
  controllerDnsPolicy: oneOfStrings("Default", "ClusterFirst", "ClusterFirstWithHostNet"),
  logLevel: oneOfStrings("debug", "info", "error"),
  serviceMonitor: bool,
  serviceMonitorLabels: labelsSchema,
  controllerHelmValues: list(text(values.yamlMapping)),
} as const satisfies Readonly<Record<keyof ControllerOptions, Field>>;
