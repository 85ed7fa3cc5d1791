import { Problems } from "../inputs/problems";
import { CONTROLLER_OPTION_FIELDS } from "../inputs/catalog/controller";
import { fieldProblems } from "../inputs/field-problems";
import { checkChartValues } from "../release/chart-values";

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
  /** Whether pods' claims on devices are left out of account. Karpenter 1.14 only knows true, from 1.15 on it may be false. */
  readonly ignoreDRARequests?: boolean;
  /** Every device driver's feature gate at once, instead of `ignoreDRARequests`. Karpenter 1.15 and later. */
  readonly enableDRA?: boolean;
  /** Repairs nodes as before 1.15; only with the feature gate `nodeRepair`. Karpenter 1.15 and later. */
  readonly legacyNodeRepair?: boolean;
  readonly disableClusterStateObservability?: boolean;
  readonly disableDryRun?: boolean;
  /** At least `"1m"`. */
  readonly amiRefreshInterval?: string;
  /** At least `"1m"`. */
  readonly subnetRefreshInterval?: string;
  /** At least `"1m"`. Karpenter 1.15 and later. */
  readonly securityGroupRefreshInterval?: string;
}

/** `settings.featureGates` of the `karpenter` chart. */
export interface FeatureGates {
  /** Whether nodes that differ from what is wanted are replaced. Karpenter 0.27 to 0.37; always on since. */
  readonly drift?: boolean;
  readonly nodeRepair?: boolean;
  readonly nodeOverlay?: boolean;
  readonly reservedCapacity?: boolean;
  readonly spotToSpotConsolidation?: boolean;
  readonly staticCapacity?: boolean;
  readonly capacityBuffer?: boolean;
  /** Karpenter 1.15 and later. */
  readonly terminateFirstDrift?: boolean;
  /** Karpenter 1.15 and later. */
  readonly terminateFirstRepair?: boolean;
  /** Karpenter 1.15 and later. */
  readonly podDeletionCostManagement?: boolean;
}

/** `settings.awsFeatureGates` of the `karpenter` chart; Karpenter 1.15 and later. */
export interface AwsFeatureGates {
  readonly nodeClassCEL?: boolean;
  /** Not together with the setting `enableDRA`. */
  readonly draNVIDIAGPU?: boolean;
  /** Not together with the setting `enableDRA`. */
  readonly draEFA?: boolean;
  /** Only with the feature gate `nodeRepair`; a controller role of your own then needs `ec2:RebootInstances`. */
  readonly rebootForRepair?: boolean;
}

/** A toleration of the controller's pods. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: "Exists" | "Equal";
  readonly value?: string;
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  readonly tolerationSeconds?: number;
}

/**
 * How the controller's pods spread over zones or nodes.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export interface TopologySpread {
  /** By how many pods two places may differ, from 1. */
  readonly maxSkew: number;
  /** A label of nodes, `"topology.kubernetes.io/zone"`. */
  readonly topologyKey: string;
  readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: "Honor" | "Ignore";
  readonly nodeTaintsPolicy?: "Honor" | "Ignore";
  readonly matchLabelKeys?: readonly string[];
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
  /**
   * What AWS's part of Karpenter tries out; Karpenter 1.15 and later.
   *
   * @default - the chart's own
   */
  readonly awsFeatureGates?: AwsFeatureGates;
  /**
   * Taints that the controller's pods tolerate, instead of the chart's.
   *
   * @default - `CriticalAddonsOnly`, the chart's own
   */
  readonly controllerTolerations?: readonly Toleration[];
  /**
   * How the controller's pods spread, instead of the chart's own rule.
   *
   * @default - never two more in one zone than in another, the chart's own: two pods need two zones
   */
  readonly controllerTopologySpread?: readonly TopologySpread[];
  /**
   * How many of the controller's pods may be down while nodes are drained, a number or a percentage, `"50%"`.
   *
   * @default 1
   */
  readonly controllerMaxUnavailable?: number | string;
  /**
   * Whom the controller's pods ask for names.
   *
   * @default - "Default", the VPC's resolver, on Fargate, and "ClusterFirst" elsewhere
   */
  readonly controllerDnsPolicy?: "Default" | "ClusterFirst" | "ClusterFirstWithHostNet";
  /** @default "info" */
  readonly logLevel?: "debug" | "info" | "error";
  /**
   * Whether to make a ServiceMonitor for the Prometheus operator, on clusters that know what that is.
   *
   * @default false
   */
  readonly serviceMonitor?: boolean;
  /**
   * Labels of the ServiceMonitor, by which a Prometheus finds it.
   *
   * @default - none
   */
  readonly serviceMonitorLabels?: Readonly<Record<string, string>>;
  /**
   * More values for the `karpenter` chart as YAML. Where they say something that is set here too, they win, the last one
   * most: Helm merges maps key by key, and replaces lists and single values.
   *
   * @default - none
   */
  readonly controllerHelmValues?: string[];
}

/** Holds {@link ControllerOptions} against what the chart of this release knows. */
export function checkControllerOptions(
  problems: Problems,
  props: ControllerOptions & { readonly karpenterVersion?: string },
): void {
  for (const [name, field] of Object.entries(CONTROLLER_OPTION_FIELDS)) {
    fieldProblems(name, props[name as keyof ControllerOptions], field).forEach((problem) => problems.add(problem));
  }
  checkChartValues(problems, props, props.karpenterVersion);
}
