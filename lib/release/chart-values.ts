import { Token, ref } from "cdktf";
import type { Precondition } from "../terraform/precondition";
import type { At } from "../inputs/predicate";
import type { Problems } from "../inputs/problems";
import { hclString, tf, tfString } from "../terraform/expression";
import { givenFields, isFields } from "../terraform/known-values";
import { snakeCase } from "../terraform/readable-stack";
import type { ReleaseNeeds } from "./release-needs";
import type { MinorVersion } from "../versions";
import {
  DEFAULT_KARPENTER_VERSION,
  MINOR_VERSIONS,
  mayBeTaken,
  minorVersionOf,
  MINOR_VERSIONS_AT_PLAN,
  newestOf,
  patchOf,
  releaseTakenFor,
} from "../versions";
import { CONTROLLER_OPTION_INPUTS } from "../inputs/catalog/controller";
import type { ObjectField } from "../inputs/field";

/** The options whose keys a chart may not know; it would drop them without a word. */
const OPTIONS = ["settings", "featureGates", "awsFeatureGates"] as const;

export type OptionName = (typeof OPTIONS)[number];
type Options = Readonly<Partial<Record<OptionName, unknown>>>;

/** Whether the chart of a minor version's patch knows a key. */
function knows(minorVersion: MinorVersion, patch: number, option: OptionName, key: string): boolean {
  const value = minorVersion.chart[option][key];
  return value !== undefined && patch >= (value.fromPatch ?? 0);
}

function knowsAtLast(minorVersion: MinorVersion, option: OptionName, key: string): boolean {
  return knows(minorVersion, patchOf(newestOf(minorVersion)), option, key);
}

/** The newest release of the nearest minor version that knows a key: of this one or a later one, or else of one before. */
function nearest(minorVersion: MinorVersion, option: OptionName, key: string): string {
  const knowing = MINOR_VERSIONS.filter((candidate) => knowsAtLast(candidate, option, key));
  const found = knowing.find((candidate) => isFrom(candidate, minorVersion)) ?? knowing[knowing.length - 1];
  return newestOf(found);
}

function isFrom(candidate: MinorVersion, minorVersion: MinorVersion): boolean {
  return MINOR_VERSIONS.indexOf(candidate) >= MINOR_VERSIONS.indexOf(minorVersion);
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
  if (problems.isWrong("karpenterVersion") || Token.isUnresolved(version) || !mayBeTaken(version)) {
    return;
  }
  const minorVersion = minorVersionOf(version);
  for (const option of OPTIONS) {
    const given = options[option];
    if (!isFields(given)) {
      continue;
    }
    Object.keys(givenFields(given))
      .filter((key) => key in CONTROLLER_OPTION_INPUTS[option].fields)
      .filter((key) => !knows(minorVersion, patchOf(releaseTakenFor(version)), option, key))
      .forEach((key) =>
        problems.add(refusal(`${option}.${key}`, version, "karpenterVersion", nearest(minorVersion, option, key))),
      );
  }
}

/** An option of the published modules, without keys that only 0.x charts know. */
export function optionAtPlan(option: OptionName): ObjectField {
  const field: ObjectField = CONTROLLER_OPTION_INPUTS[option];
  const known = Object.entries(field.fields).filter(([key]) =>
    MINOR_VERSIONS_AT_PLAN.some((minorVersion) => knowsAtLast(minorVersion, option, key)),
  );
  return { ...field, fields: Object.fromEntries(known) };
}

/**
 * The same as preconditions of the published module: one for all keys of an option that came with the same release.
 *
 * @param at writes the expression of an input
 */
export function chartValuesPreconditions(needs: ReleaseNeeds, at: At): Precondition[] {
  return OPTIONS.flatMap((option) => {
    const groups = new Map<string, string[]>();
    for (const key of Object.keys(optionAtPlan(option).fields)) {
      const since = firstKnowing(option, key);
      groups.set(since, [...(groups.get(since) ?? []), key]);
    }
    return [...groups]
      .filter(([since]) => since !== MINOR_VERSIONS_AT_PLAN[0].releases[0])
      .map(([since, keys]) => precondition(needs, at, option, since, keys));
  });
}

/** The first release from 1.0 on that knows a key. */
function firstKnowing(option: OptionName, key: string): string {
  const minorVersion = MINOR_VERSIONS_AT_PLAN.find((candidate) => knowsAtLast(candidate, option, key));
  return minorVersion?.releases.find((release) => knows(minorVersion, patchOf(release), option, key)) ?? "";
}

function precondition(
  needs: ReleaseNeeds,
  at: At,
  option: OptionName,
  since: string,
  keys: readonly string[],
): Precondition {
  const version = ref(at("karpenterVersion"));
  const minorVersion = minorVersionOf(since);
  const before = minorVersion.releases.slice(0, minorVersion.releases.indexOf(since));
  const older = MINOR_VERSIONS_AT_PLAN.slice(0, MINOR_VERSIONS_AT_PLAN.indexOf(minorVersion));
  const isOlder = needs.isOneOf(older);
  const isOld = before.length === 0 ? isOlder : tf`${isOlder} || contains(${before}, ${version})`;
  const words = refusal(`${snakeCase(option)}.%s`, "%s", "karpenter_version", newestOf(minorVersion));
  const told = tf`format(${ref(hclString(words))}, key, ${version})`;
  const value = ref(`try(${at(option)}[key], null)`);
  return {
    condition: tfString`alltrue([for key in ${keys} : ${value} == null if ${isOld}])`,
    error_message: tfString`join("\n", [for key in ${keys} : ${told} if ${value} != null])`,
  };
}
