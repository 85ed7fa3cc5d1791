import type { TerraformResource } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import type { MonitoringProps } from "../../../lib/kubernetes/monitoring";
import { Monitoring } from "../../../lib/kubernetes/monitoring";
import { problemsOf, synth } from "../../support/stack";
import { variable, variableFlag, variableMap } from "../../support/tokens";
import { decodeValues } from "./on-cluster";

const monitoring = (props: MonitoringProps) =>
  synth((stack) => new Monitoring(stack, "monitoring", { monitoringChart: "./chart", ...props }));
const releaseOf = (props: MonitoringProps) => monitoring(props).resource("helm_release", "monitoring");
const valuesOf = (props: MonitoringProps) => decodeValues((releaseOf(props).values as string[])[0]);
const problems = (props: MonitoringProps) => problemsOf((stack) => new Monitoring(stack, "monitoring", props));

const NOTHING = {
  prometheusRule: { enabled: false, labels: {}, without: [], runbookUrl: "" },
  grafanaDashboard: { enabled: false, labels: { grafana_dashboard: "1" }, annotations: {} },
};

describe("Monitoring", () => {
  test("is one release, in the namespace of the controller", () => {
    const { values, ...release } = releaseOf({ prometheusRule: true });
    expect(values).toHaveLength(1);
    expect(release).toEqual({
      name: "karpenter-monitoring",
      namespace: "karpenter",
      chart: "./chart",
      max_history: 10,
    });
  });

  test("makes the alerts or the dashboard, as asked", () => {
    expect(valuesOf({ prometheusRule: true })).toEqual({
      ...NOTHING,
      prometheusRule: { ...NOTHING.prometheusRule, enabled: true },
    });
    expect(valuesOf({ grafanaDashboard: true })).toEqual({
      ...NOTHING,
      grafanaDashboard: { ...NOTHING.grafanaDashboard, enabled: true },
    });
  });

  test("labels, annotates and links them", () => {
    expect(
      valuesOf({
        prometheusRule: true,
        prometheusRuleLabels: { release: "prometheus" },
        runbookUrl: "https://git.example/docs",
        grafanaDashboard: true,
        grafanaDashboardLabels: { dashboards: "yes" },
        grafanaDashboardAnnotations: { grafana_folder: "Platform" },
      }),
    ).toEqual({
      prometheusRule: {
        enabled: true,
        labels: { release: "prometheus" },
        without: [],
        runbookUrl: "https://git.example/docs",
      },
      grafanaDashboard: {
        enabled: true,
        labels: { dashboards: "yes" },
        annotations: { grafana_folder: "Platform" },
      },
    });
  });

  test("leaves out alerts that the release has no metrics for", () => {
    const without = (karpenterVersion: string) =>
      (valuesOf({ prometheusRule: true, karpenterVersion }) as typeof NOTHING).prometheusRule.without;
    expect(without("1.13.1")).toEqual(["KarpenterSubnetAddresses"]);
    expect(without("1.14.0")).toEqual([]);
  });

  test("leaves them out of a release that only Terraform knows", () => {
    const synthesized = monitoring({ prometheusRule: true, karpenterVersion: variable("release") });
    const [values] = synthesized.resource("helm_release", "monitoring").values as string[];
    const without = (minor: number) =>
      (decodeValues(values, { local: { karpenter_minor: minor } }) as typeof NOTHING).prometheusRule.without;
    expect(synthesized.local("karpenter_minor")).toBe('${tonumber(split(".", var.release)[1])}');
    expect(without(14)).toEqual([]);
    expect(without(13)).toEqual(["KarpenterSubnetAddresses"]);
    expect(without(0)).toHaveLength(4);
  });

  test("takes what only Terraform knows", () => {
    const [values] = releaseOf({
      prometheusRule: variableFlag("rule"),
      grafanaDashboard: variableFlag("dashboard"),
      prometheusRuleLabels: variableMap("labels"),
    }).values as string[];
    const scope = { var: { rule: true, dashboard: false, labels: { release: "prometheus" } } };
    expect(decodeValues(values, scope)).toEqual({
      ...NOTHING,
      prometheusRule: { ...NOTHING.prometheusRule, enabled: true, labels: { release: "prometheus" } },
    });
  });

  test("waits for what it depends on", () => {
    const synthesized = synth((stack) => {
      const operator: TerraformResource = new Release(stack, "operator", { name: "operator", chart: "operator" });
      new Monitoring(stack, "monitoring", { prometheusRule: true, namespace: "monitoring", dependsOn: [operator] });
    });
    expect(synthesized.resource("helm_release", "monitoring")).toMatchObject({
      namespace: "monitoring",
      depends_on: ["helm_release.operator"],
    });
  });

  test.each<[string, MonitoringProps, string]>([
    [
      "to make nothing",
      {},
      '"prometheusRule" is null and "grafanaDashboard" is null, but one of them must be true; set what you want to true',
    ],
    [
      "alerts on a release whose metrics have other names",
      { prometheusRule: true, karpenterVersion: "0.37.0" },
      '"prometheusRule" is true with Karpenter "0.37.0", but must be false before 1.0, whose metrics have other names; leave it out, or take a later release',
    ],
    [
      "a dashboard of a release whose metrics have other names",
      { grafanaDashboard: true, karpenterVersion: "0.37.0" },
      '"grafanaDashboard" is true with Karpenter "0.37.0", but must be false before 1.0, whose metrics have other names; leave it out, or take a later release',
    ],
    [
      "labels of alerts that are not made",
      { grafanaDashboard: true, prometheusRuleLabels: { release: "prometheus" } },
      '"prometheusRuleLabels" is {"release":"prometheus"}, but must be left out while "prometheusRule" is false: there is nothing to label; set "prometheusRule" to true, or leave this out',
    ],
    [
      "links in alerts that are not made",
      { grafanaDashboard: true, runbookUrl: "https://git.example" },
      '"runbookUrl" is "https://git.example", but must be left out while "prometheusRule" is false: there is nothing to link; set "prometheusRule" to true, or leave this out',
    ],
    [
      "annotations of a dashboard that is not made",
      { prometheusRule: true, grafanaDashboardAnnotations: { grafana_folder: "a" } },
      '"grafanaDashboardAnnotations" is {"grafana_folder":"a"}, but must be left out while "grafanaDashboard" is false: there is nothing to annotate; set "grafanaDashboard" to true, or leave this out',
    ],
    [
      "guides that are nowhere",
      { prometheusRule: true, runbookUrl: "docs" },
      '"runbookUrl" is "docs", but must be an address that begins with https:// or http://; name the folder that holds pending-pods.md, https://git.example/platform/docs',
    ],
  ])("refuses %s", (_, props, message) => {
    expect(problems(props)).toEqual([message]);
  });

  test("accepts the label that is there by default, also for a dashboard that is not made", () => {
    expect(problems({ prometheusRule: true, grafanaDashboardLabels: { grafana_dashboard: "1" } })).toEqual([]);
    expect(problems({ prometheusRule: true, karpenterVersion: "1.0.8" })).toEqual([]);
  });
});
