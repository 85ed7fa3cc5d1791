import { Rule } from "../inputs/rule";
import { hclString } from "../terraform/expression";
import {
  DEFAULT_KARPENTER_VERSION,
  MINOR_VERSIONS,
  KARPENTER_VERSIONS,
  MinorVersion,
  knownMinorVersion,
  MINOR_VERSIONS_AT_PLAN,
  newestOf,
  patchOf,
} from "../versions";

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
  `must be a release that is known here; the newest of ${minorVersion} is "${newest}"`;

/** What is told of a release of no known minor version. */
const unknownLine = (minorVersions: readonly MinorVersion[]) =>
  `a release of Karpenter ${minorVersionsInWords(minorVersions)}, such as "${DEFAULT_KARPENTER_VERSION}"`;

const NEWER = "a newer minor version needs a newer version of this project";

/** Withdrawn releases with what is told of each. */
const yanked = (minorVersions: readonly MinorVersion[]) =>
  minorVersions
    .flatMap((minorVersion) => minorVersion.yanked)
    .map(
      ({ release, reason, instead }) => [release, `must not be that release: ${reason}; take "${instead}"`] as const,
    );

function answer(value: unknown): string | undefined {
  const version = String(value);
  const minorVersion = knownMinorVersion(version);
  return version.startsWith("v")
    ? withV(version.slice(1))
    : (new Map(yanked(MINOR_VERSIONS)).get(version) ??
        (minorVersion && unknownPatch(minorVersion.minorVersion, newestOf(minorVersion))));
}

/** A map from minor version to newest patch, as Terraform writes it. */
const newestByLine = `{${MINOR_VERSIONS_AT_PLAN.map((minorVersion) => `${hclString(minorVersion.minorVersion)} = ${patchOf(newestOf(minorVersion))}`).join(", ")}}`;

/** Patches before a minor version's newest that may not be taken. */
const notAtPlan = MINOR_VERSIONS_AT_PLAN.flatMap((minorVersion) => {
  const all = Array.from(
    { length: patchOf(newestOf(minorVersion)) },
    (_, patch) => `${minorVersion.minorVersion}.${patch}`,
  );
  return all.filter((release) => !minorVersion.releases.includes(release));
});

/** A release of Karpenter that this project knows the needs of; of 1.0 or later where Terraform decides. */
export const karpenterVersion: Rule<string> = {
  allowed: unknownLine(MINOR_VERSIONS),
  remedy: NEWER,
  answer,
  accepts: (value) => KARPENTER_VERSIONS.includes(value),
  terraform: (it) =>
    `can(regex(${hclString("^[0-9]+[.][0-9]+[.](0|[1-9][0-9]*)$")}, ${it}))` +
    ` && try(tonumber(split(".", ${it})[2]) <= ${newestByLine}[${minorVersionAtPlan(it)}], false)` +
    ` && !contains([${notAtPlan.map(hclString).join(", ")}], ${it})`,
  sentences: (it, name) => {
    const known = yanked(MINOR_VERSIONS_AT_PLAN).map(([release, told]) => `${hclString(release)} = ${hclString(told)}`);
    const minorVersion = minorVersionAtPlan(it);
    const told = [
      `{${known.join(", ")}}[${it}]`,
      `format(${hclString(withV("%s"))}, regex("^v(.+)$", ${it})[0])`,
      `format(${hclString(unknownPatch("%s", "%s.%d"))}, ${minorVersion}, ${minorVersion}, ${newestByLine}[${minorVersion}])`,
      hclString(`must be ${unknownLine(MINOR_VERSIONS_AT_PLAN)}; ${NEWER}, and an older one its TypeScript`),
    ];
    return `[format(${hclString(`"${name}" is %s, but %s`)}, jsonencode(${it}), try(${told.join(", ")}))]`;
  },
  schema: { type: "string", enum: KARPENTER_VERSIONS },
};

/** The minor version of a release in Terraform. */
export function minorVersionAtPlan(release: string): string {
  return `join(".", slice(split(".", ${release}), 0, 2))`;
}
