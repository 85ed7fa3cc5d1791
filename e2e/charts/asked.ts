/** What a controller's objects must be, made of what was asked and of what the chart makes of nothing. */
import type { KarpenterChartsProps } from "../../lib/kubernetes/karpenter-charts";
import { ROLE_ARN } from "./configurations";
import type { Json, Rendered } from "./rendered-chart";
import { theOnly } from "./rendered-chart";

/** The environment variables of settings, where they are not the setting's name in capitals. */
const VARIABLES: Readonly<Record<string, string>> = {
  clusterCABundle: "CLUSTER_CA_BUNDLE",
  isolatedVPC: "ISOLATED_VPC",
  vmMemoryOverheadPercent: "VM_MEMORY_OVERHEAD_PERCENT",
  reservedENIs: "RESERVED_ENIS",
  ignoreDRARequests: "IGNORE_DRA_REQUESTS",
  eksControlPlane: "EKS_CONTROL_PLANE",
};

type Env = Readonly<Record<string, unknown>>;

interface Pod extends Json {
  readonly containers: readonly Json[];
}

/** The parts of what a chart rendered that users ask for. */
export interface Asked {
  readonly env: Env;
  /** The container beside its environment: command, arguments, resources, image … */
  readonly container: Json;
  /** The pod beside its container: DNS, tolerations, spread … */
  readonly pod: Json;
  /** Also what pods are spread and counted by. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: unknown;
  readonly replicas: unknown;
  readonly serviceAccount: { readonly name: string; readonly annotations: unknown };
  readonly maxUnavailable: unknown;
  /** Labels of the ServiceMonitor, undefined where there is none. */
  readonly serviceMonitor: unknown;
  /** The namespaces of the deployment and of the service account. */
  readonly namespaces: readonly unknown[];
}

/** What is rendered. */
export function rendered(objects: readonly Rendered[]): Asked {
  const deployment = theOnly("Deployment", objects);
  const { replicas, template } = deployment.spec as { replicas: unknown; template: { spec: Pod; metadata: Json } };
  const { containers, ...pod } = template.spec;
  const [{ env, ...container }] = containers as [Json];
  const account = theOnly("ServiceAccount", objects);
  const monitor = objects.find(({ kind }) => kind === "ServiceMonitor");
  return {
    env: environment(env as { name: string; value?: string; valueFrom?: unknown }[]),
    container,
    pod,
    podLabels: template.metadata.labels as Record<string, string>,
    podAnnotations: withoutChecksums(template.metadata.annotations as Json | undefined),
    replicas,
    serviceAccount: { name: account.metadata.name, annotations: account.metadata.annotations },
    maxUnavailable: (theOnly("PodDisruptionBudget", objects).spec as Json).maxUnavailable,
    serviceMonitor: monitor?.metadata.labels,
    namespaces: [deployment.metadata.namespace, account.metadata.namespace],
  };
}

/** Older charts mark pods with what their settings are, so that a change of those starts new ones. */
function withoutChecksums(annotations: Json = {}): Json {
  return Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith("checksum/")));
}

/** The variables by name, those of feature gates as a map of their own. */
function environment(variables: readonly { name: string; value?: string; valueFrom?: unknown }[]): Env {
  return Object.fromEntries(
    variables.map(({ name, value, valueFrom }) => [
      name,
      name.endsWith("FEATURE_GATES")
        ? Object.fromEntries(
            String(value)
              .split(",")
              .map((gate) => gate.split("=") as [string, string]),
          )
        : (value ?? valueFrom),
    ]),
  );
}

