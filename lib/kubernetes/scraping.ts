/** Alerts and a dashboard show nothing while nobody reads the controller's metrics. */
import { Token } from "cdktf";
import type { Warning } from "../inputs/acknowledged-warnings";
import type { At } from "../inputs/predicate";
import { valuesDocuments, saidAt } from "../release/helm-values";
import { isFields, isGiven } from "../terraform/known-values";
import type { Naming } from "../terraform/readable-stack";
import type { ControllerOptions } from "./controller-options";
import type { MonitoringProps } from "./monitoring";

/** The id of these warnings. */
export const SCRAPING_WARNING = "karpenter-alerts-without-metrics";

/** What is told, in words for both sides: an input's name is `{name}`. */
const NOT_SCRAPED =
  'alerts or a dashboard are asked for, and "{serviceMonitor}" is false: while nothing else scrapes the controller, the alert ' +
  'KarpenterAbsent fires, and no other can; set "{serviceMonitor}" to true, or acknowledge this where Prometheus finds the ' +
  "controller in another way";
const NOT_OBSERVED =
  'alerts or a dashboard are asked for, and "{settings}.disableClusterStateObservability" is true: without the metrics of pods, ' +
  "NodePools and NodeClaims, most of them stay silent; leave it out, or acknowledge this";

/** The inputs that decide. */
type Scraping = Pick<MonitoringProps, "prometheusRule" | "grafanaDashboard"> &
  Pick<ControllerOptions, "serviceMonitor" | "settings" | "controllerHelmValues">;

/** What hurts, as far as it is known at synth. */
export function scrapingWarnings(props: Scraping): Warning[] {
  const { prometheusRule, grafanaDashboard, serviceMonitor = false, settings } = props;
  if (prometheusRule !== true && grafanaDashboard !== true) {
    return [];
  }
  const values = valuesDocuments("controllerHelmValues", props.controllerHelmValues);
  const isSaidElsewhere = isGiven(saidAt(values, ["serviceMonitor", "enabled"]));
  return [
    ...(serviceMonitor === false && !isSaidElsewhere ? [NOT_SCRAPED] : []),
    ...(!Token.isUnresolved(settings) && isFields(settings) && settings.disableClusterStateObservability === true
      ? [NOT_OBSERVED]
      : []),
  ].map((text) => ({ id: SCRAPING_WARNING, text: worded(text, (name) => name) }));
}

/**
 * The same at plan: what must hold, and what is told where it does not.
 *
 * @param nameOf how the user writes the name of an input
 */
export function scrapingChecks(at: At, nameOf: Naming): readonly { readonly isRight: string; readonly text: string }[] {
  const isWanted = `(${at("prometheusRule")} || ${at("grafanaDashboard")})`;
  return [
    { isRight: `!${isWanted} || ${at("serviceMonitor")}`, text: worded(NOT_SCRAPED, nameOf) },
    {
      isRight: `!${isWanted} || try(${at("settings")}.disableClusterStateObservability, null) != true`,
      text: worded(NOT_OBSERVED, nameOf),
    },
  ];
}

function worded(text: string, nameOf: Naming): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => nameOf(name));
}
