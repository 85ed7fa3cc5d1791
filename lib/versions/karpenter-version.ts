import { oneOf, Rule } from "../rules/rule";
import { KarpenterLine, lineOf } from "./karpenter-line";
import { KARPENTER_LINES } from "./lines";

/** The newest patch of the newest long-term support line. */
export const DEFAULT_KARPENTER_VERSION = "1.14.3";

/** Every release that may be taken. */
export const KARPENTER_VERSIONS: readonly string[] = KARPENTER_LINES.flatMap((line) => line.releases);

/** A release of Karpenter that this project knows the needs of. */
export const karpenterVersion: Rule<string> = oneOf(
  KARPENTER_VERSIONS,
  "take a listed release; a newer one needs a newer version of this module",
);

/** The line of a release; an unknown release gets the default's line, and is refused at synth. */
export function karpenterLine(version: string): KarpenterLine {
  const found = (release: string) => KARPENTER_LINES.find(({ line }) => line === lineOf(release));
  return found(version) ?? (found(DEFAULT_KARPENTER_VERSION) as KarpenterLine);
}
