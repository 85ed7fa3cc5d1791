/** Karpenter's own charts with the values of this project: what is asked is what runs, and nothing asked is dropped. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { allAlerts } from "../lib/kubernetes/alerts";
import type { KarpenterChartsProps } from "../lib/kubernetes/karpenter-charts";
import { KarpenterCharts } from "../lib/kubernetes/karpenter-charts";
import { chartFolder } from "../lib/kubernetes/packaged-chart";
import { controllerChart } from "../lib/inputs/catalog/controller-chart";
import type { Field } from "../lib/inputs/field";
import { fieldProblems } from "../lib/inputs/field-problems";
import type { ChartValue } from "../lib/versions";
import { isIn } from "../lib/versions/version-bounds";
import { minorVersionOf, patchOf } from "../lib/versions";
import { decodeValues } from "../__tests__/lib/kubernetes/on-cluster";
import { synth } from "../__tests__/support/stack";
import type { Asked } from "./charts/asked";
import { asked, rendered } from "./charts/asked";
import type { Configuration } from "./charts/configurations";
import { configurationsOf, ROLE_ARN } from "./charts/configurations";
import type { ChartKnowledge } from "./charts/ignored-values";
import { chartKnowledge, ignoredValues } from "./charts/ignored-values";
import type { Json, Rendered } from "./charts/rendered-chart";
import { renderChart } from "./charts/rendered-chart";
import { karpenterCharts } from "./cloud/charts";

/** One release of each form of the charts that can be had as sources. */
const VERSIONS = ["0.32.1", "0.35.0", "1.0.8", "1.9.3", "1.14.3", "1.15.1"];
/** Releases whose CRDs have a webhook that turns one version into the other. */
const CONVERTING = ["1.0.8"];
const MONITORS = ["monitoring.coreos.com/v1"];
const AT_ONCE = 4;

/** The two releases that the project makes of some properties. */
function releasesOf(karpenterVersion: string, props: Partial<KarpenterChartsProps>): { crd: Json; controller: Json } {
  const stack = synth(
    (scope) =>
      new KarpenterCharts(scope, "charts", {
        clusterName: "demo",
        controllerRoleArn: ROLE_ARN,
        karpenterVersion,
        ...props,
      }),
  );
  return {
    crd: stack.resource("helm_release", "charts_crd"),
    controller: stack.resource("helm_release", "charts_controller"),
  };
}

/** The values of a release as Helm gets them. */
function valuesOf({ values }: Json): string[] {
  // What Terraform encodes are this project's, what it does not are the user's.
  return ((values ?? []) as string[]).map((text) =>
    text.startsWith("${") ? JSON.stringify(decodeValues(text)) : text,
  );
}

/** What one release's chart makes of a configuration. */
interface Outcome {
  readonly objects: Rendered[];
  readonly ignored: string[];
}

/** Works through a list, a few at once. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

type Known = Readonly<Record<string, ChartValue>>;

function knownAt(values: Known, version: string): [string, ChartValue][] {
  return Object.entries(values).filter(([, { fromPatch = 0 }]) => patchOf(version) >= fromPatch);
}

function keysAt(values: Known, version: string): string[] {
  return knownAt(values, version).map(([name, { key }]) => key ?? name);
}

function defaultsOf(values: Known, version: string): Json {
  return Object.fromEntries(knownAt(values, version).map(([name, value]) => [value.key ?? name, value.default]));
}

/** The paths of a description whose values the chart of a release has, down to what is free. */
function leavesOf(field: Field, release: string, path = ""): string[] {
  if (!isIn(field, release)) {
    return [];
  }
  return field.kind === "object"
    ? Object.entries(field.fields).flatMap(([name, of]) =>
        leavesOf(of, release, path === "" ? name : `${path}.${name}`),
      )
    : [path];
}

/** What of some values the description does not know. */
function unknownNames(values: unknown, release: string): string[] {
  return fieldProblems("values", values, controllerChart, release).filter((problem) => !problem.includes(" must be "));
}

/** Something at a path of keys. */
function atKey(path: string): unknown {
  return path.split(".").reduceRight<unknown>((value, key) => ({ [key]: value }), "something");
}

