import type { MinorVersion } from "./minor-version";
import { minorOf, patchOf } from "./minor-version";
import { MINOR_VERSIONS } from "./minor-versions-by-number";

/** The newest patch of the newest long-term support minor version. */
export const DEFAULT_KARPENTER_VERSION = "1.14.3";

/** Every release that is known and may be taken. */
export const KARPENTER_VERSIONS: readonly string[] = MINOR_VERSIONS.flatMap((minorVersion) => minorVersion.releases);

/** The minor versions that the published modules take, for which they decide at plan. */
export const MINOR_VERSIONS_AT_PLAN: readonly MinorVersion[] = MINOR_VERSIONS.filter(({ minorVersion }) =>
  minorVersion.startsWith("1."),
);

/** The newest minor version that is known, by which newer ones are treated. */
export const NEWEST_MINOR_VERSION: MinorVersion = MINOR_VERSIONS[MINOR_VERSIONS.length - 1];

/** The major version that has newer minor versions than those known here. */
export const NEWEST_MAJOR = NEWEST_MINOR_VERSION.minorVersion.split(".")[0];

/**
 * How a release is written: three numbers without leading zeros, no `v` and no suffix. Numbers stay below 1,000, for minor
 * versions and patches are compared as parts of one number.
 */
export const RELEASE_PATTERN = "^(0|[1-9][0-9]{0,2})[.](0|[1-9][0-9]{0,2})[.](0|[1-9][0-9]{0,2})$";

const release = new RegExp(RELEASE_PATTERN);

/**
 * The minor version whose facts hold for a release: its own, and of one that is newer than any known here the newest. A
 * release that is refused gets the minor version that was most likely meant, so that no other rule has a say in it: that
 * without the `v`, or else the default's.
 */
export function minorVersionOf(version: string): MinorVersion {
  return (
    knownMinorVersion(version.replace(/^v/, "")) ??
    (isOfNewerMinorVersion(version)
      ? NEWEST_MINOR_VERSION
      : (knownMinorVersion(DEFAULT_KARPENTER_VERSION) as MinorVersion))
  );
}

/** The release whose facts hold for a release: the newest that is known for one of a newer minor version, or else its own. */
export function releaseTakenFor(version: string): string {
  return isOfNewerMinorVersion(version) ? newestOf(NEWEST_MINOR_VERSION) : version;
}

/** Whether a release is of a newer minor version than any known here; another major version may change anything. */
export function isOfNewerMinorVersion(version: string): boolean {
  const [major, minor] = version.split(".");
  return release.test(version) && major === NEWEST_MAJOR && Number(minor) > minorOfNewest();
}

/** `15` of the newest minor version 1.15. */
export function minorOfNewest(): number {
  return Number(NEWEST_MINOR_VERSION.minorVersion.split(".")[1]);
}

/**
 * Whether a release may be taken, by itself: a known one, a later patch of a known minor version, or one of a newer minor
 * version, which the user has to allow.
 *
 * A later patch fixes what its minor version has, and nobody should wait for this project to take a security fix. Below the
 * newest known patch every release is known: what is not among them was yanked or never published, and its chart would be
 * looked for in vain in the middle of an apply.
 */
export function mayBeTaken(version: string): boolean {
  const minorVersion = release.test(version) ? knownMinorVersion(version) : undefined;
  return (
    isOfNewerMinorVersion(version) || (minorVersion !== undefined && !missingPatches(minorVersion).includes(version))
  );
}

/** The patches of a minor version that may not be taken: those that were yanked, and those that were never published. */
export function missingPatches(minorVersion: MinorVersion): string[] {
  const { releases, yanked } = minorVersion;
  const below = Array.from(
    { length: patchOf(newestOf(minorVersion)) },
    (_, patch) => `${minorVersion.minorVersion}.${patch}`,
  );
  return [
    ...below.filter((candidate) => !releases.includes(candidate)),
    ...yanked.map(({ release: bad }) => bad).filter((bad) => !below.includes(bad)),
  ];
}

/** The newest release of a minor version. */
export function newestOf({ releases }: MinorVersion): string {
  return releases[releases.length - 1];
}

/** The minor version of a release, as far as it is known. */
export function knownMinorVersion(version: string): MinorVersion | undefined {
  return byNumber.get(minorOf(version));
}

const byNumber: ReadonlyMap<string, MinorVersion> = new Map(MINOR_VERSIONS.map((known) => [known.minorVersion, known]));
