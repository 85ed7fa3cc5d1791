/** The Helm releases of the charts `karpenter` and `karpenter-crd`. */
import { parse } from "yaml";
import { CHART_REPOSITORY, CONTROLLER_OPTION_INPUTS } from "../../../lib/inputs/catalog/controller";
import type { Fields } from "../../../lib/terraform/known-values";
import { isFields } from "../../../lib/terraform/known-values";
import type { ChartValue } from "../../../lib/versions";
import { minorVersionOf } from "../../../lib/versions";
import type { Part } from "../move";
import type { State, StateObject } from "../state";

/** The release of the controller, whatever its name. */
export function controllerRelease(state: State): StateObject | undefined {
  return releasesOf(state, "karpenter")[0];
}

/** The release of Karpenter that a Helm release has, without the `v` that charts had before 0.35. */
export function versionOf(release: StateObject | undefined): string | undefined {
  const version = release?.values.version;
  return typeof version === "string" ? version.replace(/^v/, "") : undefined;
}

/** Keeps the releases with what they set; without one, whatever installs the charts goes on doing so. */
export function chartsPart(state: State, namespace: string, karpenterVersion: string): Part {
  const controller = controllerRelease(state);
  if (controller === undefined) {
    return {
      inputs: { installController: false },
      moves: [],
      notes: [
        "no Helm release of the chart karpenter was found: whatever installs it goes on doing so, with the role, the queue " +
          "and the service account that it has",
      ],
    };
  }
  const { name, namespace: its } = controller.values;
  if (name !== "karpenter" || its !== namespace) {
    const why = `the module installs karpenter in ${namespace}, and not ${String(name)} in ${String(its)}`;
    return {
      inputs: { installController: false },
      moves: [{ fate: "left", object: controller, why }],
      notes: [],
    };
  }
  const crds = releasesOf(state, "karpenter-crd").find(
    ({ values }) => values.name === "karpenter-crd" && values.namespace === namespace,
  );
  return {
    inputs: {
      ...(repositoryOf(controller) === CHART_REPOSITORY ? {} : { chartRepository: repositoryOf(controller) }),
      ...inputsOf(valuesOf(controller), karpenterVersion),
    },
    moves: [
      { fate: "taken", object: controller, place: "controllerRelease" },
      ...(crds === undefined ? [] : [{ fate: "taken", object: crds, place: "crdRelease" } as const]),
    ],
    notes: [
      ...(crds === undefined ? ["the CRDs get a Helm release of their own, which adopts those that are there"] : []),
      ...sensitiveNames(controller).map(
        (name) => `the sensitive value ${name} is not written: controllerHelmValues can have it from a variable`,
      ),
    ],
  };
}

/** Settings that say which cluster it is, what it is called from outside of the chart. */
const OF_THE_CLUSTER = ["clusterName", "clusterEndpoint", "interruptionQueue", "defaultInstanceProfile"];

/** Values of the karpenter chart as inputs; those that no input has stay Helm values. */
export function inputsOf(values: Fields, karpenterVersion: string): Record<string, unknown> {
  const rest = structuredClone(values) as Record<string, unknown>;
  const { chart } = minorVersionOf(karpenterVersion);
  const take = (path: string): unknown => taken(rest, path.split("."));
  const { clusterEndpoint: endpoint } = takenBy(chart.settings, "settings", take, OF_THE_CLUSTER);
  const options = {
    clusterEndpoint: endpoint === "" ? undefined : endpoint,
    settings: takenBy(chart.settings, "settings", take, Object.keys(CONTROLLER_OPTION_INPUTS.settings.fields)),
    featureGates: takenBy(chart.featureGates, "settings.featureGates", take, Object.keys(chart.featureGates)),
    awsFeatureGates: takenBy(
      chart.awsFeatureGates,
      "settings.awsFeatureGates",
      take,
      Object.keys(chart.awsFeatureGates),
    ),
    controllerReplicas: take("replicas"),
    logLevel: take("logLevel"),
    serviceMonitor: take("serviceMonitor.enabled"),
    controllerDnsPolicy: take("dnsPolicy"),
  };
  // What the module says itself.
  ["serviceAccount.name", "serviceAccount.create", "serviceAccount.annotations"].forEach(take);
  const size = sizeOf(rest);
  if (size !== undefined) {
    take("controller.resources");
  }
  const all: Record<string, unknown> = { ...options, controllerSize: size };
  const given = Object.entries(all).filter(
    ([, value]) => value !== undefined && value !== null && !(isFields(value) && Object.keys(value).length === 0),
  );
  return {
    ...Object.fromEntries(given),
    ...(Object.keys(rest).length === 0 ? {} : { controllerHelmValues: [rest] }),
  };
}