describe.each(VERSIONS)("Karpenter %s", (version) => {
  const configurations = configurationsOf(version);
  const outcomes = new Map<string, Outcome>();
  let chart: string;
  let crdChart: string;
  let nothing: Asked;
  let known: ChartKnowledge;

  beforeAll(async () => {
    ({ karpenter: chart, crds: crdChart } = await karpenterCharts(version));
    known = await chartKnowledge(chart);
    nothing = rendered(await renderChart({ name: "karpenter", chart, values: ["settings: { clusterName: demo }"] }));
    await inParallel(configurations, async ({ title, props }) => {
      const { controller } = releasesOf(version, props);
      const values = valuesOf(controller);
      outcomes.set(title, {
        objects: await renderChart({
          name: String(controller.name),
          chart,
          namespace: String(controller.namespace),
          values,
          apis: MONITORS,
        }),
        ignored: ignoredValues(JSON.parse(values[0] as string), known),
      });
    });
  });

  const outcome = ({ title }: Configuration): Outcome => outcomes.get(title) as Outcome;

  it.each(configurations.map((configuration) => [configuration.title, configuration] as const))(
    "runs with %s as asked, and drops no value",
    (_, configuration) => {
      const { objects, ignored } = outcome(configuration);
      expect(ignored).toEqual([]);
      const wanted = asked(configuration.props, nothing);
      expect(rendered(objects)).toEqual(configuration.byTheUser?.(wanted) ?? wanted);
    },
  );

  it("knows the settings and feature gates that the data of its line has, and no other", () => {
    const { settings, featureGates, awsFeatureGates } = minorVersionOf(version).chart;
    const its = (known.values as { settings: Record<string, object> }).settings;
    const keys = keysAt(settings, version);
    expect(
      Object.keys(its).filter((name) => !["aws", "featureGates", "awsFeatureGates", ...keys].includes(name)),
    ).toEqual([]);
    expect(keys.filter((key) => ignoredValues(atKey(`settings.${key}`), known).length > 0)).toEqual([]);
    expect(defaultsOf(featureGates, version)).toEqual(its.featureGates);
    expect(defaultsOf(awsFeatureGates, version)).toEqual(its.awsFeatureGates ?? {});
  });

  it("reads the values that the description of it has, and no other", () => {
    // Only some patches have the hook.
    const described = leavesOf(controllerChart, version).filter((path) => !path.startsWith("postInstallHook."));
    expect(described.filter((path) => ignoredValues(atKey(path), known).length > 0)).toEqual([]);
    expect(fieldProblems("values", known.values, controllerChart, version)).toEqual([]);
    const readByIt = [...known.templates.matchAll(/\.Values\.([\w.]+)/g)].map(([, path]) => atKey(path));
    expect(readByIt.flatMap((values) => unknownNames(values, version))).toEqual([]);
  });

  it("makes the CRDs with our values, which it all takes notice of", async () => {
    const { crd } = releasesOf(version, { namespace: "platform" });
    const values = valuesOf(crd);
    const knownToCrds = await chartKnowledge(crdChart);
    expect(values.flatMap((text) => ignoredValues(JSON.parse(text), knownToCrds))).toEqual([]);
    const objects = await renderChart({ name: "karpenter-crd", chart: crdChart, namespace: "platform", values });
    expect(objects.length).toBeGreaterThanOrEqual(3);
    expect(new Set(objects.map(({ kind }) => kind))).toEqual(new Set(["CustomResourceDefinition"]));
    const services = objects.flatMap(({ spec }) => {
      const { conversion } = spec as { conversion?: { webhook?: { clientConfig: { service: Json } } } };
      return conversion?.webhook === undefined ? [] : [conversion.webhook.clientConfig.service];
    });
    const expected = expect.objectContaining({ name: "karpenter", namespace: "platform", port: 8443 });
    expect(services).toEqual(CONVERTING.includes(version) ? objects.map(() => expected) : []);
  });
});

describe("the chart of alerts and the dashboard", () => {
  const PROMETHEUS_RULE = "monitoring.coreos.com/v1/PrometheusRule";
  const monitoring = (values: object, apis: readonly string[] = [PROMETHEUS_RULE]): Promise<Rendered[]> =>
    renderChart({
      name: "karpenter-monitoring",
      chart: chartFolder("monitoring"),
      values: [JSON.stringify(values)],
      apis: [...apis],
    });
  const prometheusRule = { enabled: true, labels: { release: "prometheus" } };

  it("makes nothing that is not asked for", async () => {
    expect(await monitoring({})).toEqual([]);
  });

  it("makes every alert, labelled and linked", async () => {
    const [rule, ...more] = await monitoring({
      prometheusRule: { ...prometheusRule, runbookUrl: "https://a.example/docs/" },
    });
    expect(more).toEqual([]);
    expect(rule).toMatchObject({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "karpenter", namespace: "karpenter", labels: { release: "prometheus" } },
    });
    const [group] = (rule.spec as { groups: { rules: object[] }[] }).groups;
    expect(group.rules).toEqual(
      allAlerts().map((alert) => ({
        ...alert,
        annotations: { ...alert.annotations, runbook_url: `https://a.example/docs/${alert.annotations.runbook}` },
      })),
    );
  });

  it("leaves out alerts by name", async () => {
    const [first, ...others] = allAlerts();
    const [rule] = await monitoring({ prometheusRule: { ...prometheusRule, without: [first.alert] } });
    expect((rule.spec as { groups: { rules: object[] }[] }).groups[0].rules).toEqual(others);
  });

  it("says what is missing on a cluster that knows no PrometheusRules", async () => {
    await expect(monitoring({ prometheusRule }, [])).rejects.toThrow(
      "install the Prometheus operator's CRDs first, or set prometheusRule to false",
    );
  });

  it("makes the dashboard as its file has it, labelled and annotated", async () => {
    const [configMap, ...more] = await monitoring({
      grafanaDashboard: {
        enabled: true,
        labels: { grafana_dashboard: "1" },
        annotations: { grafana_folder: "Platform" },
      },
    });
    expect(more).toEqual([]);
    expect(configMap).toMatchObject({
      kind: "ConfigMap",
      metadata: { labels: { grafana_dashboard: "1" }, annotations: { grafana_folder: "Platform" } },
    });
    const file = await readFile(join(chartFolder("monitoring"), "files/dashboard.json"), "utf8");
    expect(configMap.data).toEqual({ "karpenter.json": file });
  });
});
