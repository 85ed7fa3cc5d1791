import { TAG_COUNT } from "../../lib/inputs/catalog/api-values";
import { tooManyTags } from "../../lib/node-objects/tag-count";
import type { Precondition } from "../../lib/module";

/** No node class has too many tags with those of all classes; needs `local.own_classes`. */
export function tagCountPrecondition(): Precondition {
  const count = "try(length(merge(var.node_class_defaults.tags, class.own.tags)), 0)";
  const isTooMany = `class.completed && ${count} > ${TAG_COUNT.max}`;
  const words = tooManyTags("${class.path}", `\${${count}}`).replaceAll('"', '\\"');
  return {
    condition: `\${!anytrue([for class in local.own_classes : ${isTooMany}])}`,
    error_message: `\${join("\\n", [for class in local.own_classes : "${words}" if ${isTooMany}])}`,
  };
}
