import type { Construct } from "constructs";
import { somethingToMonitorRules } from "../lib/inputs/catalog/monitoring";
import { newerVersionRules } from "../lib/inputs/catalog/newer-version";
import { MONITORING_PROPERTIES } from "../lib/inputs/catalog/properties";
import { unusedMonitoringRules } from "../lib/inputs/catalog/unused-rules";
import type { MonitoringProps } from "../lib/kubernetes/monitoring";
import { Monitoring } from "../lib/kubernetes/monitoring";
import { ModuleOutput, ModuleStack, PROVIDERS } from "../lib/module";
import { crossPrecondition } from "./cross-precondition";
import { declareInputs, propsOf } from "./inputs";

/** The module `monitoring`. */
export class MonitoringModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/monitoring",
      providers: [PROVIDERS.helm],
      title: "Alerts and a dashboard for Karpenter",
      description: `
Alerts as a PrometheusRule and a dashboard for Grafana as a ConfigMap, both in one Helm release of the chart in
\`charts/monitoring\`, so that nothing needs the Prometheus operator's CRDs while planning. The files \`alerts.yaml\` and
\`dashboard.json\` in that chart can be used without it.`,
    });
    const fields = MONITORING_PROPERTIES.fields;
    const input = declareInputs(this, fields);
    const monitoring = new Monitoring(this, "karpenter", propsOf<MonitoringProps>(input, fields));
    new ModuleOutput(this, "release_name", {
      description: "Name of the release.",
      value: monitoring.release.name,
      preconditions: [...somethingToMonitorRules, ...unusedMonitoringRules, ...newerVersionRules].map(
        crossPrecondition,
      ),
    });
  }
}
