import { inWords, NEEDS } from "../../lib/node-objects/node-class-needs";
import type { Precondition } from "../../lib/module";
import { hclTemplateText } from "../../lib/terraform/expression";
import { snakeCase } from "../../lib/terraform/readable-stack";

/**
 * The node classes that are made here, as `local.own_classes`; needs `local.manifests`. What is of a wrong type is
 * nothing here: the check of inputs tells of it.
 */
export const OWN_CLASSES =
  '${concat([for name, class in try(merge(var.node_classes), {}) : { path = "node_classes.${name}", completed = true, ' +
  "own = merge(try(merge(class.spec), {}), try({ for field, value in class : field => value if value != null }, {})) }], [], " +
  '[for index, manifest in local.manifests : { path = "manifests[${index}].spec", completed = var.complete_manifests, ' +
  'own = try(manifest.spec, {}) } if try(manifest.kind, "") == "EC2NodeClass"])}';

/** Every node class says or inherits what the API asks of it, unless the module's caller has looked itself. */
export function needsPreconditions(): Precondition[] {
  return NEEDS.map(({ fields, isList, refusal }) => {
    const said = (it: string): string =>
      fields
        .map((field) => (isList ? `try(length(${it}.${field}) > 0, false)` : `try(${it}.${field} != null, false)`))
        .join(" || ");
    const own = fields.map((field) => `try(class.own.${field} != null, false)`).join(" || ");
    const isMet = `${own} || class.completed && (${said("var.node_class_defaults")})`;
    const words = inWords(hclTemplateText(refusal), "${class.path}", snakeCase).replaceAll('"', '\\"');
    return {
      condition: `\${!var.check_inputs || alltrue([for class in local.own_classes : ${isMet}])}`,
      error_message: `\${join("\\n", [for class in local.own_classes : "${words}" if !(${isMet})])}`,
    };
  });
}
