import { RELEASE } from "../../lib/inputs/field";
import type { TypedObjectRule } from "../../lib/inputs/type-table";
import { hclString, hclTemplateText } from "../../lib/terraform/expression";

/** A Terraform expression for the sentences on the objects of a type that break a rule on several of their fields. */
export function objectRuleExpression({ type, rule, since, until }: TypedObjectRule): string {
  const value = (field: string): string => `object.value.${field}`;
  const bounds = [
    ...(since === undefined ? [] : [`local.minor_version >= ${since}`]),
    ...(until === undefined ? [] : [`local.minor_version < ${until}`]),
  ];
  const words = hclTemplateText(rule.refusal)
    .replaceAll('"', '\\"')
    .replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? "${object.path}" : name))
    .replace(/<(\w+)>/g, (_, name: string) =>
      name === RELEASE ? "${var.karpenter_version}" : `\${jsonencode(try(${value(name)}, null))}`,
    );
  const broken = [...bounds, `!${rule.condition.terraform(value)}`].join(" && ");
  return `[for object in try(local.objects_by_type[${hclString(type)}], []) : "${words}" if ${broken}]`;
}
