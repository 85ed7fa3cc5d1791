import type { Precondition } from "../terraform/precondition";
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

function strange(path: string, name: string, known: string, names: Naming): string {
  return (
    `"${path}" is ${name}, but must be one of ${known}; add the class to "${names("nodeClasses")}", name one that is ` +
    `there, or name in "${names("existingNodeClasses")}" what something else makes`
  );
}

function nothing(path: string, names: Naming): string {
  return (
    `"${path}" is missing, and there is no node class, but there must be one; add it to "${names("nodeClasses")}", or name ` +
    `in "${names("existingNodeClasses")}" what something else makes`
  );
}

function unclear(path: string, known: string): string {
  return (
    `"${path}" is missing, but must be given where there are several node classes and none is named ` +
    `"${DEFAULT_NODE_CLASS}"; name one of ${known}`
  );
}

const REFERENCE = "pool.spec.template.spec.nodeClassRef";
const KIND =
  `join("/", [try(coalesce(${REFERENCE}.group), "karpenter.k8s.aws"), ` +
  `try(coalesce(${REFERENCE}.kind), "EC2NodeClass")])`;

/**
 * The same in the published module: its locals by name. They need `local.manifests`. The first is of each pool, typed or a
 * manifest, its spec, and its typed class and grace period.
 */
export function referenceLocals(names: Naming): Record<string, string> {
  return {
    pools_and_manifests:
      `\${concat([for name, pool in try(merge(var.node_pools), {}) : { path = "${names("nodePools")}.\${name}", typed = true, ` +
      'spec = try(pool.spec, null), period = try(coalesce(pool.terminationGracePeriod), ""), ' +
      "class = try(coalesce(pool.nodeClass), null) }], " +
      '[for index, manifest in local.manifests : { path = "manifests[${index}]", typed = false, ' +
      'spec = try(manifest.spec, null), period = "", class = null } if try(manifest.kind, "") == "NodePool"])}',
    node_class_names:
      "${sort(distinct(concat(try(keys(var.node_classes), []), var.existing_node_classes, " +
      '[for manifest in local.manifests : try(manifest.metadata.name, "") if try(manifest.kind, "") == "EC2NodeClass"])))}',
    node_class_references:
      `\${[for pool in local.pools_and_manifests : { name = try(coalesce(pool.class), coalesce(${REFERENCE}.name), null), ` +
      `path = pool.class == null && can(coalesce(${REFERENCE}.name)) ? "\${pool.path}.spec.template.spec.nodeClassRef.name" ` +
      `: "\${pool.path}.nodeClass" } if pool.class != null || ` +
      `(pool.typed || can(coalesce(${REFERENCE}.name))) && ${KIND} == "karpenter.k8s.aws/EC2NodeClass"]}`,
  };
}

/** Every pool's node class is there, as a precondition of the published module in the words that synth has. */
export function referencePrecondition(names: Naming): Precondition {
  const known = "local.node_class_names";
  const isThere =
    `(found.name == null ? length(${known}) == 1 || contains(${known}, "${DEFAULT_NODE_CLASS}") ` +
    `: contains(${known}, found.name))`;
  const text = (sentence: string): string => `"${sentence.replaceAll('"', '\\"')}"`;
  const shown = `\${jsonencode(${known})}`;
  const sentence =
    `found.name != null ? ${text(strange("${found.path}", "${jsonencode(found.name)}", shown, names))} ` +
    `: length(${known}) == 0 ? ${text(nothing("${found.path}", names))} : ${text(unclear("${found.path}", shown))}`;
  const references = "for found in local.node_class_references : ";
  return {
    condition: `\${alltrue([${references}${isThere}])}`,
    error_message: `\${join("\\n", [${references}${sentence} if !${isThere}])}`,
  };
}
