import { KarpenterLine, KarpenterSupport } from "./karpenter-line";
import { DEFAULT_KARPENTER_VERSION, karpenterLine, LINES_AT_PLAN } from "./karpenter-version";

/** How long a line is supported, in words. */
export function supportInWords(support: KarpenterSupport): string {
  if (typeof support === "object") {
    return `long-term support until ${support.longTermUntil}`;
  }
  return support === "current" ? "until the next line appears" : "ended";
}

/** What is told of a line that gets no fixes any more; `[karpenter-end-of-support]` in it stays the same. */
export function endOfSupport(line: string): string {
  const { support } = karpenterLine(DEFAULT_KARPENTER_VERSION);
  return (
    `Karpenter ${line} gets no fixes any more; take "${DEFAULT_KARPENTER_VERSION}" (${supportInWords(support)}) ` +
    "[karpenter-end-of-support]"
  );
}

/** The lines without support among those that Terraform may be given. */
export const ENDED_AT_PLAN: readonly KarpenterLine[] = LINES_AT_PLAN.filter(({ support }) => support === "ended");
