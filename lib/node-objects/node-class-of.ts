import { NodeClass } from "../kubernetes/node-class";
import { NodePool } from "../kubernetes/node-pool";

/** The name of a pool's node class: its own choice, else the only one, else `default`. */
export function nodeClassNameOf(pool: NodePool, nodeClasses: Readonly<Record<string, NodeClass>>): string {
  const names = Object.keys(nodeClasses);
  return pool.nodeClass ?? (names.length === 1 ? names[0] : "default");
}
