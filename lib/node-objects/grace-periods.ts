import { Token } from "cdktf";
import type { Precondition } from "../terraform/precondition";
import type { Naming } from "../terraform/readable-stack";
import type { NodeObjects } from "./node-objects";
import { secondsAtPlan, secondsOf } from "./duration";
import { freeForm, manifestsOf, valueAt } from "./manifests";
import { isFields, isGiven } from "../terraform/known-values";

/** How long a destroy waits for the last node at least, in seconds, unless it is told. */
export const DEFAULT_NODE_POOLS_TIMEOUT = 1800;

/** How much longer than the longest grace period a destroy waits by itself, in seconds: the instance has to end too. */
const MARGIN = 600;

const IN_TEMPLATE = ["template", "spec", "terminationGracePeriod"] as const;

interface Period {
  /** `nodePools.default.terminationGracePeriod`. */
  readonly path: string;
  readonly period: string;
}

type Pools = Pick<NodeObjects, "nodePools" | "manifests">;

/** Every terminationGracePeriod that is known at synth: typed, of the free form, of a manifest. */
function periodsOf({ nodePools, manifests }: Pools): Period[] {
  const ofPools = Object.entries(isFields(nodePools) ? nodePools : {}).map(([name, pool]) => {
    const typed = valueAt(pool, "terminationGracePeriod");
    return isGiven(typed)
      ? { path: `nodePools.${name}.terminationGracePeriod`, period: typed }
      : {
          path: `nodePools.${name}.spec.${IN_TEMPLATE.join(".")}`,
          period: valueAt(freeForm(valueAt(pool, "spec")), ...IN_TEMPLATE),
        };
  });
  const ofManifests = manifestsOf(manifests)
    .filter(({ object }) => object.kind === "NodePool")
    .map(({ path, object }) => ({
      path: `${path}.spec.${IN_TEMPLATE.join(".")}`,
      period: valueAt(object.spec, ...IN_TEMPLATE),
    }));
  return [...ofPools, ...ofManifests].filter(
    (found): found is Period => typeof found.period === "string" && !Token.isUnresolved(found.period),
  );
}

/**
 * How long Helm waits for the last node, in seconds: what is told, else half an hour, or ten minutes more than the longest
 * grace period.
 */
export function timeoutOf({ nodePoolsTimeout, ...pools }: Pools & Pick<NodeObjects, "nodePoolsTimeout">): number {
  const periods = periodsOf(pools).map(({ period }) => secondsOf(period));
  return (
    nodePoolsTimeout ??
    Math.max(DEFAULT_NODE_POOLS_TIMEOUT, ...periods.filter((seconds) => !isNaN(seconds)).map((it) => it + MARGIN))
  );
}

/** Periods that a timeout of one's own does not wait for. One of a wrong form is the field's own rule's matter. */
export function graceProblems({ nodePoolsTimeout, ...pools }: Parameters<typeof timeoutOf>[0]): string[] {
  return nodePoolsTimeout === undefined || Token.isUnresolved(nodePoolsTimeout)
    ? []
    : periodsOf(pools)
        .filter(({ period }) => secondsOf(period) >= nodePoolsTimeout)
        .map(({ path, period }) => refusal(path, JSON.stringify(period), String(nodePoolsTimeout), (name) => name));
}

function refusal(path: string, period: string, timeout: string, names: Naming): string {
  return (
    `"${path}" is ${period}, but must be shorter than "${names("nodePoolsTimeout")}", ${timeout} seconds: a destroy ` +
    "would stop waiting for nodes that still drain; shorten it, give the timeout more seconds than that, or leave the " +
    "timeout out, which then follows the longest period"
  );
}

/** The same in the published module: its locals by name. They need `local.pools_and_manifests`. */
export function graceLocals(): Record<string, string> {
  const free = IN_TEMPLATE.join(".");
  return {
    grace_periods:
      '${[for pool in local.pools_and_manifests : pool.period != "" ' +
      `? { path = "\${pool.path}.terminationGracePeriod", period = pool.period } ` +
      `: { path = "\${pool.path}.spec.${free}", period = try(coalesce(pool.spec.${free}), "") }]}`,
    grace_seconds: `\${[for found in local.grace_periods : ${secondsAtPlan("found.period")}]}`,
    node_pools_timeout:
      `\${coalesce(var.node_pools_timeout, max(${DEFAULT_NODE_POOLS_TIMEOUT}, ` +
      `[for seconds in local.grace_seconds : seconds + ${MARGIN}]...))}`,
  };
}

/** No pool drains longer than a destroy waits, as a precondition of the published module in the words that synth has. */
export function gracePrecondition(names: Naming): Precondition {
  const sentence = refusal("${found.path}", "${jsonencode(found.period)}", "${local.node_pools_timeout}", names)
    // The text of a Terraform template, between quotes.
    .replaceAll('"', '\\"');
  const isLonger = "local.grace_seconds[index] >= local.node_pools_timeout";
  return {
    condition: `\${!anytrue([for index, found in local.grace_periods : ${isLonger}])}`,
    error_message: `\${join("\\n", [for index, found in local.grace_periods : "${sentence}" if ${isLonger}])}`,
  };
}
