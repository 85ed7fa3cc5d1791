import { MinorVersion, minorOf } from "./minor-version";
import { MINOR_VERSIONS } from "./minor-versions-by-number";

/** The newest patch of the newest long-term support minor version. */
export const DEFAULT_KARPENTER_VERSION = "1.14.3";

/** Every release that may be taken. */
export const KARPENTER_VERSIONS: readonly string[] = MINOR_VERSIONS.flatMap((minorVersion) => minorVersion.releases);

/** The minor versions that the published modules take, for which they decide at plan. */
export const MINOR_VERSIONS_AT_PLAN: readonly MinorVersion[] = MINOR_VERSIONS.filter(({ minorVersion }) =>
  minorVersion.startsWith("1."),
);

/** The minor version of a release; an unknown release gets the default's minor version, and is refused at synth. */
export function minorVersionOf(version: string): MinorVersion {
  return knownMinorVersion(version) ?? (knownMinorVersion(DEFAULT_KARPENTER_VERSION) as MinorVersion);
}

/** The newest release of a minor version. */
export function newestOf({ releases }: MinorVersion): string {
  return releases[releases.length - 1];
}

/** The minor version of a release, as far as it is known. */
export function knownMinorVersion(version: string): MinorVersion | undefined {
  return MINOR_VERSIONS.find(({ minorVersion }) => minorVersion === minorOf(version));
}
