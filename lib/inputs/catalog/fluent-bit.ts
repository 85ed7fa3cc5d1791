/**
 * What of Fluent Bit's configuration EKS takes for pods on Fargate. It looks at the ConfigMap as a whole, and one wrong line turns
 * the logs of every pod off. https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 */
import { hclString } from "../../terraform/expression";
import type { Rule } from "../rule";
import { inAnyCase, rule } from "../rule";

/** The filters that EKS lets run. */
export const FARGATE_FILTERS = [
  "grep",
  "parser",
  "record_modifier",
  "rewrite_tag",
  "throttle",
  "nest",
  "modify",
  "kubernetes",
] as const;

/** Keys of the filter `kubernetes` that EKS sets itself. */
const KEYS_OF_EKS = ["Kube_URL", "Kube_CA_File", "Kube_Token_Command", "Kube_Token_File"];

const END = "[ \\t]*(\\n|$)";

/** A line that is one of a section's keys. */
const keyLine = (key: string, value: string): string => `\\n[ \\t]+${inAnyCase(key)}[ \\t]+${value}`;

/** Only sections of one kind: each heading at the beginning of a line, each key below one and indented. */
function onlySections(heading: string): Rule {
  const [empty, pair] = ["[ \\t]*(#[^\\n]*)?", "[ \\t]+[^ \\t\\n#\\[][^\\n]*"];
  return rule(
    { matches: `^(${empty}\\n)*(${empty}|\\[${heading}\\][ \\t]*(\\n(${empty}|${pair}|\\[${heading}\\][ \\t]*))*)$` },
    {
      allowed: `sections of Fluent Bit with the heading [${heading}] at the beginning of a line, and each key below it indented`,
      remedy: "correct that line, and leave other sections out: EKS has its own [SERVICE] and [INPUT]",
    },
  );
}

/** Every section has these keys, as patterns of their lines. A text without any section is right. */
function everySection(heading: string, lines: readonly string[], allowed: string, remedy: string): Rule {
  const mark = `[${heading}]`;
  return {
    allowed,
    remedy,
    accepts: (text) =>
      text
        .split(mark)
        .slice(1)
        .every((section) => lines.every((line) => new RegExp(line).test(section))),
    terraform: (it) => {
      const sections = `split(${hclString(mark)}, ${it})`;
      const asked = lines.map((line) => `can(regex(${hclString(line)}, section))`).join(" && ");
      return `alltrue([for index, section in ${sections} : index == 0 || (${asked})])`;
    },
  };
}

const noVariables = rule(
  { notMatching: "\\$\\{" },
  { allowed: "a text without environment variables, ${…}", remedy: "write the value itself: EKS takes no variables" },
);

/** The sections of `filters.conf`. */
export const fluentBitFilters: readonly Rule[] = [
  onlySections("FILTER"),
  everySection(
    "FILTER",
    [
      keyLine("name", `(${FARGATE_FILTERS.map(inAnyCase).join("|")})${END}`),
      `\\n[ \\t]+${inAnyCase("match")}(_${inAnyCase("regex")})?[ \\t]+[^ \\t\\n]`,
    ],
    `[FILTER] sections that each have a Match, and a Name of ${FARGATE_FILTERS.join(", ")}`,
    "EKS runs no other filters on Fargate; correct that section, or leave it out",
  ),
  noVariables,
  rule(
    { notMatching: `(^|\\n)[ \\t]+(${KEYS_OF_EKS.map(inAnyCase).join("|")})[ \\t]` },
    { allowed: `sections without ${KEYS_OF_EKS.join(", ")}`, remedy: "leave these keys out: EKS sets them itself" },
  ),
];

/** The sections of `parsers.conf`. */
export const fluentBitParsers: readonly Rule[] = [
  onlySections("PARSER"),
  everySection(
    "PARSER",
    [keyLine("name", "[^ \\t\\n]"), keyLine("format", "[^ \\t\\n]")],
    "[PARSER] sections that each have a Name and a Format",
    "complete that section, or leave it out",
  ),
  noVariables,
];
