import type { ControllerPodOptions } from "./controller-pods";

/** Cpu and memory of the controller; requests equal limits. */
export interface ControllerSize {
  /**
   * Each controller's cpu, a Kubernetes quantity.
   *
   * @default "1"
   */
  readonly cpu?: string;
  /**
   * Each controller's memory, a Kubernetes quantity.
   *
   * @default "1Gi"
   */
  readonly memory?: string;
}

/** `settings` of the `karpenter` chart. https://karpenter.sh/docs/reference/settings/ */
export interface ControllerSettings {
  /** How long pods are gathered at most before nodes are started, `"10s"`. */
  readonly batchMaxDuration?: string;
  /** How long no new pod may come before nodes are started, `"1s"`. */
  readonly batchIdleDuration?: string;
  /** Whether preferences of pods, such as preferred affinities, count when nodes are chosen. */
  readonly preferencePolicy?: "Respect" | "Ignore";
  /** Whether `minValues` of requirements must hold, or may be loosened where they cannot. */
  readonly minValuesPolicy?: "Strict" | "BestEffort";
  /** Base64. */
  readonly clusterCABundle?: string;
  /** Whether the VPC is air-gapped: without access to the pricing API and to IAM. */
  readonly isolatedVPC?: boolean;
  /** Whether the controller asks EKS for the cluster's endpoint and version. */
  readonly eksControlPlane?: boolean;
  /** A fraction, 0.075 for 7.5 %. */
  readonly vmMemoryOverheadPercent?: number;
  /** Whether no node is started in a zone that a zonal shift leads away from. */
  readonly enableZonalShift?: boolean;
  /** How many network interfaces of a node pods do not get, a whole number in quotes, `"1"`. */
  readonly reservedENIs?: string;
  /** Whether pods' claims on devices are left out of account. Karpenter 1.14 only knows true, from 1.15 on it may be false. */
  readonly ignoreDRARequests?: boolean;
  /** Every device driver's feature gate at once, instead of `ignoreDRARequests`. Karpenter 1.15 and later. */
  readonly enableDRA?: boolean;
  /** Repairs nodes as before 1.15; only with the feature gate `nodeRepair`. Karpenter 1.15 and later. */
  readonly legacyNodeRepair?: boolean;
  /** Whether metrics of the cluster's state are left out. */
  readonly disableClusterStateObservability?: boolean;
  /** Whether node classes are not tried out with dry runs of EC2. */
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
  /** Whether nodes that stay unhealthy are replaced. */
  readonly nodeRepair?: boolean;
  /** Whether NodeOverlays count. */
  readonly nodeOverlay?: boolean;
  /** Whether capacity reservations are used. */
  readonly reservedCapacity?: boolean;
  /** Whether spot nodes are replaced by cheaper spot nodes. */
  readonly spotToSpotConsolidation?: boolean;
  /** Whether NodePools may have a fixed number of nodes. */
  readonly staticCapacity?: boolean;
  /** Whether CapacityBuffers count. */
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
  /** Whether node classes may hold CEL expressions. */
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
  /** The key of the taint; left out with the operator "Exists", every taint. */
  readonly key?: string;
  /** Whether the taint's value is compared, or any value is tolerated. */
  readonly operator?: "Exists" | "Equal";
  /** The value of the taint, with the operator "Equal". */
  readonly value?: string;
  /** The effect of the taint; left out, every effect. */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  /** How long a taint "NoExecute" is tolerated, in seconds; left out, for ever. */
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
  /** What becomes of a pod that would differ more: it waits, or it is placed nevertheless. */
  readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
  /** How many zones or nodes there must be at least, from 1. */
  readonly minDomains?: number;
  /** Whether nodes that the pod's affinity leaves out count. */
  readonly nodeAffinityPolicy?: "Honor" | "Ignore";
  /** Whether nodes with taints that the pod does not tolerate count. */
  readonly nodeTaintsPolicy?: "Honor" | "Ignore";
  /** Labels of pods whose values tell apart the groups that are spread. */
  readonly matchLabelKeys?: readonly string[];
}

/** How the controller runs. */
export interface ControllerOptions extends ControllerPodOptions {
  /**
   * How many controllers run; one of them leads.
   *
   * @default 2
   */
  readonly controllerReplicas?: number;
  /**
   * Cpu and memory of each controller; requests equal limits.
   *
   * @default - 1 cpu and 1Gi
   */
  readonly controllerSize?: ControllerSize;
  /**
   * Settings of the `karpenter` chart, in its own words.
   *
   * @default - the chart's own
   */
  readonly settings?: ControllerSettings;
  /**
   * Feature gates of the `karpenter` chart, in its own words.
   *
   * @default - the chart's own
   */
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
   * `dnsPolicy` of the controller's pods. "Default" asks the VPC's resolver, which works before CoreDNS has a node.
   *
   * @default - "Default" on Fargate, else "ClusterFirst"
   */
  readonly controllerDnsPolicy?: "Default" | "ClusterFirst" | "ClusterFirstWithHostNet";
  /**
   * What the controller logs.
   *
   * @default "info"
   */
  readonly logLevel?: "debug" | "info" | "error";
  /**
   * Whether to make a ServiceMonitor; requires the Prometheus operator's CRDs.
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
   * More values for the `karpenter` chart, as YAML or as an object, one or several; what the chart of the release does not read is
   * refused. Where they say something that is set here too, they win, the last one
   * most: Helm merges maps key by key, and replaces lists and single values.
   *
   * @default - none
   */
  readonly controllerHelmValues?: string | object | readonly (string | object)[];
}
