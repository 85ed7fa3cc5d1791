import { Rule } from "../rules/rule";
import { hclString } from "../terraform/expression";
import { KarpenterLine, lineOf, patchOf } from "./karpenter-line";
import { KARPENTER_LINES } from "./karpenter-lines";

/** The newest patch of the newest long-term support line. */
export const DEFAULT_KARPENTER_VERSION = "1.14.3";

/** Every release that may be taken. */
export const KARPENTER_VERSIONS: readonly string[] = KARPENTER_LINES.flatMap((line) => line.releases);

/** The lines that the published modules take, for which they decide at plan. */
export const LINES_AT_PLAN: readonly KarpenterLine[] = KARPENTER_LINES.filter(({ line }) => line.startsWith("1."));

/** The line of a release; an unknown release gets the default's line, and is refused at synth. */
export function karpenterLine(version: string): KarpenterLine {
  return lineIfKnown(version) ?? (lineIfKnown(DEFAULT_KARPENTER_VERSION) as KarpenterLine);
}

/** The newest release of a line. */
export function newestOf({ releases }: KarpenterLine): string {
  return releases[releases.length - 1];
}

function lineIfKnown(version: string): KarpenterLine | undefined {
  return KARPENTER_LINES.find(({ line }) => line === lineOf(version));
}

/** The lines in words: `0.27 to 0.37 or 1.0 to 1.15`. */
function linesInWords(lines: readonly KarpenterLine[]): string {
  const majors = [...new Set(lines.map(({ line }) => line.split(".")[0]))];
  return majors
    .map((major) => lines.filter(({ line }) => line.startsWith(`${major}.`)))
    .map((ofMajor) => `${ofMajor[0].line} to ${ofMajor[ofMajor.length - 1].line}`)
    .join(" or ");
}

const withV = (bare: string) => `must be written without the v; take "${bare}"`;

const unknownPatch = (line: string, newest: string) =>
  `must be a release that is known here; the newest of ${line} is "${newest}"`;

/** What is told of a release of no known line. */
const unknownLine = (lines: readonly KarpenterLine[]) =>
  `a release of Karpenter ${linesInWords(lines)}, such as "${DEFAULT_KARPENTER_VERSION}"`;

const NEWER = "a newer line needs a newer version of this project";

/** Withdrawn releases with what is told of each. */
const withdrawn = (lines: readonly KarpenterLine[]) =>
  lines
    .flatMap((line) => line.withdrawn)
    .map(
      ({ release, reason, instead }) => [release, `must not be that release: ${reason}; take "${instead}"`] as const,
    );

function answer(value: unknown): string | undefined {
  const version = String(value);
  const line = lineIfKnown(version);
  return version.startsWith("v")
    ? withV(version.slice(1))
    : (new Map(withdrawn(KARPENTER_LINES)).get(version) ?? (line && unknownPatch(line.line, newestOf(line))));
}

/** A map from line to newest patch, as Terraform writes it. */
const newestByLine = `{${LINES_AT_PLAN.map((line) => `${hclString(line.line)} = ${patchOf(newestOf(line))}`).join(", ")}}`;

/** Patches before a line's newest that may not be taken. */
const notAtPlan = LINES_AT_PLAN.flatMap((line) => {
  const all = Array.from({ length: patchOf(newestOf(line)) }, (_, patch) => `${line.line}.${patch}`);
  return all.filter((release) => !line.releases.includes(release));
});

/** A release of Karpenter that this project knows the needs of; of 1.0 or later where Terraform decides. */
export const karpenterVersion: Rule<string> = {
  allowed: unknownLine(KARPENTER_LINES),
  wayOut: NEWER,
  answer,
  accepts: (value) => KARPENTER_VERSIONS.includes(value),
  terraform: (it) =>
    `can(regex(${hclString("^[0-9]+[.][0-9]+[.](0|[1-9][0-9]*)$")}, ${it}))` +
    ` && try(tonumber(split(".", ${it})[2]) <= ${newestByLine}[${lineAtPlan(it)}], false)` +
    ` && !contains([${notAtPlan.map(hclString).join(", ")}], ${it})`,
  sentences: (it, name) => {
    const known = withdrawn(LINES_AT_PLAN).map(([release, told]) => `${hclString(release)} = ${hclString(told)}`);
    const line = lineAtPlan(it);
    const told = [
      `{${known.join(", ")}}[${it}]`,
      `format(${hclString(withV("%s"))}, regex("^v(.+)$", ${it})[0])`,
      `format(${hclString(unknownPatch("%s", "%s.%d"))}, ${line}, ${line}, ${newestByLine}[${line}])`,
      hclString(`must be ${unknownLine(LINES_AT_PLAN)}; ${NEWER}, and an older one its TypeScript`),
    ];
    return `[format(${hclString(`"${name}" is %s, but %s`)}, jsonencode(${it}), try(${told.join(", ")}))]`;
  },
  schema: { type: "string", enum: KARPENTER_VERSIONS },
};

/** The line of a release in Terraform. */
export function lineAtPlan(release: string): string {
  return `join(".", slice(split(".", ${release}), 0, 2))`;
}
