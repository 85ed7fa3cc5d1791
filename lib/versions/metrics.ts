import type { MinorVersion } from "./minor-version";
import { isIn } from "./version-bounds";

/**
 * The controller's metrics that alerts and the dashboard read, by the minor version that brought them, from 1.0 on: the
 * names before are others. Those of counters and gauges with labels appear once there is something to count.
 * https://karpenter.sh/docs/reference/metrics/
 */
export const METRICS: Readonly<Record<string, string>> = {
  controller_runtime_reconcile_errors_total: "1.0",
  controller_runtime_reconcile_total: "1.0",
  karpenter_build_info: "1.0",
  karpenter_cloudprovider_duration_seconds: "1.0",
  karpenter_cloudprovider_errors_total: "1.0",
  karpenter_cloudprovider_instance_launch_failures_total: "1.14",
  karpenter_cluster_state_node_count: "1.0",
  karpenter_cluster_state_synced: "1.0",
  karpenter_interruption_message_queue_duration_seconds: "1.0",
  karpenter_interruption_received_messages_total: "1.0",
  karpenter_nodeclaims_created_total: "1.0",
  karpenter_nodeclaims_disrupted_total: "1.0",
  karpenter_nodeclaims_terminated_total: "1.0",
  karpenter_nodepools_limit: "1.0",
  karpenter_nodepools_usage: "1.0",
  karpenter_pods_startup_duration_seconds: "1.0",
  karpenter_pods_unbound_time_seconds: "1.1",
  karpenter_scheduler_queue_depth: "1.0",
  karpenter_scheduler_scheduling_duration_seconds: "1.0",
  operator_nodeclaim_status_condition_count: "1.1",
  operator_nodeclaim_status_condition_current_status_seconds: "1.1",
  operator_nodepool_status_condition_count: "1.1",
};

/** The metrics in a PromQL expression that are known, without what Prometheus appends to a histogram's name. */
export function metricsIn(expression: string): string[] {
  const words = expression.match(/[a-z][a-z0-9_]*/g) ?? [];
  return [...new Set(words.map((word) => word.replace(/_(bucket|sum|count)$/, (end) => (word in METRICS ? end : ""))))]
    .filter((word) => Object.hasOwn(METRICS, word))
    .sort();
}

/** Whether a minor version has all metrics that an expression reads. */
export function hasMetricsOf(expression: string, { minorVersion }: MinorVersion): boolean {
  return metricsIn(expression).every((metric) => isIn({ since: METRICS[metric] }, minorVersion));
}
