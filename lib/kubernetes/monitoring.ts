import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import { monitoringRules, somethingToMonitorRules } from "../inputs/catalog/monitoring";
import type { NewerVersionProps } from "../inputs/catalog/newer-version";
import { newerVersionRules, warnOfNewerVersion } from "../inputs/catalog/newer-version";
import { MONITORING_PROPERTIES } from "../inputs/catalog/properties";
import { unusedMonitoringRules } from "../inputs/catalog/unused-rules";
import { checkedProps } from "../inputs/problems";
import { ReleaseNeeds } from "../release";
import type { Toggle } from "../terraform/expression";
import { tf, tfString } from "../terraform/expression";
import type { HelmProviderProps } from "../terraform/providers";
import { useProviders } from "../terraform/providers";
import { mustBeUnique } from "../terraform/unique-name";
import { DEFAULT_KARPENTER_VERSION } from "../versions";
import { alertsWithoutMetrics } from "./alerts";
import type { HelmHistoryProps } from "./helm-history";
import { maxHistoryOf } from "./helm-history";
import { chartSource } from "./packaged-chart";

/** Properties of {@link Monitoring}. */
export interface MonitoringProps extends HelmHistoryProps, HelmProviderProps, NewerVersionProps {
  /**
   * Whether to make a PrometheusRule with alerts on Karpenter. It requires the Prometheus operator's CRDs, and a Prometheus
   * that scrapes the controller: `serviceMonitor` of {@link KarpenterCharts}. Karpenter 1.0 and later.
   *
   * @default false
   */
  readonly prometheusRule?: Toggle;
  /**
   * Labels of the PrometheusRule, by which a Prometheus finds it.
   *
   * @default - none
   */
  readonly prometheusRuleLabels?: Record<string, string>;
  /**
   * Where you keep this project's guides, `https://git.example/platform/docs`: each alert then links to its part of
   * `pending-pods.md`.
   *
   * @default - alerts name that part without a link
   */
  readonly runbookUrl?: string;
  /**
   * Whether to make a ConfigMap with a dashboard of Karpenter for Grafana. Karpenter 1.0 and later.
   *
   * @default false
   */
  readonly grafanaDashboard?: Toggle;
  /**
   * Labels of the dashboard's ConfigMap, by which Grafana's sidecar finds it.
   *
   * @default - `grafana_dashboard: "1"`
   */
  readonly grafanaDashboardLabels?: Record<string, string>;
  /**
   * Annotations of the dashboard's ConfigMap, such as `grafana_folder`.
   *
   * @default - none
   */
  readonly grafanaDashboardAnnotations?: Record<string, string>;
  /**
   * The release of Karpenter. Alerts whose metrics it does not have are left out.
   *
   * @default "1.14.3"
   */
  readonly karpenterVersion?: string;
  /**
   * The namespace of the PrometheusRule and of the dashboard's ConfigMap, which must be there.
   *
   * @default "karpenter"
   */
  readonly namespace?: string;
  /**
   * The chart that renders both, where it should not come from this library: its folder, or its address with its name,
   * `oci://registry.example/charts/karpenter-monitoring`. A registry is asked for the version of the chart that ships with
   * this library.
   *
   * @default - the one that ships with this library
   */
  readonly monitoringChart?: string;
  /**
   * What must be there before, such as the release of the Prometheus operator.
   *
   * @default - nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * Alerts on Karpenter for the Prometheus operator, and a dashboard for Grafana, as one Helm release of a local chart: nothing
 * needs the operator's CRDs while planning.
 */
export class Monitoring extends Construct {
  /** The Helm release of both. */
  public readonly release: Release;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    props = checkedProps(this, props, MONITORING_PROPERTIES, (problems, props) =>
      problems.checkTogether(
        [...somethingToMonitorRules, ...monitoringRules, ...unusedMonitoringRules, ...newerVersionRules],
        { ...props, karpenterVersion: props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION },
      ),
    );
    warnOfNewerVersion(this, props);
    const namespace = props.namespace ?? "karpenter";
    this.release = new Release(this, "Resource", {
      name: "karpenter-monitoring",
      namespace,
      ...chartSource(this, "monitoring", props.monitoringChart),
      maxHistory: maxHistoryOf(props),
      values: [
        tfString`yamlencode(${{
          prometheusRule: {
            enabled: props.prometheusRule ?? false,
            labels: props.prometheusRuleLabels ?? {},
            without: this.alertsToLeaveOut(props),
            runbookUrl: props.runbookUrl ?? "",
          },
          grafanaDashboard: {
            enabled: props.grafanaDashboard ?? false,
            labels: props.grafanaDashboardLabels ?? { grafana_dashboard: "1" },
            annotations: props.grafanaDashboardAnnotations ?? {},
          },
        }})`,
      ],
      dependsOn: props.dependsOn,
    });
    useProviders(this, props);
    mustBeUnique(this, this.release, {
      kind: "Helm release",
      name: "karpenter-monitoring",
      namespace,
      remedy: "put both the alerts and the dashboard into one, or give one of them a provider of another cluster",
    });
  }

  /** Alerts that could never fire with the release. */
  private alertsToLeaveOut({ karpenterVersion }: MonitoringProps): unknown {
    const needs = new ReleaseNeeds(this, karpenterVersion).of((minorVersion) =>
      Object.fromEntries(alertsWithoutMetrics(minorVersion).map((name) => [name, true])),
    );
    return needs.every(({ condition }) => condition === true)
      ? needs.map(({ name }) => name)
      : tf`[for name, is_out in ${Object.fromEntries(needs.map(({ name, condition }) => [name, condition]))} : name if is_out]`;
  }
}