/** What must be rendered of the properties; all that was not asked is as in what the chart makes of nothing. */
export function asked(props: Partial<KarpenterChartsProps>, nothing: Asked): Asked {
  const { cpu = "1", memory = "1Gi" } = props.controllerSize ?? {};
  const namespace = props.namespace ?? "karpenter";
  const name = props.serviceAccountName ?? "karpenter";
  const labels = nothing.podLabels;
  return {
    env: { ...nothing.env, ...askedEnv(props, nothing.env) },
    container: {
      ...nothing.container,
      resources: { requests: { cpu, memory }, limits: { cpu, memory } },
      image: askedImage(props, String(nothing.container.image)),
    },
    pod: {
      ...nothing.pod,
      serviceAccountName: name,
      dnsPolicy: props.controllerDnsPolicy ?? (props.onFargate === false ? "ClusterFirst" : "Default"),
      ...given("tolerations", props.controllerTolerations),
      ...given("priorityClassName", props.controllerPriorityClassName),
      nodeSelector: { ...(nothing.pod.nodeSelector as object), ...props.controllerNodeSelector },
      ...(props.controllerAffinity === undefined
        ? {}
        : { affinity: laidOver(nothing.pod.affinity, ofControllersPods(props.controllerAffinity, labels)) }),
      ...given(
        "topologySpreadConstraints",
        props.controllerTopologySpread?.map((spread) => ({ ...spread, labelSelector: { matchLabels: labels } })),
      ),
    },
    podLabels: labels,
    podAnnotations:
      props.annotateRole === false
        ? (props.controllerPodAnnotations ?? nothing.podAnnotations)
        : { ...props.controllerPodAnnotations, "cdktf-karpenter/controller-role": ROLE_ARN },
    replicas: props.controllerReplicas ?? 2,
    serviceAccount: {
      name,
      annotations: props.annotateRole === false ? undefined : { "eks.amazonaws.com/role-arn": ROLE_ARN },
    },
    maxUnavailable: props.controllerMaxUnavailable ?? 1,
    serviceMonitor:
      props.serviceMonitor === true ? expect.objectContaining(props.serviceMonitorLabels as object) : undefined,
    namespaces: [namespace, namespace],
  };
}

/** The chart's own image, but for what is asked of it. */
function askedImage(props: Partial<KarpenterChartsProps>, nothing: string): string {
  const [, repository, tag] = /^(.+):([^:@]+)(@.*)?$/.exec(nothing) as unknown as string[];
  const digest = props.controllerImageDigest ?? "";
  const image = `${props.controllerImageRepository ?? repository}:${props.controllerImageTag ?? tag}`;
  return digest === "" ? image : `${image}@${digest}`;
}

/** Maps key by key, everything else as a whole: as Helm lays values over a chart's own. */
function laidOver(below: unknown, above: unknown): unknown {
  const isMap = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap(below) && isMap(above)
    ? {
        ...below,
        ...Object.fromEntries(Object.entries(above).map(([key, value]) => [key, laidOver(below[key], value)])),
      }
    : above;
}

/** Terms on pods that say not on which are on the controller's own. */
function ofControllersPods(value: unknown, labels: object): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => ofControllersPods(item, labels));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const inner = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, ofControllersPods(item, labels)]));
  return "topologyKey" in value ? { labelSelector: { matchLabels: labels }, ...inner } : inner;
}

function askedEnv(props: Partial<KarpenterChartsProps>, nothing: Env): Env {
  const { enableDRA, ...settings } = props.settings ?? {};
  return {
    ...given("CLUSTER_ENDPOINT", props.clusterEndpoint),
    ...given("INTERRUPTION_QUEUE", props.interruptionQueueName),
    ...given("LOG_LEVEL", props.logLevel),
    ...given("HTTP_PROXY", props.controllerHttpProxy),
    ...given("HTTPS_PROXY", props.controllerHttpsProxy),
    ...given(
      "NO_PROXY",
      props.controllerNoProxy && expect.stringMatching(/^localhost,.*,\.cluster\.local,\.internal$/),
    ),
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [variableOf(name), String(value)])),
    ...gates("FEATURE_GATES", props.featureGates ?? {}, nothing),
    ...gates("AWS_FEATURE_GATES", props.awsFeatureGates ?? {}, nothing),
    ...(enableDRA === true ? everyDriver(nothing) : {}),
    // A driver whose claims are to be met is one whose claims are not ignored.
    ...(props.awsFeatureGates?.draEFA === true ? { IGNORE_DRA_REQUESTS: "false" } : {}),
  };
}

function everyDriver(nothing: Env): Env {
  return {
    IGNORE_DRA_REQUESTS: "false",
    ...gates("AWS_FEATURE_GATES", { draNVIDIAGPU: true, draEFA: true }, nothing),
  };
}

function gates(variable: string, wanted: object, nothing: Env): Env {
  const upper = ([name, on]: [string, unknown]) => [
    name.startsWith("dra") ? name.toUpperCase() : name[0].toUpperCase() + name.slice(1),
    String(on),
  ];
  return Object.keys(wanted).length === 0
    ? {}
    : { [variable]: { ...(nothing[variable] as object), ...Object.fromEntries(Object.entries(wanted).map(upper)) } };
}

function variableOf(setting: string): string {
  return VARIABLES[setting] ?? setting.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
}

function given(key: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [key]: value };
}