/** What a release sets and does not show. */
function sensitiveNames({ values: { set_sensitive: all } }: StateObject): string[] {
  return (Array.isArray(all) ? all : []).filter(isFields).map(({ name }) => String(name));
}

/** The values of a release: each document of `values`, and `set` over them. */
function valuesOf({ values: { values: documents, set } }: StateObject): Fields {
  const merged: Record<string, unknown> = {};
  for (const document of Array.isArray(documents) ? documents : []) {
    const values: unknown = parse(String(document));
    merge(merged, isFields(values) ? values : {});
  }
  for (const one of Array.isArray(set) ? set.filter(isFields) : []) {
    // Helm takes a dot with a backslash as part of a key.
    const path = String(one.name)
      .split(/(?<!\\)\./)
      .map((key) => key.replaceAll("\\.", "."));
    const value = one.type === "string" ? String(one.value) : (parse(String(one.value)) as unknown);
    merge(merged, path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Fields);
  }
  return merged;
}

/** Lays values over others as Helm does: maps key by key. */
function merge(into: Record<string, unknown>, values: Fields): void {
  for (const [key, value] of Object.entries(values)) {
    const there = into[key];
    if (isFields(value) && isFields(there)) {
      merge(there as Record<string, unknown>, value);
    } else {
      into[key] = value;
    }
  }
}

/** Options of a chart by name, taken out of its values. */
function takenBy(
  options: Readonly<Record<string, ChartValue>>,
  above: string,
  take: (path: string) => unknown,
  names: readonly string[],
): Record<string, unknown> {
  const found = Object.entries(options)
    .filter(([name]) => names.includes(name))
    .map(([name, { key }]) => [name, take(`${above}.${key ?? name}`)]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
}

/** The controller's size, where requests are limits as the module has them. */
function sizeOf({ controller }: Fields): Fields | undefined {
  const resources = isFields(controller) ? controller.resources : undefined;
  if (!isFields(resources) || !isFields(resources.requests) || !isFields(resources.limits)) {
    return undefined;
  }
  const { cpu, memory, ...others } = resources.requests;
  const same = [cpu, memory].every((value) => value !== undefined) && Object.keys(others).length === 0;
  const { cpu: cpuLimit, memory: memoryLimit } = resources.limits;
  return same && cpuLimit === cpu && memoryLimit === memory ? { cpu: String(cpu), memory: String(memory) } : undefined;
}

/** Takes what is at a path out of nested maps, and those that become empty with it. */
function taken(map: Record<string, unknown>, [key, ...below]: readonly string[]): unknown {
  if (key === undefined || !Object.hasOwn(map, key)) {
    return undefined;
  }
  const value = map[key];
  if (below.length === 0) {
    delete map[key];
    return value;
  }
  if (!isFields(value)) {
    return undefined;
  }
  const inner = taken(value as Record<string, unknown>, below);
  if (Object.keys(value).length === 0) {
    delete map[key];
  }
  return inner;
}

function releasesOf({ objects }: State, chart: string): StateObject[] {
  return objects.filter(({ type, values }) => type === "helm_release" && chartName(values.chart) === chart);
}

/** A chart's name, from its name, its folder or its address. */
function chartName(chart: unknown): string {
  return String(chart).replace(/\/+$/, "").split("/").pop() ?? "";
}

/** What holds the chart. */
function repositoryOf({ values: { chart, repository } }: StateObject): string {
  return typeof repository === "string" && repository !== ""
    ? repository.replace(/\/+$/, "")
    : String(chart).replace(/\/+$/, "").split("/").slice(0, -1).join("/");
}
