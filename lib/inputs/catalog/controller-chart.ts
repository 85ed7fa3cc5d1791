/**
 * The values that the `karpenter` chart reads, of each minor version from 0.32 on: what is read nowhere is dropped by Helm without a
 * word. Taken from the chart's values.yaml and templates of 0.32.1, 0.35.0, 0.36.2, 1.0.0, 1.0.8, 1.3.3, 1.8.6, 1.9.3 and
 * 1.10.0 to 1.15.1; `settings` from `lib/versions`. Where it is not known which of the minor versions between two of these
 * brought a value or dropped it, all of them take it.
 */
import type { VersionBounds } from "../../versions/version-bounds";
import { minorNumber } from "../../versions/version-bounds";
import type { ChartValue, KarpenterChart } from "../../versions";
import { MINOR_VERSIONS } from "../../versions";
import type { Field, MovedName, ObjectField } from "../field";
import { any, list, map, object, since, until } from "../field-builders";
import { versioned } from "../versioned-field";

/** The first minor version whose chart is known. */
const FIRST = "0.32";

const READ = MINOR_VERSIONS.filter(({ minorVersion }) => minorNumber(minorVersion) >= minorNumber(FIRST));

const anyOf = (names: string): Record<string, Field> =>
  Object.fromEntries(names.split(" ").map((name) => [name, any] as const));

/** A newer chart, which `allowNewerKarpenterVersion` lets pass, may read more. */
const namesUntil = `1.${Number(READ[READ.length - 1].minorVersion.split(".")[1]) + 1}`;

/** A map whose values are read one by one. */
const closed = (fields: ObjectField["fields"], moved: readonly MovedName[] = []): ObjectField => ({
  ...object(fields, [], [], moved),
  namesUntil,
});

/** A list of what Kubernetes has there. */
const items = list(any);
/** A map whose names are the user's. */
const free = map(any);

/** What a part of `settings` may hold: each key with the minor versions that know it. */
function settingsOf(part: "settings" | "featureGates" | "awsFeatureGates"): Record<string, Field> {
  const keysIn = (chart: KarpenterChart): string[] =>
    Object.entries<ChartValue>(chart[part]).map(([name, { key }]) => key ?? name);
  const keys = [...new Set(READ.flatMap(({ chart }) => keysIn(chart)))];
  return Object.fromEntries(
    keys.map((key) => [key, { ...any, ...boundsOf(READ.map(({ chart }) => keysIn(chart).includes(key))) }]),
  );
}

function boundsOf(known: readonly boolean[]): VersionBounds {
  const first = known.indexOf(true);
  const last = known.lastIndexOf(true);
  return {
    ...(first === 0 ? {} : { since: READ[first].minorVersion }),
    ...(last === READ.length - 1 ? {} : { until: READ[last + 1].minorVersion }),
  };
}

/** Names that people bring from other charts, or from this one as it was. */
function moved(places: Readonly<Record<string, string>>): MovedName[] {
  return Object.entries(places).map(([name, place]) => ({ name, told: `write "${place}"` }));
}

const settings = closed(
  {
    ...settingsOf("settings"),
    featureGates: closed({ ...settingsOf("featureGates"), driftEnabled: until("0.35", any) }),
    awsFeatureGates: since("1.15", closed(settingsOf("awsFeatureGates"))),
    aws: until("0.35", any),
  },
  [{ name: "aws", told: 'what was below it stands in "settings" itself since 0.33: write "settings.clusterName"' }],
);

