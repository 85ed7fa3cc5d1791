import { nothing, strange, unclear } from "../../lib/node-objects/class-references";
import { DEFAULT_NODE_CLASS } from "../../lib/node-objects/node-class-of";
import type { Precondition } from "../../lib/module";
import { snakeCase } from "../../lib/terraform/readable-stack";

const REFERENCE = "pool.spec.template.spec.nodeClassRef";
const KIND =
  `join("/", [try(coalesce(${REFERENCE}.group), "karpenter.k8s.aws"), ` +
  `try(coalesce(${REFERENCE}.kind), "EC2NodeClass")])`;

/**
 * What the module computes to look up the node class of each pool; needs `local.manifests`. The first is of each pool, typed or
 * a manifest, its spec, and its typed class and grace period.
 */
export const REFERENCE_LOCALS: Readonly<Record<string, string>> = {
  pools_and_manifests:
    '${concat([for name, pool in try(merge(var.node_pools), {}) : { path = "node_pools.${name}", typed = true, ' +
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

/** Every pool's node class is there, in the words that synth has. */
export function referencePrecondition(): Precondition {
  const known = "local.node_class_names";
  const isThere =
    `(found.name == null ? length(${known}) == 1 || contains(${known}, "${DEFAULT_NODE_CLASS}") ` +
    `: contains(${known}, found.name))`;
  const text = (sentence: string): string => `"${sentence.replaceAll('"', '\\"')}"`;
  const shown = `\${jsonencode(${known})}`;
  const sentence =
    `found.name != null ? ${text(strange("${found.path}", "${jsonencode(found.name)}", shown, snakeCase))} ` +
    `: length(${known}) == 0 ? ${text(nothing("${found.path}", snakeCase))} : ${text(unclear("${found.path}", shown))}`;
  const references = "for found in local.node_class_references : ";
  return {
    condition: `\${alltrue([${references}${isThere}])}`,
    error_message: `\${join("\\n", [${references}${sentence} if !${isThere}])}`,
  };
}
