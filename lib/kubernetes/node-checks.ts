import { Token } from "cdktf";
import { Problems } from "../rules/problems";
import { NodePoolsProps } from "./node-pools";
import { fieldProblems } from "./schemas/field-problems";
import { nodeClassesSchema, nodeOverlaysSchema, nodePoolsSchema } from "./schemas/objects";

/** Finds unknown and missing fields, wrong types and values, and references to nothing. */
export function checkNodeObjects(problems: Problems, props: NodePoolsProps): void {
  [
    ...fieldProblems("nodePools", props.nodePools, nodePoolsSchema),
    ...fieldProblems("nodeClasses", props.nodeClasses, nodeClassesSchema),
    ...fieldProblems("nodeOverlays", props.nodeOverlays, nodeOverlaysSchema),
  ].forEach((problem) => problems.add(problem));
  if (isKnownObject(props.nodePools) && isKnownObject(props.nodeClasses)) {
    checkReferences(problems, props.nodePools, Object.keys(props.nodeClasses));
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

function isKnownObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Token.isUnresolved(value);
}

const CLASS_OF_POOL =
  'pool.node_class != null ? pool.node_class : length(var.node_classes) == 1 ? keys(var.node_classes)[0] : "default"';
const HAS_CLASS = `contains(keys(var.node_classes), ${CLASS_OF_POOL})`;
const SENTENCE =
  `"\\"node_pools.\${name}.node_class\\" is \${jsonencode(${CLASS_OF_POOL})}, but must be one of ` +
  '${jsonencode(keys(var.node_classes))}; add the class to \\"node_classes\\", or name one that is there"';

/** Every pool's node class is there, as a precondition of the published module, in the words that synth has. */
export const nodePoolsPrecondition = {
  condition: `\${alltrue([for name, pool in var.node_pools : ${HAS_CLASS}])}`,
  error_message: `\${join("\\n", [for name, pool in var.node_pools : ${SENTENCE} if !${HAS_CLASS}])}`,
} as const;
