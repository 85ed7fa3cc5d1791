import { Token } from "cdktf";
import { Problems } from "../rules/problems";
import { featureGatesSchema, settingsSchema, tolerationsSchema } from "./schemas/controller";
import { fieldProblems } from "./schemas/field";

/** Cpu and memory of the controller; requests equal limits. */
export interface ControllerSize {
  /** @default "1" */
  readonly cpu?: string;
  /** @default "1Gi" */
  readonly memory?: string;
}

/** `settings` of the `karpenter` chart. https://karpenter.sh/docs/reference/settings/ */
export interface ControllerSettings {
  /** How long pods are gathered at most before nodes are started, `"10s"`. */
  readonly batchMaxDuration?: string;
  /** How long no new pod may come before nodes are started, `"1s"`. */
  readonly batchIdleDuration?: string;
  readonly preferencePolicy?: "Respect" | "Ignore";
  readonly minValuesPolicy?: "Strict" | "BestEffort";
  /** Base64. */
  readonly clusterCABundle?: string;
  /** The VPC has no way to AWS's price list and to IAM. */
  readonly isolatedVPC?: boolean;
  readonly eksControlPlane?: boolean;
  /** A fraction, 0.075 for 7.5 %. */
  readonly vmMemoryOverheadPercent?: number;
  readonly enableZonalShift?: boolean;
  readonly reservedENIs?: string;
  readonly disableClusterStateObservability?: boolean;
  readonly disableDryRun?: boolean;
  /** At least `"1m"`. */
  readonly amiRefreshInterval?: string;
  /** At least `"1m"`. */
  readonly subnetRefreshInterval?: string;
}

/** `settings.featureGates` of the `karpenter` chart. */
export interface FeatureGates {
  readonly nodeRepair?: boolean;
  readonly nodeOverlay?: boolean;
  readonly reservedCapacity?: boolean;
  readonly spotToSpotConsolidation?: boolean;
  readonly staticCapacity?: boolean;
  readonly capacityBuffer?: boolean;
}

/** A toleration of the controller's pods. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: "Exists" | "Equal";
  readonly value?: string;
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  readonly tolerationSeconds?: number;
}

/** How the controller runs. */
export interface ControllerOptions {
  /** @default 2 */
  readonly controllerReplicas?: number;
  /** @default - 1 cpu and 1Gi */
  readonly controllerSize?: ControllerSize;
  /** @default - the chart's own */
  readonly settings?: ControllerSettings;
  /** @default - the chart's own */
  readonly featureGates?: FeatureGates;
  /** @default - the chart's own */
  readonly controllerTolerations?: readonly Toleration[];
  /** @default "info" */
  readonly logLevel?: "debug" | "info" | "error";
  /**
   * Whether to make a ServiceMonitor for the Prometheus operator.
   *
   * @default false
   */
  readonly serviceMonitor?: boolean;
  /**
   * More values for the `karpenter` chart as YAML; they win over everything else, the last one most.
   *
   * @default - none
   */
  readonly controllerHelmValues?: string[];
}

/** Holds {@link ControllerOptions} against what the chart knows. */
export function checkControllerOptions(problems: Problems, props: ControllerOptions): void {
  [
    ...fieldProblems("settings", props.settings, settingsSchema),
    ...fieldProblems("featureGates", props.featureGates, featureGatesSchema),
    ...fieldProblems("controllerTolerations", props.controllerTolerations, tolerationsSchema),
  ].forEach((problem) => problems.add(problem));
  const replicas = props.controllerReplicas;
  if (replicas !== undefined && !Token.isUnresolved(replicas) && !(Number.isInteger(replicas) && replicas >= 1)) {
    problems.add(
      `"controllerReplicas" is ${replicas}, but must be a whole number from 1; take 2 for high availability`,
    );
  }
}
