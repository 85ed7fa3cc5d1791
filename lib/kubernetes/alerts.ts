import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { MinorVersion } from "../versions";
import { hasMetricsOf } from "../versions";
import { chartFolder } from "./packaged-chart";

/** An alert of the chart, as a rule file of Prometheus has it. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: "critical" | "warning" };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook: string };
}

let alerts: readonly Alert[] | undefined;

/** The alerts that ship with this library. */
export function allAlerts(): readonly Alert[] {
  if (alerts === undefined) {
    const file = readFileSync(join(chartFolder("monitoring"), "files/alerts.yaml"), "utf8");
    alerts = (parse(file) as { groups: { rules: Alert[] }[] }).groups.flatMap(({ rules }) => rules);
  }
  return alerts;
}

/** The names of alerts that a minor version has no metrics for. */
export function alertsWithoutMetrics(minorVersion: MinorVersion): string[] {
  return allAlerts()
    .filter(({ expr }) => !hasMetricsOf(expr, minorVersion))
    .map(({ alert }) => alert);
}
