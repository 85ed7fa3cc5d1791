import type { Field, ListField } from "../field";
import {
  about,
  bool,
  list,
  map,
  number,
  numeric,
  object,
  oneOfStrings,
  optional,
  string,
  text,
  toggle,
} from "../field-builders";
import { rule } from "../rule";
import { controllerChartValues } from "./controller-chart";
import { CONTROLLER_POD_INPUTS } from "./controller-pods";
import { settingsRules, tolerationRules } from "./controller-rules";
import * as values from "./values";

const quantity: Field = { kind: "quantity", rules: [values.quantity] };
const duration = text(values.settingDuration);

/** `settings` of the `karpenter` chart that users may set; the cluster's own come from the AWS side. */
const settings = object(
  {
    batchMaxDuration: about("How long pods are gathered at most before nodes are started, 10s.", duration),
    batchIdleDuration: about("How long no new pod may come before nodes are started, 1s.", duration),
    preferencePolicy: about("Whether pods' preferences count: Respect or Ignore.", oneOfStrings("Respect", "Ignore")),
    minValuesPolicy: about(
      "Whether minValues of requirements must hold: Strict or BestEffort.",
      oneOfStrings("Strict", "BestEffort"),
    ),
    clusterCABundle: about("Certificate authority of the cluster's API server in base64.", text(values.base64)),
    isolatedVPC: about("Whether the VPC is air-gapped: without access to the pricing API and to IAM.", bool),
    eksControlPlane: about("Whether the controller asks EKS for the cluster's endpoint and version.", bool),
    vmMemoryOverheadPercent: about(
      "The part of an instance's memory that is not there, a fraction, 0.075.",
      numeric(values.fraction),
    ),
    enableZonalShift: about("Whether no node is started in a zone that is shifted away.", bool),
    reservedENIs: about('Network interfaces that pods do not get, "1".', text(values.numberInQuotes)),
    ignoreDRARequests: about("Whether pods' claims on devices are left out of account.", bool),
    enableDRA: about("Every device driver's feature gate at once.", bool),
    legacyNodeRepair: about("Whether nodes are repaired as before 1.15.", bool),
    disableClusterStateObservability: about("Whether metrics of the cluster's state are left out.", bool),
    disableDryRun: about("Whether node classes are not tried out with dry runs.", bool),
    amiRefreshInterval: about("How often AMIs are looked up, 1m or longer.", duration),
    subnetRefreshInterval: about("How often subnets are looked up, 1m or longer.", duration),
    securityGroupRefreshInterval: about("How often security groups are looked up, 1m or longer.", duration),
  },
  [],
  settingsRules,
);

/** `settings.featureGates` of the `karpenter` chart. */
const featureGates = object({
  nodeRepair: about("Whether nodes that stay unhealthy are replaced.", bool),
  nodeOverlay: about("Whether NodeOverlays count.", bool),
  reservedCapacity: about("Whether capacity reservations are used.", bool),
  spotToSpotConsolidation: about("Whether spot nodes are replaced by cheaper spot nodes.", bool),
  staticCapacity: about("Whether NodePools may have a fixed number of nodes.", bool),
  capacityBuffer: about("Whether CapacityBuffers count.", bool),
  terminateFirstDrift: about("Whether a drifted node goes before its replacement is there.", bool),
  terminateFirstRepair: about("Whether an unhealthy node goes before its replacement is there.", bool),
  podDeletionCostManagement: about("Whether pods on nodes that will go are marked to be removed first.", bool),
  // Keys that only 0.x charts know are last.
  drift: about("Whether nodes that differ from what is wanted are replaced; always on since 1.0.", bool),
});

/** `settings.awsFeatureGates` of the `karpenter` chart. */
const awsFeatureGates = object({
  nodeClassCEL: about("Whether node classes may hold CEL expressions.", bool),
  draNVIDIAGPU: about("Whether claims on NVIDIA GPUs count.", bool),
  draEFA: about("Whether claims on EFA devices count.", bool),
  rebootForRepair: about("Whether unhealthy nodes are rebooted before they are replaced.", bool),
});

