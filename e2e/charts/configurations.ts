/** What is asked of the controller in each test of the charts. */
import type { ControllerOptions } from "../../lib/kubernetes/controller-options";
import type { KarpenterChartsProps } from "../../lib/kubernetes/karpenter-charts";
import type { Asked } from "./asked";
import type { ChartValue } from "../../lib/versions";
import { minorVersionOf, patchOf } from "../../lib/versions";

export const ROLE_ARN = "arn:aws:iam::111122223333:role/demo-karpenter-controller";

/** One way to ask. */
export interface Configuration {
  readonly title: string;
  readonly props: Partial<KarpenterChartsProps>;
  /** The first line that can be asked. */
  readonly since?: string;
  /** What the user's own values make of what was asked. */
  readonly byTheUser?: (wanted: Asked) => Asked;
}

/** A value for each setting that is not any chart's own. */
export const SETTINGS: Required<Omit<NonNullable<ControllerOptions["settings"]>, "enableDRA">> = {
  batchMaxDuration: "20s",
  batchIdleDuration: "2s",
  preferencePolicy: "Ignore",
  minValuesPolicy: "BestEffort",
  clusterCABundle: "Y2E=",
  isolatedVPC: true,
  eksControlPlane: true,
  vmMemoryOverheadPercent: 0.05,
  enableZonalShift: true,
  reservedENIs: "1",
  ignoreDRARequests: true,
  legacyNodeRepair: true,
  disableClusterStateObservability: true,
  disableDryRun: true,
  amiRefreshInterval: "2m",
  subnetRefreshInterval: "3m",
  securityGroupRefreshInterval: "4m",
};

/** What of some values a release's chart knows, as the project's own data has it. */
function knownTo<T extends object>(
  known: Readonly<Record<string, ChartValue>>,
  version: string,
  values: T,
): Partial<T> {
  const has = (name: string) => known[name] !== undefined && patchOf(version) >= (known[name].fromPatch ?? 0);
  return Object.fromEntries(Object.entries(values).filter(([name]) => has(name))) as Partial<T>;
}

/** Every gate the other way round than the chart has it. */
function turned(gates: Readonly<Record<string, ChartValue>>): Record<string, boolean> {
  return Object.fromEntries(Object.entries(gates).map(([name, gate]) => [name, gate.default !== true]));
}

/** What is asked of a release. */
export function configurationsOf(version: string): Configuration[] {
  const { chart, minorVersion: line } = minorVersionOf(version);
  const all: Configuration[] = [
    { title: "the cluster's name alone", props: {} },
    {
      title: "Fargate",
      props: { onFargate: true, clusterEndpoint: "https://demo.eks.amazonaws.com", interruptionQueueName: "demo" },
    },
    { title: "nodes", props: { onFargate: false, controllerReplicas: 1, controllerSize: { cpu: "2", memory: "4Gi" } } },
    { title: "Pod Identity", props: { onFargate: false, annotateRole: false } },
    {
      title: "every setting",
      // Before 1.15, charts drop a false here.
      props: { settings: knownTo(chart.settings, version, { ...SETTINGS, ignoreDRARequests: line !== "1.15" }) },
    },
    {
      title: "every feature gate",
      props: {
        featureGates: turned(chart.featureGates),
        // With a driver's gate on, the chart decides itself whether claims are ignored.
        awsFeatureGates: turned(chart.awsFeatureGates),
      },
    },
    { title: "device claims of every driver", props: { settings: { enableDRA: true } }, since: "1.15" },
    {
      title: "tolerations",
      props: {
        controllerTolerations: [
          { key: "dedicated", operator: "Equal", value: "karpenter", effect: "NoSchedule" },
          { operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 },
        ],
      },
    },
    {
      title: "a topology spread",
      props: {
        controllerTopologySpread: [
          { maxSkew: 2, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway", minDomains: 1 },
        ],
      },
    },
    { title: "a disruption budget", props: { controllerMaxUnavailable: "50%" } },
    { title: "a ServiceMonitor", props: { serviceMonitor: true, serviceMonitorLabels: { release: "prometheus" } } },
    { title: "a DNS policy", props: { controllerDnsPolicy: "ClusterFirstWithHostNet" } },
    { title: "a log level", props: { logLevel: "error" } },
    {
      title: "names of its namespace and service account",
      props: { namespace: "platform", serviceAccountName: "scaler" },
    },
    { title: "kube-system", props: { namespace: "kube-system" } },
    {
      title: "an image of a mirror",
      props: {
        controllerImageRepository: "registry.example:5000/karpenter/controller",
        controllerImageTag: `${version}-mine`,
        controllerImageDigest: `sha256:${"0a".repeat(32)}`,
      },
    },
    {
      title: "an image of a mirror, by the chart's own tag alone",
      props: { controllerImageRepository: "registry.example/karpenter", controllerImageDigest: "" },
    },
    {
      title: "a proxy",
      props: {
        controllerHttpProxy: "http://proxy.example:3128",
        controllerHttpsProxy: "http://proxy.example:3129",
        controllerNoProxy: [".internal"],
      },
    },
    {
      title: "nodes, a priority class and annotations of its own",
      props: {
        onFargate: false,
        controllerNodeSelector: { "example.com/role": "system" },
        controllerAffinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: "karpenter.sh/nodepool", operator: "In", values: ["system"] }] },
              ],
            },
          },
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 1, podAffinityTerm: { topologyKey: "topology.kubernetes.io/zone" } },
            ],
          },
        },
        controllerPriorityClassName: "platform",
        controllerPodAnnotations: { "example.com/scrape": "true" },
      },
    },
    {
      title: "values of the user's own",
      props: {
        controllerReplicas: 2,
        settings: { batchIdleDuration: "2s" },
        controllerHelmValues: [
          "replicas: 4\npodLabels: { team: platform }\n",
          "replicas: 5\nsettings: { batchMaxDuration: 30s }\n",
        ],
      },
      byTheUser: (wanted) => ({
        ...wanted,
        replicas: 5,
        env: { ...wanted.env, BATCH_MAX_DURATION: "30s" },
        podLabels: { ...wanted.podLabels, team: "platform" },
      }),
    },
  ];
  return all.filter(({ since }) => since === undefined || line === since);
}
