import { oneOf, Rule } from "../rules/rule";
import { controllerPolicies113 } from "./controller-policies-1.13";
import { InterruptionEventRule, interruptionEventRules } from "./event-rules";
import { ControllerPolicies } from "./policy-statement";

export * from "./event-rules";
export * from "./policy-statement";

/** What a line of Karpenter releases needs from AWS. */
export interface KarpenterLine {
  /** The minor version, `1.14`. */
  readonly line: string;
  /** Its releases, oldest first. */
  readonly releases: readonly string[];
  readonly controllerPolicies: ControllerPolicies;
  readonly eventRules: readonly InterruptionEventRule[];
  /** The AWS managed policies of the node role, by name. */
  readonly nodePolicies: readonly string[];
}

const nodePolicies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
] as const;

/** The supported lines, oldest first. */
export const KARPENTER_LINES: readonly KarpenterLine[] = [
  {
    line: "1.14",
    releases: ["1.14.0", "1.14.1", "1.14.2", "1.14.3"],
    controllerPolicies: controllerPolicies113,
    eventRules: interruptionEventRules,
    nodePolicies,
  },
  {
    line: "1.15",
    releases: ["1.15.0", "1.15.1"],
    controllerPolicies: controllerPolicies113,
    eventRules: interruptionEventRules,
    nodePolicies,
  },
];

/** The newest patch of the newest long-term support line. */
export const DEFAULT_KARPENTER_VERSION = "1.14.3";

/** Every supported release. */
export const KARPENTER_VERSIONS: readonly string[] = KARPENTER_LINES.flatMap((line) => line.releases);

/** A release of Karpenter that this project knows the needs of. */
export const karpenterVersion: Rule<string> = oneOf(
  KARPENTER_VERSIONS,
  "take a listed release; a newer one needs a newer version of this module",
);

/** The line of a release; an unknown release gets the default's line, and is refused at synth. */
export function karpenterLine(version: string): KarpenterLine {
  const found = KARPENTER_LINES.find((line) => line.releases.includes(version));
  return found ?? (KARPENTER_LINES.find((line) => line.releases.includes(DEFAULT_KARPENTER_VERSION)) as KarpenterLine);
}
