import type { MinorVersion, KarpenterSupport } from "./minor-version";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf, MINOR_VERSIONS_AT_PLAN } from "./karpenter-version";

/** How long a minor version is supported, in words. */
export function supportInWords(support: KarpenterSupport): string {
  if (typeof support === "object") {
    return `long-term support until ${support.longTermUntil}`;
  }
  return support === "current" ? "until the next minor version appears" : "ended";
}

/** The warning for a minor version without support; its id `[karpenter-end-of-support]` is public. */
export function endOfSupport(minorVersion: string): string {
  const { support } = minorVersionOf(DEFAULT_KARPENTER_VERSION);
  return `Karpenter ${minorVersion} gets no fixes any more; take "${DEFAULT_KARPENTER_VERSION}" (${supportInWords(support)})`;
}

/** The minor versions without support among those that Terraform may be given. */
export const ENDED_AT_PLAN: readonly MinorVersion[] = MINOR_VERSIONS_AT_PLAN.filter(
  ({ support }) => support === "ended",
);
