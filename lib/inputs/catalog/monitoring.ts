import type { CrossRule } from "../cross-rule";
import type { Field } from "../field";
import { about, map, optional, string, text, toggle } from "../field-builders";
import { any, is, predicate } from "../predicate";
import { matching } from "../rule";
import { minorVersionOf } from "../../versions";
import * as values from "./values";

const guides = matching("^https?://[^ ]+$", {
  allowed: "an address that begins with https:// or http://",
  remedy: "name the folder that holds pending-pods.md, https://git.example/platform/docs",
});

/** Alerts and the dashboard. */
export const MONITORING_INPUTS = {
  prometheusRule: about(
    "Whether to make a PrometheusRule with alerts on Karpenter; requires the Prometheus operator's CRDs, and a Prometheus that scrapes the controller, see serviceMonitor.",
    toggle,
    false,
  ),
  prometheusRuleLabels: about(
    "Labels of the PrometheusRule, by which a Prometheus finds it.",
    map(text(values.labelValue), [values.labelKey]),
    {},
  ),
  runbookUrl: optional(
    "Where you keep this project's guides, https://git.example/platform/docs; each alert then links to its part of pending-pods.md; when left out, it names that part without a link.",
    text(guides),
  ),
  grafanaDashboard: about("Whether to make a ConfigMap with a dashboard of Karpenter for Grafana.", toggle, false),
  grafanaDashboardLabels: about(
    "Labels of the dashboard's ConfigMap, by which Grafana's sidecar finds it.",
    map(text(values.labelValue), [values.labelKey]),
    { grafana_dashboard: "1" },
  ),
  grafanaDashboardAnnotations: about(
    "Annotations of the dashboard's ConfigMap, such as grafana_folder.",
    map(string, [values.annotationKey]),
    {},
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** On the release; the modules take none without these metrics. */
export const monitoringRules: readonly CrossRule[] = ["prometheusRule", "grafanaDashboard"].map((wanted) => ({
  refusal:
    `"{${wanted}}" is true with Karpenter <karpenterVersion>, but must be false before 1.0, whose metrics have other names; ` +
    "leave it out, or take a later release",
  condition: predicate(
    ({ [wanted]: isWanted, karpenterVersion: release }) =>
      isWanted !== true || minorVersionOf(String(release)).apiVersion === "v1",
    () => "true",
  ),
}));

/** On a part that stands alone: it makes something. */
export const somethingToMonitorRules: readonly CrossRule[] = [
  {
    refusal:
      '"{prometheusRule}" is <prometheusRule> and "{grafanaDashboard}" is <grafanaDashboard>, but one of them must be true; ' +
      "set what you want to true",
    condition: any(is("prometheusRule", true), is("grafanaDashboard", true)),
  },
];
