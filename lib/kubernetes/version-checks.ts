import { Token, ref } from "cdktf";
import { Precondition } from "../module/precondition";
import { Problems } from "../rules/problems";
import { hclString, tf, tfString } from "../terraform/expression";
import { snakeCase } from "../terraform/readable-stack";
import {
  DEFAULT_KARPENTER_VERSION,
  KARPENTER_LINES,
  KARPENTER_VERSIONS,
  KarpenterLine,
  karpenterLine,
  LINES_AT_PLAN,
  newestOf,
  patchOf,
  ReleaseNeeds,
} from "../versions";
import { CONTROLLER_OPTION_FIELDS } from "./schemas/controller";
import { ObjectField } from "./schemas/field";

/** The options whose keys a chart may not know; it would drop them without a word. */
const OPTIONS = ["settings", "featureGates", "awsFeatureGates"] as const;

export type OptionName = (typeof OPTIONS)[number];
type Options = Readonly<Partial<Record<OptionName, unknown>>>;

/** Whether the chart of a line's patch knows a key. */
function knows(line: KarpenterLine, patch: number, option: OptionName, key: string): boolean {
  const value = line.chart[option][key];
  return value !== undefined && patch >= (value.fromPatch ?? 0);
}

function knowsAtLast(line: KarpenterLine, option: OptionName, key: string): boolean {
  return knows(line, patchOf(newestOf(line)), option, key);
}

/** The newest release of the nearest line that knows a key: of this one or a later one, or else of one before. */
function nearest(line: KarpenterLine, option: OptionName, key: string): string {
  const knowing = KARPENTER_LINES.filter((candidate) => knowsAtLast(candidate, option, key));
  const found = knowing.find((candidate) => isFrom(candidate, line)) ?? knowing[knowing.length - 1];
  return newestOf(found);
}

function isFrom(candidate: KarpenterLine, line: KarpenterLine): boolean {
  return KARPENTER_LINES.indexOf(candidate) >= KARPENTER_LINES.indexOf(line);
}

function refusal(path: string, version: string, versionName: string, instead: string): string {
  return (
    `"${path}" is given, but must be left out with Karpenter ${version}, which does not know it; ` +
    `leave it out, or set "${versionName}" to "${instead}"`
  );
}

/** Finds what the chart of the chosen release would drop. */
export function checkChartValues(
  problems: Problems,
  options: Options,
  version: string = DEFAULT_KARPENTER_VERSION,
): void {
  if (Token.isUnresolved(version) || !KARPENTER_VERSIONS.includes(version)) {
    return;
  }
  const line = karpenterLine(version);
  for (const option of OPTIONS) {
    const given = options[option];
    if (typeof given !== "object" || given === null || Token.isUnresolved(given)) {
      continue;
    }
    Object.entries(given)
      .filter(([key, value]) => key in CONTROLLER_OPTION_FIELDS[option].fields && value !== undefined && value !== null)
      .filter(([key]) => !knows(line, patchOf(version), option, key))
      .forEach(([key]) =>
        problems.add(refusal(`${option}.${key}`, version, "karpenterVersion", nearest(line, option, key))),
      );
  }
}

/** An option of the published modules: what only releases before these knew is no part of it. */
export function optionAtPlan(option: OptionName): ObjectField {
  const field: ObjectField = CONTROLLER_OPTION_FIELDS[option];
  const known = Object.entries(field.fields).filter(([key]) =>
    LINES_AT_PLAN.some((line) => knowsAtLast(line, option, key)),
  );
  return { ...field, fields: Object.fromEntries(known) };
}

/** The same as preconditions of the published module: one for all keys of an option that came with the same release. */
export function chartValuesPreconditions(needs: ReleaseNeeds): Precondition[] {
  return OPTIONS.flatMap((option) => {
    const groups = new Map<string, string[]>();
    for (const key of Object.keys(optionAtPlan(option).fields)) {
      const since = firstKnowing(option, key);
      groups.set(since, [...(groups.get(since) ?? []), key]);
    }
    return [...groups]
      .filter(([since]) => since !== LINES_AT_PLAN[0].releases[0])
      .map(([since, keys]) => precondition(needs, option, since, keys));
  });
}

/** The first release from 1.0 on that knows a key. */
function firstKnowing(option: OptionName, key: string): string {
  const line = LINES_AT_PLAN.find((candidate) => knowsAtLast(candidate, option, key));
  return line?.releases.find((release) => knows(line, patchOf(release), option, key)) ?? "";
}

function precondition(needs: ReleaseNeeds, option: OptionName, since: string, keys: readonly string[]): Precondition {
  const input = snakeCase(option);
  const line = karpenterLine(since);
  const before = line.releases.slice(0, line.releases.indexOf(since));
  const older = LINES_AT_PLAN.slice(0, LINES_AT_PLAN.indexOf(line));
  const isOlder = needs.isOneOf(older);
  const isOld = before.length === 0 ? isOlder : tf`${isOlder} || contains(${before}, ${ref("var.karpenter_version")})`;
  const words = refusal(`${input}.%s`, "%s", "karpenter_version", newestOf(line));
  const told = tf`format(${ref(hclString(words))}, key, ${ref("var.karpenter_version")})`;
  const value = ref(`var.${input}[key]`);
  return {
    condition: tfString`alltrue([for key in ${keys} : ${value} == null if ${isOld}])`,
    error_message: tfString`join("\n", [for key in ${keys} : ${told} if ${value} != null])`,
  };
}
