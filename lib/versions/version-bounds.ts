/** The minor versions of Karpenter that something is there in; all of them where nothing is said. */
export interface VersionBounds {
  /** The first minor version that has it, `1.8`. */
  readonly since?: string;
  /** The first minor version that no longer has it, `1.15`. */
  readonly until?: string;
}

/** A number that grows from minor version to minor version, of a minor version `1.14` or of a release of it. */
export function minorNumber(version: string): number {
  const [major, minor] = version.split(".");
  return Number(major) * 1000 + Number(minor);
}

/**
 * A number that grows from release to release.
 *
 * @param ofMinorVersion the patch that a minor version alone stands for; when left out, its last
 */
export function releaseNumber(version: string, ofMinorVersion = 999): number {
  const [, , patch] = version.split(".");
  return minorNumber(version) * 1000 + (patch === undefined ? ofMinorVersion : Number(patch));
}

/** Whether a minor version, or the minor version of a release, is one of these. */
export function isIn({ since, until }: VersionBounds, version: string): boolean {
  const minorVersion = minorNumber(version);
  return (
    (since === undefined || minorVersion >= minorNumber(since)) &&
    (until === undefined || minorVersion < minorNumber(until))
  );
}

/** Whether it is there in some minor versions only. */
export function isBounded({ since, until }: VersionBounds): boolean {
  return since !== undefined || until !== undefined;
}