const controller = closed(
  {
    containerName: since("1.1", any),
    env: items,
    envFrom: items,
    ...Object.fromEntries(
      ["logLevel", "outputPaths", "errorOutputPaths"].map((name) => [name, until("0.35", any)] as const),
    ),
    extraVolumeMounts: items,
    healthProbe: closed({ port: any }),
    image: closed(anyOf("repository tag digest"), [
      ...moved({ pullPolicy: "imagePullPolicy", pullSecrets: "imagePullSecrets" }),
      { name: "registry", told: 'write it in front of "controller.image.repository"' },
    ]),
    metrics: closed({ port: any }),
    // The API's own object: what it does not know of it is dropped like a value.
    resources: closed({ requests: free, limits: free, claims: items }),
    securityContext: since("1.4", closed(anyOf("appArmorProfile seLinuxOptions seccompProfile"))),
    sidecarContainer: items,
    sidecarVolumeMounts: items,
  },
  moved({ replicas: "replicas", logOutputPaths: "logOutputPaths", tolerations: "tolerations" }),
);

/** The values of the `karpenter` chart. */
export const controllerChart = closed(
  {
    ...anyOf("nameOverride fullnameOverride imagePullPolicy replicas revisionHistoryLimit priorityClassName"),
    ...anyOf("terminationGracePeriodSeconds hostNetwork dnsPolicy logLevel"),
    additionalLabels: free,
    additionalAnnotations: free,
    imagePullSecrets: items,
    service: since("1.1", closed({ annotations: free })),
    serviceAccount: closed({ create: any, name: any, annotations: free }),
    additionalClusterRoleRules: items,
    serviceMonitor: closed({
      enabled: any,
      additionalLabels: free,
      endpointConfig: free,
      relabelings: since("1.4", items),
      metricRelabelings: since("1.4", items),
      sampleLimit: since("1.9", any),
    }),
    strategy: free,
    podLabels: free,
    podAnnotations: free,
    podDisruptionBudget: closed({ name: any, maxUnavailable: any }, [
      { name: "minAvailable", told: 'the chart knows "podDisruptionBudget.maxUnavailable" only' },
    ]),
    podSecurityContext: since("0.33", free),
    schedulerName: since("1.1", any),
    dnsConfig: free,
    initContainers: since("1.4", any),
    nodeSelector: free,
    affinity: free,
    topologySpreadConstraints: items,
    tolerations: items,
    extraVolumes: items,
    controller,
    logConfig: until(
      "1.0",
      closed({
        ...anyOf("enabled outputPaths errorOutputPaths logEncoding"),
        logLevel: closed(anyOf("global controller webhook")),
      }),
    ),
    logEncoding: until("0.35", any),
    logOutputPaths: since("0.37", any),
    logErrorOutputPaths: since("0.37", any),
    postInstallHook: { ...closed({ image: closed(anyOf("repository tag digest")) }), since: "0.33", until: "1.3" },
    webhook: until(
      "1.3",
      closed({ enabled: any, port: any, metrics: closed({ port: any }), logLevel: until("0.35", any) }),
    ),
    settings,
  },
  [
    { name: "global", told: "the chart reads no global values; write each under the key that the chart has for it" },
    {
      name: "karpenter",
      told: 'these are the values of the chart itself; write what is below "karpenter" without it',
    },
    {
      name: "logConfig",
      told: 'it has gone with 1.0: write "logLevel", "logOutputPaths" and "logErrorOutputPaths"',
    },
    { name: "labels", told: 'write "additionalLabels" for every object, or "podLabels" for the controller\'s pods' },
    {
      name: "annotations",
      told: 'write "additionalAnnotations" for every object, or "podAnnotations" for the controller\'s pods',
    },
    ...moved({
      image: "controller.image",
      resources: "controller.resources",
      env: "controller.env",
      extraEnv: "controller.env",
      volumes: "extraVolumes",
      volumeMounts: "controller.extraVolumeMounts",
      securityContext: "podSecurityContext",
      featureGates: "settings.featureGates",
      clusterName: "settings.clusterName",
      clusterEndpoint: "settings.clusterEndpoint",
      interruptionQueue: "settings.interruptionQueue",
    }),
  ],
);

/** As {@link controllerChart}; whatever charts before those are given is passed on. */
export const controllerChartValues = versioned({ "0.27": free, [FIRST]: controllerChart });
