import type { Construct } from "constructs";
import { Annotations, Token } from "cdktf";
import type { MapField } from "./field";
import { map, text } from "./field-builders";
import { matching } from "./rule";

/** Every warning there is, by its id, which stays the same; docs/warnings.md says more on each. */
export const WARNING_IDS = [
  "karpenter-alerts-without-metrics",
  "karpenter-ami-family",
  "karpenter-ami-release",
  "karpenter-ami-wildcard",
  "karpenter-default-provider",
  "karpenter-end-of-support",
  "karpenter-feature-gate",
  "karpenter-hop-limit",
  "karpenter-imds-v1",
  "karpenter-impossible-requirements",
  "karpenter-key-without-encryption",
  "karpenter-latest-ami",
  "karpenter-limit-without-effect",
  "karpenter-narrow-spot",
  "karpenter-newer-version",
  "karpenter-no-budget",
  "karpenter-no-limits",
  "karpenter-no-termination-grace-period",
  "karpenter-node-repair",
  "karpenter-one-subnet",
  "karpenter-overridden-value",
  "karpenter-reserved-enis",
  "karpenter-state-lock",
  "karpenter-volume-device",
  "karpenter-volume-limits",
] as const;

/** What is legal and hurts. */
export type WarningId = (typeof WARNING_IDS)[number];

/** A warning in words. */
export interface Warning {
  readonly id: WarningId;
  /** What is so, what comes of it, and the way out. */
  readonly text: string;
}

/** The user's word that a warning has been read. */
export interface AcknowledgedWarningsProps {
  /**
   * Warnings that are not to be shown any more, by their id, with the reason why what they warn of is right here: at least 10
   * characters, for whoever reads this later. docs/warnings.md lists the ids.
   *
   * @default - every warning is shown
   */
  readonly acknowledgeWarnings?: Readonly<Partial<Record<WarningId, string>>>;
}

/** Ids of warnings, and a reason for each. */
export const acknowledgedWarnings: MapField = map(
  text(
    matching("^[^\\t\\n\\f\\r ][\\s\\S]{8,}[^\\t\\n\\f\\r ]$", {
      allowed: "a reason of at least 10 characters",
      remedy: "say why what the warning speaks of is right here",
    }),
  ),
  [
    {
      // A list of all ids would make lines in the published modules that nobody reads.
      ...matching(`^karpenter-(${WARNING_IDS.map((id) => id.replace("karpenter-", "")).join("|")})$`, {
        allowed: "the id of a warning, which docs/warnings.md lists",
        remedy: "take the id that stands in brackets at the end of the warning",
      }),
      schema: { enum: WARNING_IDS },
    },
  ],
);

/** Shows warnings at synth, unless they are acknowledged; the CLI prints them, nothing fails. */
export function warn(
  construct: Construct,
  warnings: readonly Warning[],
  { acknowledgeWarnings: acknowledged }: AcknowledgedWarningsProps,
): void {
  const isAcknowledged = (id: WarningId): boolean =>
    typeof acknowledged === "object" &&
    acknowledged !== null &&
    !Token.isUnresolved(acknowledged) &&
    Object.hasOwn(acknowledged, id);
  warnings
    .filter(({ id }) => !isAcknowledged(id))
    .forEach(({ id, text }) => Annotations.of(construct).addWarning(`${text} [${id}]`));
}

/** Whether a warning is acknowledged, in Terraform. */
export function isAcknowledgedAtPlan(acknowledged: string, id: WarningId): string {
  return `contains(keys(${acknowledged}), "${id}")`;
}
