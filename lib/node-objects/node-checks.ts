import { Token } from "cdktf";
import { DEFAULT_KARPENTER_VERSION, mayBeTaken } from "../versions";
import type { Problems } from "../inputs/problems";
import type { Precondition } from "../terraform/precondition";
import type { Naming } from "../terraform/readable-stack";
import { apiVersionProblems } from "./api-version-problems";
import { referenceLocals, referencePrecondition, referenceProblems } from "./class-references";
import { graceLocals, gracePrecondition, graceProblems } from "./grace-periods";
import type { NodeObjects } from "./node-objects";

/** Finds unknown and missing fields, wrong types and values, what the release does not know, and references to nothing. */
export function checkNodeObjects(problems: Problems, props: NodeObjects): void {
  const version = props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION;
  // A release that is refused is told of by its own rule.
  const isTaken = Token.isUnresolved(version) || mayBeTaken(version);
  [...(isTaken ? apiVersionProblems(props) : []), ...referenceProblems(props), ...graceProblems(props)].forEach(
    (problem) => problems.add(problem),
  );
}

/** What the published module computes to look into its objects. They need `local.manifests`. */
export function objectLocals(names: Naming): Record<string, string> {
  return {
    ...referenceLocals(names),
    ...graceLocals(),
  };
}

/**
 * Every pool's node class is there, and no pool drains longer than a destroy waits, as preconditions of the published module
 * in the words that synth has.
 */
export function nodePoolsPreconditions(names: Naming): Precondition[] {
  return [referencePrecondition(names), gracePrecondition(names)];
}
