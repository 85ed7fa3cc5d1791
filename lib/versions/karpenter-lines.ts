import { KarpenterLine, KarpenterSupport } from "./karpenter-line";
import { LineData } from "./line-after";
import { LINES } from "./lines";

/** Every line of Karpenter that this project knows, oldest first. */
export const KARPENTER_LINES: readonly KarpenterLine[] = LINES.map((line) => ({ ...line, support: supportOf(line) }));

/** Fixes come for the newest line, and for those of long-term support. */
function supportOf(line: LineData): KarpenterSupport {
  if (line.longTermUntil !== undefined) {
    return { longTermUntil: line.longTermUntil };
  }
  return line === LINES[LINES.length - 1] ? "current" : "ended";
}
