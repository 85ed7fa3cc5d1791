import { Token } from "cdktf";
import { DEFAULT_KARPENTER_VERSION } from "../versions";
import { Naming } from "../inputs/predicate";
import { Problems } from "../inputs/problems";
import { apiVersionProblems } from "./api-version-problems";
import { NodePoolsProps } from "../kubernetes/node-pools";
import { LINE_OF_INPUT, lineProblems } from "../inputs/field-rule";
import { fieldProblems } from "../inputs/field-problems";
import { nodeClassesSchema, nodeOverlaysSchema, nodePoolsSchema } from "../inputs/catalog/objects";

/** How long a destroy waits for the last node, in seconds, unless it is told. */
export const DEFAULT_NODE_POOLS_TIMEOUT = 1800;

/** Finds unknown and missing fields, wrong types and values, what the release does not know, and references to nothing. */
export function checkNodeObjects(problems: Problems, props: NodePoolsProps): void {
  const version = props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION;
  const release = Token.isUnresolved(version) ? undefined : version;
  [
    ...fieldProblems("nodePools", props.nodePools, nodePoolsSchema, release),
    ...fieldProblems("nodeClasses", props.nodeClasses, nodeClassesSchema, release),
    ...fieldProblems("nodeOverlays", props.nodeOverlays, nodeOverlaysSchema, release),
    ...apiVersionProblems(props),
  ].forEach((problem) => problems.add(problem));
  if (isKnownObject(props.nodePools) && isKnownObject(props.nodeClasses)) {
    checkReferences(problems, props.nodePools, Object.keys(props.nodeClasses));
  }
  if (isKnownObject(props.nodePools)) {
    checkGracePeriods(problems, props.nodePools, props.nodePoolsTimeout ?? DEFAULT_NODE_POOLS_TIMEOUT);
  }
}

function checkReferences(problems: Problems, pools: NodePoolsProps["nodePools"], classes: readonly string[]): void {
  for (const [name, pool] of Object.entries(pools).filter(([, value]) => isKnownObject(value))) {
    const wanted = pool.nodeClass ?? (classes.length === 1 ? classes[0] : "default");
    if (!Token.isUnresolved(wanted) && !classes.includes(wanted)) {
      problems.add(
        `"nodePools.${name}.nodeClass" is "${wanted}", but must be one of ${JSON.stringify(classes)}; ` +
          'add the class to "nodeClasses", or name one that is there',
      );
    }
  }
}

/** A period of a wrong form is the schema's matter, and so is a timeout that is no number the timeout's own rule's. */
function checkGracePeriods(problems: Problems, pools: NodePoolsProps["nodePools"], timeout: number): void {
  for (const [name, pool] of Object.entries(pools).filter(([, value]) => isKnownObject(value))) {
    const period: unknown = pool.terminationGracePeriod;
    if (typeof period === "string" && !Token.isUnresolved(timeout) && secondsOf(period) >= timeout) {
      problems.add(graceRefusal(`nodePools.${name}`, JSON.stringify(period), "nodePoolsTimeout", String(timeout)));
    }
  }
}

function graceRefusal(pool: string, period: string, timeoutName: string, timeout: string): string {
  return (
    `"${pool}.terminationGracePeriod" is ${period}, but must be shorter than "${timeoutName}", ${timeout} seconds: ` +
    "a destroy would stop waiting for nodes that still drain; shorten it, or give the timeout more seconds than that"
  );
}

/** NaN where it is no duration, or not known. */
function secondsOf(duration: string): number {
  const parts = duration.match(/[0-9]+[smh]/g) ?? [];
  return parts.join("") === duration && duration !== ""
    ? parts.reduce(
        (sum, part) => sum + parseInt(part, 10) * { s: 1, m: 60, h: 3600 }[part.slice(-1) as "s" | "m" | "h"],
        0,
      )
    : NaN;
}

function isKnownObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Token.isUnresolved(value);
}

const CLASS_OF_POOL =
  'pool.node_class != null ? pool.node_class : length(var.node_classes) == 1 ? keys(var.node_classes)[0] : "default"';
const HAS_CLASS = `contains(keys(var.node_classes), ${CLASS_OF_POOL})`;
const CLASS_SENTENCE =
  `"\\"node_pools.\${name}.node_class\\" is \${jsonencode(${CLASS_OF_POOL})}, but must be one of ` +
  '${jsonencode(keys(var.node_classes))}; add the class to \\"node_classes\\", or name one that is there"';

// Any moment will do: Terraform adds durations to one, and to nothing else.
const after = (duration: string): string => `timeadd("2000-01-01T00:00:00Z", ${duration})`;
const PERIOD = 'pool.terminationGracePeriod == null ? "0s" : pool.terminationGracePeriod';
const IS_SHORTER = `timecmp(${after(PERIOD)}, ${after('"${var.node_pools_timeout}s"')}) < 0`;
const GRACE_SENTENCE = graceRefusal(
  "node_pools.${name}",
  "${jsonencode(pool.terminationGracePeriod)}",
  "node_pools_timeout",
  "${var.node_pools_timeout}",
).replace(/"/g, '\\"');

function eachPool(isRight: string, sentence: string) {
  const pools = "for name, pool in var.node_pools : ";
  return {
    condition: `\${alltrue([${pools}${isRight}])}`,
    error_message: `\${join("\\n", [${pools}${sentence} if !(${isRight})])}`,
  };
}

/**
 * Every pool's node class is there, and no pool drains longer than a destroy waits, as preconditions of the published
 * module, in the words that synth has.
 */
export const nodePoolsPreconditions = [
  eachPool(HAS_CLASS, CLASS_SENTENCE),
  eachPool(IS_SHORTER, `"${GRACE_SENTENCE}"`),
] as const;

/**
 * What a module computes to hold its inputs against what the release of Karpenter knows: the number of its minor version, and
 * everything that it would refuse or drop.
 */
export function lineLocals(names: Naming): Record<string, string> {
  const problems = [
    lineProblems(nodePoolsSchema, "node_pools", names),
    lineProblems(nodeClassesSchema, "node_classes", names),
    lineProblems(nodeOverlaysSchema, "node_overlays", names),
  ];
  return { karpenter_line: `\${${LINE_OF_INPUT}}`, line_problems: `\${concat(${problems.join(", ")})}` };
}

/** That there are none of these problems, as a precondition of the published module. */
export const linePrecondition = {
  condition: "${length(local.line_problems) == 0}",
  error_message: '${join("\\n", local.line_problems)}',
} as const;
