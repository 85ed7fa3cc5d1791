import { RELEASE } from "../../lib/inputs/field";
import type { TypedObjectRule } from "../../lib/inputs/type-table";
import { hclString, hclTemplateText } from "../../lib/terraform/expression";

/**
 * A template for the sentences on objects that break a rule on several of their fields, a list in JSON. Each input has a file of
 * its own, so that Terraform reads no rules of others.
 */
export function objectRulesTemplate(rules: readonly TypedObjectRule[]): string {
  return `\${jsonencode(concat([],\n${rules.map((rule) => `  ${objectRuleExpression(rule)},\n`).join("")}))}`;
}

function objectRuleExpression({ type, rule, since, until }: TypedObjectRule): string {
  const value = (field: string): string => `object.value.${field}`;
  const bounds = [
    ...(since === undefined ? [] : [`minor_version >= ${since}`]),
    ...(until === undefined ? [] : [`minor_version < ${until}`]),
  ];
  const words = hclTemplateText(rule.refusal)
    .replaceAll('"', '\\"')
    .replace(/\{(\w*)\}/g, (_, name: string) => (name === "" ? "${object.path}" : name))
    .replace(/<(\w+)>/g, (_, name: string) =>
      name === RELEASE ? "${karpenter_version}" : `\${jsonencode(try(${value(name)}, null))}`,
    );
  const broken = [...bounds, `!${rule.condition.terraform(value)}`].join(" && ");
  return `[for object in try(objects_by_type[${hclString(type)}], []) : "${words}" if ${broken}]`;
}
