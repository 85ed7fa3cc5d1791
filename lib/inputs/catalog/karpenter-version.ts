import type { Rule } from "../rule";
import type { JsonSchema } from "../value-test";
import { hclString } from "../../terraform/expression";
import type { MinorVersion } from "../../versions";
import {
  DEFAULT_KARPENTER_VERSION,
  MINOR_VERSIONS,
  KARPENTER_VERSIONS,
  knownMinorVersion,
  mayBeTaken,
  minorOfNewest,
  MINOR_VERSIONS_AT_PLAN,
  missingPatches,
  NEWEST_MAJOR,
  newestOf,
  patchOf,
  RELEASE_PATTERN,
} from "../../versions";

/** The minor versions in words: `0.27 to 0.37 or 1.0 to 1.15`. */
function minorVersionsInWords(minorVersions: readonly MinorVersion[]): string {
  const majors = [...new Set(minorVersions.map(({ minorVersion }) => minorVersion.split(".")[0]))];
  return majors
    .map((major) => minorVersions.filter(({ minorVersion }) => minorVersion.startsWith(`${major}.`)))
    .map((ofMajor) => `${ofMajor[0].minorVersion} to ${ofMajor[ofMajor.length - 1].minorVersion}`)
    .join(" or ");
}

const withV = (bare: string) => `must be written without the v; take "${bare}"`;

const unknownPatch = (minorVersion: string, newest: string) =>
  `must be a published release; the newest of ${minorVersion} that is known here is "${newest}"`;

/** The message for a release whose minor version is not known. */
const unknownMinorVersion = (minorVersions: readonly MinorVersion[]) =>
  `a release of Karpenter ${minorVersionsInWords(minorVersions)}, such as "${DEFAULT_KARPENTER_VERSION}"`;

const NEWER = "a newer major version needs a newer version of this project";

/** Yanked releases with the message for each. */
const yanked = (minorVersions: readonly MinorVersion[]) =>
  minorVersions
    .flatMap((minorVersion) => minorVersion.yanked)
    .map(
      ({ release, reason, instead }) => [release, `must not be that release: ${reason}; take "${instead}"`] as const,
    );

function answer(value: unknown): string | undefined {
  const version = String(value);
  const minorVersion = knownMinorVersion(version);
  return WITH_V.test(version)
    ? withV(version.slice(1))
    : (new Map(yanked(MINOR_VERSIONS)).get(version) ??
        (minorVersion && unknownPatch(minorVersion.minorVersion, newestOf(minorVersion))));
}

const WITH_V = new RegExp(RELEASE_PATTERN.replace("^", "^v"));

/** A map from minor version to newest patch, as Terraform writes it. */
const newestByMinorVersion = `{${MINOR_VERSIONS_AT_PLAN.map((minorVersion) => `${hclString(minorVersion.minorVersion)} = ${patchOf(newestOf(minorVersion))}`).join(", ")}}`;

/** The newest patches of the minor versions that Terraform may be given, from minor version 0 on. */
const NEWEST_PATCHES = MINOR_VERSIONS_AT_PLAN.map((minorVersion) => patchOf(newestOf(minorVersion)));

/** Releases that may not be taken, of minor versions. */
const missing = (minorVersions: readonly MinorVersion[]) => minorVersions.flatMap(missingPatches);

/** Editors propose what is known, and accept what is newer. */
function schema(): JsonSchema {
  const older = MINOR_VERSIONS.map(({ minorVersion }) => minorVersion).filter(
    (minorVersion) => !minorVersion.startsWith(`${NEWEST_MAJOR}.`),
  );
  const minorVersions = [
    ...older.map((minorVersion) => minorVersion.replace(".", "[.]")),
    `${NEWEST_MAJOR}[.]${NUMBER}`,
  ];
  return {
    type: "string",
    anyOf: [{ enum: KARPENTER_VERSIONS }, { pattern: `^(${minorVersions.join("|")})[.]${NUMBER}$` }],
    not: { enum: missing(MINOR_VERSIONS) },
  };
}

/** One of the numbers of a release. */
const NUMBER = "(0|[1-9][0-9]{0,2})";

/**
 * A release of Karpenter whose needs this project knows, or knows well enough: a later patch, or one of a newer minor
 * version, which another rule lets pass only where the user allows it. Of 1.0 or later where Terraform decides.
 */
export const karpenterVersion: Rule<string> = {
  allowed: unknownMinorVersion(MINOR_VERSIONS),
  remedy: NEWER,
  answer,
  accepts: (value) => typeof value === "string" && mayBeTaken(value),
  terraform: (it) =>
    `can(regex(${hclString(RELEASE_PATTERN)}, ${it}))` +
    ` && (can(${newestByMinorVersion}[${minorVersionAtPlan(it)}]) || ${isNewerAtPlan(it)})` +
    ` && !contains([${missing(MINOR_VERSIONS_AT_PLAN).map(hclString).join(", ")}], ${it})`,
  sentences: (it, name) => {
    const known = yanked(MINOR_VERSIONS_AT_PLAN).map(([release, told]) => `${hclString(release)} = ${hclString(told)}`);
    const newest = `{ "${NEWEST_MAJOR}" = [${NEWEST_PATCHES.join(", ")}] }[split(".", it)[0]][split(".", it)[1]]`;
    const told = [
      `{${known.join(", ")}}[it]`,
      `format(${hclString(withV("%s"))}, join(".", regex(${hclString(WITH_V.source)}, it)))`,
      `format(${hclString(unknownPatch("%[1]s", "%[1]s.%[2]d"))}, regex("^[0-9]+[.][0-9]+", it), ${newest})`,
      hclString(`must be ${unknownMinorVersion(MINOR_VERSIONS_AT_PLAN)}; ${NEWER}, and an older one its TypeScript`),
    ];
    // A loop over the one value names it in short.
    return `[for it in [${it}] : format(${hclString(`"${name}" is %s, but %s`)}, jsonencode(it), try(${told.join(", ")}))]`;
  },
  schema: schema(),
};

/** The minor version of a release in Terraform. */
export function minorVersionAtPlan(release: string): string {
  return `join(".", slice(split(".", ${release}), 0, 2))`;
}

/** Whether a release is of a newer minor version than any known here, in Terraform. */
export function isNewerAtPlan(release: string): string {
  return `try(split(".", ${release})[0] == "${NEWEST_MAJOR}" && tonumber(split(".", ${release})[1]) > ${minorOfNewest()}, false)`;
}
