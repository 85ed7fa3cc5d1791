import { Token } from "cdktf";
import type { Naming } from "../terraform/readable-stack";
import type { NodeObjects } from "./node-objects";
import { secondsOf } from "./duration";
import { freeForm, manifestsOf, valueAt } from "./manifests";
import { isFields, isGiven, isKnownText } from "../terraform/known-values";

/** How long a destroy waits for the last node at least, in seconds, unless it is told. */
export const DEFAULT_NODE_POOLS_TIMEOUT = 1800;

/** How much longer than the longest grace period a destroy waits by itself, in seconds: the instance has to end too. */
export const DRAIN_MARGIN = 600;

/** Where a NodePool has it, below its spec. */
export const GRACE_PERIOD_PATH = ["template", "spec", "terminationGracePeriod"] as const;

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
          path: `nodePools.${name}.spec.${GRACE_PERIOD_PATH.join(".")}`,
          period: valueAt(freeForm(valueAt(pool, "spec")), ...GRACE_PERIOD_PATH),
        };
  });
  const ofManifests = manifestsOf(manifests)
    .filter(({ object }) => object.kind === "NodePool")
    .map(({ path, object }) => ({
      path: `${path}.spec.${GRACE_PERIOD_PATH.join(".")}`,
      period: valueAt(object.spec, ...GRACE_PERIOD_PATH),
    }));
  return [...ofPools, ...ofManifests].filter((found): found is Period => isKnownText(found.period));
}

/**
 * How long Helm waits for the last node, in seconds: what is told, else half an hour, or ten minutes more than the longest
 * grace period.
 */
export function timeoutOf({ nodePoolsTimeout, ...pools }: Pools & Pick<NodeObjects, "nodePoolsTimeout">): number {
  const periods = periodsOf(pools).map(({ period }) => secondsOf(period));
  return (
    nodePoolsTimeout ??
    Math.max(DEFAULT_NODE_POOLS_TIMEOUT, ...periods.filter((seconds) => !isNaN(seconds)).map((it) => it + DRAIN_MARGIN))
  );
}

/** Periods that a timeout of one's own does not wait for. One of a wrong form is the field's own rule's matter. */
export function graceProblems({ nodePoolsTimeout, ...pools }: Parameters<typeof timeoutOf>[0]): string[] {
  return nodePoolsTimeout === undefined || Token.isUnresolved(nodePoolsTimeout)
    ? []
    : periodsOf(pools)
        .filter(({ period }) => secondsOf(period) >= nodePoolsTimeout)
        .map(({ path, period }) =>
          graceRefusal(path, JSON.stringify(period), String(nodePoolsTimeout), (name) => name),
        );
}

/** A pool drains longer than a destroy waits. */
export function graceRefusal(path: string, period: string, timeout: string, names: Naming): string {
  return (
    `"${path}" is ${period}, but must be shorter than "${names("nodePoolsTimeout")}", ${timeout} seconds: a destroy ` +
    "would stop waiting for nodes that still drain; shorten it, give the timeout more seconds than that, or leave the " +
    "timeout out, which then follows the longest period"
  );
}
