import { secondsAtPlan } from "../../lib/node-objects/duration";
import {
  DEFAULT_NODE_POOLS_TIMEOUT,
  graceRefusal,
  GRACE_PERIOD_PATH,
  DRAIN_MARGIN,
} from "../../lib/node-objects/grace-periods";
import type { Precondition } from "../../lib/module";
import { snakeCase } from "../../lib/terraform/readable-stack";

const FREE = GRACE_PERIOD_PATH.join(".");

/** What the module computes of grace periods; needs `local.pools_and_manifests`. */
export const GRACE_LOCALS: Readonly<Record<string, string>> = {
  grace_periods:
    '${[for pool in local.pools_and_manifests : pool.period != "" ' +
    `? { path = "\${pool.path}.terminationGracePeriod", period = pool.period } ` +
    `: { path = "\${pool.path}.spec.${FREE}", period = try(coalesce(pool.spec.${FREE}), "") }]}`,
  grace_seconds: `\${[for found in local.grace_periods : ${secondsAtPlan("found.period")}]}`,
  node_pools_timeout:
    `\${coalesce(var.node_pools_timeout, max(${DEFAULT_NODE_POOLS_TIMEOUT}, ` +
    `[for seconds in local.grace_seconds : seconds + ${DRAIN_MARGIN}]...))}`,
};

/** No pool drains longer than a destroy waits, in the words that synth has. */
export function gracePrecondition(): Precondition {
  const sentence = graceRefusal(
    "${found.path}",
    "${jsonencode(found.period)}",
    "${local.node_pools_timeout}",
    snakeCase,
  )
    // The text of a Terraform template, between quotes.
    .replaceAll('"', '\\"');
  const isLonger = "local.grace_seconds[index] >= local.node_pools_timeout";
  return {
    condition: `\${!anytrue([for index, found in local.grace_periods : ${isLonger}])}`,
    error_message: `\${join("\\n", [for index, found in local.grace_periods : "${sentence}" if ${isLonger}])}`,
  };
}
