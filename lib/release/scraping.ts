/** Alerts and a dashboard show nothing while nobody reads the controller's metrics. */
import type { Part, WarningRule } from "../inputs/warning-rule";
import { any, is, not } from "../inputs/predicate";
import { isFields, isGiven } from "../terraform/known-values";
import type { HelmValues } from "./helm-values";
import { saidAt, valuesDocuments } from "./helm-values";

/** Where the chart has what {@link scrapingRules} read. */
export const SERVICE_MONITOR = ["serviceMonitor", "enabled"];

/** What must be there for alerts and a dashboard: that someone scrapes, and that nothing is hidden. */
export const scrapingRules: readonly WarningRule<"metrics">[] = [
  {
    id: "karpenter-alerts-without-metrics",
    of: "metrics",
    text:
      'alerts or a dashboard are asked for, and "{serviceMonitor}" is false: while nothing else scrapes the controller, the ' +
      'alert KarpenterAbsent fires, and no other can; set "{serviceMonitor}" to true, or acknowledge this where Prometheus ' +
      "finds the controller in another way",
    isRight: any(not(is("isWanted", true)), is("isScraped", true)),
  },
  {
    id: "karpenter-alerts-without-metrics",
    of: "metrics",
    text:
      'alerts or a dashboard are asked for, and "{settings}.disableClusterStateObservability" is true: without the metrics of ' +
      "pods, NodePools and NodeClaims, most of them stay silent; leave it out, or acknowledge this",
    isRight: any(not(is("isWanted", true)), not(is("isHidden", true))),
  },
];

/** What {@link scrapingRules} speak of: whether anything `isWanted`, whether the controller `isScraped`, and what `isHidden`. */
export function scrapingParts(props: object): Part[] {
  const inputs = props as Readonly<Record<string, unknown>>;
  const { prometheusRule, grafanaDashboard, serviceMonitor = false, settings } = inputs;
  const documents = valuesDocuments("controllerHelmValues", inputs.controllerHelmValues as HelmValues | undefined);
  return [
    {
      path: "",
      fields: {
        isWanted: prometheusRule === true || grafanaDashboard === true,
        isScraped: isGiven(saidAt(documents, SERVICE_MONITOR)) ? true : serviceMonitor,
        isHidden: isFields(settings) ? settings.disableClusterStateObservability : undefined,
      },
      at: (field) => field,
    },
  ];
}