const tolerations = list(
  object(
    {
      key: about("Key of the taint; when left out with Exists, every taint.", text(values.tolerationKey)),
      operator: about("Whether the value is compared: Exists or Equal.", oneOfStrings("Exists", "Equal")),
      value: about("Value of the taint, with Equal.", text(values.labelValue)),
      effect: about(
        "Effect of the taint; when left out, every effect.",
        oneOfStrings("NoSchedule", "PreferNoSchedule", "NoExecute"),
      ),
      tolerationSeconds: about("How long a taint NoExecute is tolerated, in seconds.", number),
    },
    [],
    tolerationRules,
  ),
);

/** The chart adds which pods it is about. */
const topologySpread = list(
  object(
    {
      maxSkew: about(
        "By how many pods two places may differ, from 1.",
        numeric(values.wholeNumber(1, undefined, "1 keeps the pods most apart")),
      ),
      topologyKey: about("A label of nodes, topology.kubernetes.io/zone.", text(values.labelKey)),
      whenUnsatisfiable: about(
        "What becomes of a pod that would differ more.",
        oneOfStrings("DoNotSchedule", "ScheduleAnyway"),
      ),
      minDomains: about(
        "How many places there must be at least.",
        numeric(values.wholeNumber(1, undefined, "leave it out for 1")),
      ),
      nodeAffinityPolicy: about(
        "Whether nodes that the pod's affinity leaves out count.",
        oneOfStrings("Honor", "Ignore"),
      ),
      nodeTaintsPolicy: about("Whether nodes with taints count.", oneOfStrings("Honor", "Ignore")),
      matchLabelKeys: about("Labels whose values tell groups of pods apart.", list(text(values.labelKey))),
    },
    ["maxSkew", "topologyKey", "whenUnsatisfiable"],
  ),
);

