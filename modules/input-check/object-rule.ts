import { RELEASE } from "../../lib/inputs/field";
import { TypedObjectRule } from "../../lib/inputs/type-table";
import { hclString, hclTemplateText } from "../../lib/terraform/expression";
import { minorNumber } from "../../lib/versions/version-bounds";

/** A Terraform expression for the sentences on the objects of a type that break a rule on several of their fields. */
export function objectRuleExpression({ type, rule }: TypedObjectRule, first: string): string {
  const value = (field: string): string => `object.value.${field}`;
  const bounds = [
    ...(rule.since === undefined || minorNumber(rule.since) <= minorNumber(first)
      ? []
      : [`local.minor_version >= ${minorNumber(rule.since)}`]),
    ...(rule.until === undefined ? [] : [`local.minor_version < ${minorNumber(rule.until)}`]),
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
