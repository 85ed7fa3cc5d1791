/** NodeClaims that do not become nodes, and nodes that do not go. */
import { karpenterObjects } from "../../kubernetes/karpenter-objects";
import { check } from "../check";
import type { Verdict } from "../verdict";
import { error, orOk, warning } from "../verdict";
import type { Conditioned } from "./conditions";
import { conditionOf, inWords } from "./conditions";

/** What NodeClaims are judged by. */
export interface NodeClaimFacts {
  readonly claims: readonly Conditioned[];
  readonly now: Date;
}

const MINUTE_MS = 60_000;
const STEPS = ["Launched", "Registered", "Initialized"] as const;

/** How old a NodeClaim may be before each step; Karpenter itself gives up one that has not registered after 15 minutes. */
const PATIENCE_MS = { Launched: 2 * MINUTE_MS, Registered: 5 * MINUTE_MS, Initialized: 10 * MINUTE_MS } as const;

/** How long a node may take to go: pods may take their time, and a PodDisruptionBudget too. */
const GOING_MS = 60 * MINUTE_MS;

/** What it means that a node has not got so far. */
const STUCK: Readonly<Record<(typeof STEPS)[number], string>> = {
  Launched: "AWS has given it no instance",
  Registered: "its instance was launched and has never registered",
  Initialized: "its node has registered and is not ready for pods",
};

export function judgeNodeClaims({ claims, now }: NodeClaimFacts): readonly Verdict[] {
  return orOk(
    claims.flatMap((claim) => problemsOf(claim, now)),
    claims.length === 0 ? "there is no NodeClaim" : `${claims.length} NodeClaims, each where it should be at its age`,
  );
}

function problemsOf(claim: Conditioned, now: Date): readonly Verdict[] {
  const { name, creationTimestamp = "", deletionTimestamp } = claim.metadata;
  const since = (time: string): number => now.getTime() - new Date(time).getTime();
  if (deletionTimestamp !== undefined) {
    return since(deletionTimestamp) < GOING_MS
      ? []
      : [
          warning(
            `NodeClaim ${name} has been going for ${minutes(since(deletionTimestamp))}: a PodDisruptionBudget or karpenter.sh/do-not-disrupt holds it, or no controller runs; see docs/destroy.md`,
          ),
        ];
  }
  const step = STEPS.find((each) => conditionOf(claim, each)?.status !== "True");
  if (step === undefined || since(creationTimestamp) < PATIENCE_MS[step]) {
    return [];
  }
  const condition = conditionOf(claim, step) ?? { type: step, status: "missing", message: "no controller looks at it" };
  return [error(`NodeClaim ${name}, ${minutes(since(creationTimestamp))} old: ${STUCK[step]}. ${inWords(condition)}`)];
}

function minutes(milliseconds: number): string {
  return `${Math.floor(milliseconds / MINUTE_MS)} minutes`;
}

export const NODE_CLAIM_CHECKS = [
  check(
    "node-claims",
    async ({ kubernetes }): Promise<NodeClaimFacts> => ({
      claims: await karpenterObjects<Conditioned>(kubernetes, "nodeclaims"),
      now: new Date(),
    }),
    judgeNodeClaims,
  ),
];
