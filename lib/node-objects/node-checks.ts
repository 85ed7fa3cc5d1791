import { Token } from "cdktf";
import { DEFAULT_KARPENTER_VERSION, mayBeTaken } from "../versions";
import type { Problems } from "../inputs/problems";
import { amiProblems } from "./ami-aliases";
import { apiVersionProblems } from "./api-version-problems";
import { referenceProblems } from "./class-references";
import { graceProblems } from "./grace-periods";
import { classesWithTooManyTags } from "./tag-count";
import type { NodeObjects } from "./node-objects";

/** Finds unknown and missing fields, wrong types and values, what the release does not know, and references to nothing. */
export function checkNodeObjects(problems: Problems, props: NodeObjects): void {
  const version = props.karpenterVersion ?? DEFAULT_KARPENTER_VERSION;
  // A release that is refused is told of by its own rule.
  const isTaken = Token.isUnresolved(version) || mayBeTaken(version);
  [
    ...(isTaken ? apiVersionProblems(props) : []),
    ...referenceProblems(props),
    ...graceProblems(props),
    ...amiProblems(props),
    ...classesWithTooManyTags(props),
  ].forEach((problem) => problems.add(problem));
}
