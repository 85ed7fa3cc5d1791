import { ref } from "cdktf";
import type { WarningId } from "../lib/inputs/acknowledged-warnings";
import type { ModuleStack } from "../lib/module";
import type { WarningRule } from "../lib/inputs/warning-rule";
import { hclTemplateText } from "../lib/terraform/expression";
import { snakeCase } from "../lib/terraform/readable-stack";
import { MINOR_VERSIONS_AT_PLAN } from "../lib/versions";
import { minorNumber } from "../lib/versions/version-bounds";
import { warnAtPlan } from "./warning";

/**
 * A check for each id, over all parts that its rules speak of; the parts stand in `local.warned`, by their kinds.
 *
 * @param wholes kinds whose parts know where each field is said, `at`; in the others, a field stands below the part's path
 */
export function watchParts<Kind extends string>(
  stack: ModuleStack,
  rules: readonly WarningRule<Kind>[],
  wholes: readonly Kind[],
): void {
  const asked = rules.filter(isAsked);
  const ids = [...new Set(asked.map(({ id }) => id))];
  const found = (id: WarningId) => asked.filter((rule) => rule.id === id);
  stack.local(
    "warnings",
    Object.fromEntries(
      ids.map((id) => [snakeCase(id), found(id).map((rule) => `\${${verdicts(rule, wholes.includes(rule.of))}}`)]),
    ),
  );
  ids.forEach((id) => {
    const all = `concat(local.warnings.${snakeCase(id)}...)`;
    const paths = `\${join("\\", \\"", [for it in ${all} : it.path if it.wrong])}`;
    const [{ text, together }] = found(id);
    warnAtPlan(stack, id, {
      isRight: ref(`!anytrue([for it in ${all} : it.wrong])`),
      text: together === true ? text.replace("{}", paths) : `\${join("\\n", [for it in ${all} : it.text if it.wrong])}`,
    });
  });
}

/** The modules know objects of v1 only, and no release before it. */
function isAsked({ until, inV1 }: WarningRule): boolean {
  const [first] = MINOR_VERSIONS_AT_PLAN;
  return inV1 !== false && (until === undefined || minorNumber(until) > minorNumber(first.minorVersion));
}

/** Of each part whether it is wrong, and what is told of it. */
function verdicts({ of, text, words = {}, isRight, together }: WarningRule, isWhole: boolean): string {
  const value = (field: string): string => `it.fields.${field}`;
  const told = hclTemplateText(text)
    .replaceAll('"', '\\"')
    .replace(/\{(\w*)\}/g, (_, field: string) =>
      field === "" ? "${it.path}" : isWhole ? `\${it.at.${field}}` : `\${it.path}.${field}`,
    )
    .replace(/<(\w+)>/g, (_, name: string) => {
      const of = words[name]?.terraform(value, snakeCase);
      return `\${${of ?? `jsonencode(try(${value(name)}, null))`}}`;
    });
  // The words are of a part that is wrong: another may lack a value that stands in them.
  const said = together === true ? "path = it.path" : `text = try("${told}", "")`;
  return `[for it in local.warned.${of} : { wrong = !${isRight.terraform(value)}, ${said} }]`;
}
