import type { Naming } from "../terraform/readable-stack";
import type { NodeObjects } from "./node-objects";
import type { Classes } from "./node-class-of";
import { areClassesOpen, classReferences, DEFAULT_NODE_CLASS, nodeClassNames } from "./node-class-of";

const unchanged: Naming = (name) => name;

/** Pools of node classes that are not there, or of none where it is not clear which. */
export function referenceProblems(props: Pick<NodeObjects, "nodePools"> & Classes): string[] {
  if (areClassesOpen(props)) {
    return [];
  }
  const names = nodeClassNames(props);
  const known = JSON.stringify([...names].sort());
  return classReferences(props).flatMap(({ path, name }) => {
    if (name !== undefined) {
      return names.includes(name) ? [] : [strange(path, JSON.stringify(name), known, unchanged)];
    }
    if (names.length === 0) {
      return [nothing(path, unchanged)];
    }
    return names.length === 1 || names.includes(DEFAULT_NODE_CLASS) ? [] : [unclear(path, known)];
  });
}

/** A pool names a class that is not there. */
export function strange(path: string, name: string, known: string, names: Naming): string {
  return (
    `"${path}" is ${name}, but must be one of ${known}; add the class to "${names("nodeClasses")}", name one that is ` +
    `there, or name in "${names("existingNodeClasses")}" what something else makes`
  );
}

/** A pool names no class, and there is none. */
export function nothing(path: string, names: Naming): string {
  return (
    `"${path}" is missing, and there is no node class, but there must be one; add it to "${names("nodeClasses")}", or name ` +
    `in "${names("existingNodeClasses")}" what something else makes`
  );
}

/** A pool names no class, and it is not clear which is meant. */
export function unclear(path: string, known: string): string {
  return (
    `"${path}" is missing, but must be given where there are several node classes and none is named ` +
    `"${DEFAULT_NODE_CLASS}"; name one of ${known}`
  );
}
