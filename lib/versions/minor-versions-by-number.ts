import type { MinorVersion, KarpenterSupport } from "./minor-version";
import type { MinorVersionData } from "./minor-version-after";
import { MINOR_VERSION_DATA } from "./minor-versions";

/** Every minor version of Karpenter that this project knows, oldest first. */
export const MINOR_VERSIONS: readonly MinorVersion[] = MINOR_VERSION_DATA.map((minorVersion) => ({
  ...minorVersion,
  support: supportOf(minorVersion),
}));

/** Fixes come for the newest minor version, and for those of long-term support. */
function supportOf(minorVersion: MinorVersionData): KarpenterSupport {
  if (minorVersion.longTermUntil !== undefined) {
    return { longTermUntil: minorVersion.longTermUntil };
  }
  return minorVersion === MINOR_VERSION_DATA[MINOR_VERSION_DATA.length - 1] ? "current" : "ended";
}