/** How the controller runs. */
export const CONTROLLER_OPTION_INPUTS = {
  controllerReplicas: about(
    "How many controllers run; one of them leads.",
    numeric(values.wholeNumber(1, undefined, "take 2 for high availability")),
    2,
  ),
  controllerSize: about(
    "Cpu and memory of each controller; requests equal limits; what is left out is 1 cpu and 1Gi.",
    object({
      cpu: about('Cpu of each controller, "1".', quantity),
      memory: about('Memory of each controller, "1Gi".', quantity),
    }),
    {},
  ),
  settings: about(
    "Settings of the karpenter chart, in its own words; what is left out is the chart's default.",
    settings,
    {},
  ),
  featureGates: about(
    "Feature gates of the karpenter chart, in its own words; what is left out is the chart's default.",
    featureGates,
    {},
  ),
  awsFeatureGates: about(
    "Feature gates of AWS's part of Karpenter 1.15 and later, in the chart's own words.",
    awsFeatureGates,
    {},
  ),
  controllerTolerations: optional(
    "Taints that the controller's pods tolerate; when left out, the chart's own, CriticalAddonsOnly.",
    tolerations,
  ),
  controllerTopologySpread: optional(
    "How the controller's pods spread; when left out, the chart's own rule: never two more in one zone than in another.",
    topologySpread,
  ),
  controllerMaxUnavailable: optional(
    "How many of the controller's pods may be down while nodes are drained, a number or a percentage; when left out, 1.",
    { kind: "quantity", rules: [values.podCountOrShare] } as Field,
  ),
  controllerDnsPolicy: optional(
    "The dnsPolicy of the controller's pods; when left out, Default on Fargate and ClusterFirst elsewhere.",
    oneOfStrings("Default", "ClusterFirst", "ClusterFirstWithHostNet"),
  ),
  logLevel: about("What the controller logs: debug, info or error.", oneOfStrings("debug", "info", "error"), "info"),
  serviceMonitor: about("Whether to make a ServiceMonitor; requires the Prometheus operator's CRDs.", bool, false),
  serviceMonitorLabels: about(
    "Labels of the ServiceMonitor, by which a Prometheus finds it.",
    map(text(values.labelValue), [values.labelKey]),
    {},
  ),
  ...CONTROLLER_POD_INPUTS,
  controllerHelmValues: about(
    "More values for the karpenter chart as YAML or as objects, each held against what the chart of the release reads. Where they say something that is set here too, they win, the last one most: Helm merges maps key by key, and replaces lists and single values.",
    { ...list({ kind: "yaml", rules: [values.yamlMapping], says: controllerChartValues }), single: true } as ListField,
    [],
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** Where Karpenter's project publishes its charts. */
export const CHART_REPOSITORY = "oci://public.ecr.aws/karpenter";

/** A registry, a repository or a folder. */
export const chartRepository = rule(
  { matches: `^((oci|https?)://|/|\\./|\\.\\./|~/)${values.PLACE}$` },
  {
    allowed: "an address that begins with oci:// or https://, or the path of a folder that begins with / or ./",
    remedy: "name what holds the charts karpenter and karpenter-crd, without the chart's name",
  },
);

/** Where Karpenter's charts come from. */
export const CHART_INPUTS = {
  chartRepository: about(
    "What holds the charts karpenter and karpenter-crd: an OCI registry (oci://…), a repository (https://…) or a folder.",
    text(chartRepository),
    CHART_REPOSITORY,
  ),
  chartRepositoryUsername: optional("User of a registry of your own; the public one takes no login.", string),
  chartRepositoryPassword: { ...optional("Password for a registry of your own.", string), sensitive: true },
  chartRepositoryCaFile: optional(
    "File with the certificate authority of an https:// repository of your own, where Terraform runs; when left out, those that the machine trusts.",
    string,
  ),
  chartTimeout: about("How long Helm waits for the controller, in seconds.", numeric(values.timeout), 600),
} as const satisfies Readonly<Record<string, Field>>;

/** How many revisions Helm keeps. */
export const HELM_HISTORY_INPUTS = {
  helmMaxHistory: about(
    "How many revisions Helm keeps of each release made here, each of them a Secret; 0 keeps all.",
    numeric(values.wholeNumber(0, undefined, "take 10 as Helm itself does, or 0 to keep all")),
    10,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What Helm does where the controller does not start. The CRDs' release takes none of it: undone, it would take every NodePool along. */
export const HELM_INPUTS = {
  helmWait: about(
    "Whether Helm waits until the controller runs, and with it what depends on the controller; otherwise an apply ends while it may still fail to start.",
    bool,
    true,
  ),
  helmAtomic: about(
    "Whether Helm undoes an install or upgrade of the controller that fails: the revision before comes back, or none is left. CRDs stay.",
    bool,
    false,
  ),
  helmCleanupOnFail: about("Whether Helm removes what a failed upgrade of the controller has newly made.", bool, false),
} as const satisfies Readonly<Record<string, Field>>;

/** Whether the CRDs and the controller are installed here. */
export const INSTALLATION_INPUTS = {
  installController: about(
    "Whether to install the CRDs and the controller; false leaves that to you, with the output helmValues.",
    toggle,
    true,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The namespace. */
export const NAMESPACE_INPUTS = {
  createNamespace: about("Whether Helm makes the namespace.", bool, true),
  createFlowSchemas: optional(
    "Whether to make FlowSchemas by which the API server answers the controller as it answers those of kube-system; when left out, unless namespace is kube-system.",
    bool,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What {@link KarpenterCharts} is told by {@link Karpenter}. */
export const CONTROLLER_NEEDS = {
  onFargate: about("Whether the controller runs on Fargate.", bool, true),
  annotateRole: about("Whether the service account says which role it is; false with EKS Pod Identity.", bool, true),
} as const satisfies Readonly<Record<string, Field>>;
