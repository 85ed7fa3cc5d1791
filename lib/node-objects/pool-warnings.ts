import { budgets } from "../inputs/catalog/node-pool";
import type { Field } from "../inputs/field";
import type { Predicate } from "../inputs/predicate";
import { any, given, includes, is, not, passes, some } from "../inputs/predicate";
import type { VersionBounds } from "../versions/version-bounds";
import type { ObjectPart, ONLY } from "./object-parts";
import type { WarningRule } from "../inputs/warning-rule";
import { asItIs } from "../inputs/warning-rule";

/** Resources that Karpenter counts; others have a domain, or are huge pages. */
const RESOURCES = ["cpu", "ephemeral-storage", "memory", "nodes", "pods"];

/** A limit on what no node has is none, and so is one below zero. */
const limitRules: readonly WarningRule<ObjectPart>[] = [
  {
    id: "karpenter-limit-without-effect",
    of: "limit",
    text: `"{}" limits nothing, for it names a resource that no node has; known are ${RESOURCES.join(", ")}`,
    isRight: passes("resource", { matches: `^(${RESOURCES.join("|")})$|/|^hugepages-` }),
  },
  {
    id: "karpenter-limit-without-effect",
    of: "limit",
    text: '"{}" limits nothing, for it is <amount>, below zero; give what all nodes together may have',
    isRight: not(passes("amount", { matches: "^-" })),
  },
];

/** What comes of a demand that nothing meets. */
export const IMPOSSIBLE = "no instance type matches, so no node will start; correct one of them";
const demandRules: readonly WarningRule<ObjectPart>[] = [
  {
    id: "karpenter-impossible-requirements",
    of: "demandPair",
    text: `"{}" (<firstSaid>) and <second> (<secondSaid>) contradict: ${IMPOSSIBLE}`,
    isRight: is("fit", true),
    words: { firstSaid: asItIs("firstSaid"), secondSaid: asItIs("secondSaid") },
  },
  {
    id: "karpenter-impossible-requirements",
    of: "demand",
    text: `"{}" (<said>) names nothing known: ${IMPOSSIBLE}`,
    isRight: is("exists", true),
    words: { said: asItIs("said") },
  },
];

/** Spot capacity is taken back type by type, often a whole family at once. */
function narrowSpot(choice: string, only: keyof typeof ONLY, ...unless: readonly Predicate[]): WarningRule<ObjectPart> {
  return {
    id: "karpenter-narrow-spot",
    of: "nodePool",
    text:
      `"{}" takes spot capacity of one ${choice} only, <${only}>: when EC2 has none or takes it back, nothing comes instead; ` +
      'allow several, by categories and generations, or "on-demand" beside "spot"',
    isRight: any(not(is("onlyCapacityType", "spot")), not(given(only)), ...unless),
  };
}

/** Budgets hold for their reasons only: for any other there is no limit, and no default of 10% either. */
function noBudgetFor(reason: string, ...unless: readonly Predicate[]): WarningRule<ObjectPart> {
  return {
    inV1: true,
    id: "karpenter-no-budget",
    of: "disruption",
    text:
      `"{budgets}" has none of the reason "${reason}", so any number of nodes goes at once for that; add it to the "reasons" of one, ` +
      'or a budget without "reasons"',
    isRight: any(
      not(given("budgets")),
      some("budgets", any(not(given("reasons")), includes("reasons", reason))),
      ...unless,
    ),
  };
}

/** What hurts in a NodePool. */
export const poolRules: readonly WarningRule<ObjectPart>[] = [
  {
    id: "karpenter-no-limits",
    of: "nodePool",
    text: '"{}" has no "limits": pods that multiply by mistake start nodes without end; give { cpu: "1000" } or the like',
    isRight: any(given("limits"), given("replicas")),
  },
  ...limitRules,
  ...demandRules,
  narrowSpot("instance type", "onlyInstanceType"),
  narrowSpot("instance family", "onlyInstanceFamily", given("onlyInstanceType")),
  {
    ...boundsOf(budgets),
    id: "karpenter-no-budget",
    of: "disruption",
    text:
      '"{}" consolidates without "budgets": up to 10% of the nodes go at once, at any time of day; ' +
      'say how many and when, [{ nodes: "10%" }] for what it is now',
    isRight: any(given("budgets"), is("consolidateAfter", "Never")),
  },
  noBudgetFor("Underutilized", is("consolidationPolicy", "WhenEmpty"), is("consolidateAfter", "Never")),
  noBudgetFor("Drifted"),
  {
    inV1: true,
    id: "karpenter-no-termination-grace-period",
    of: "nodePool",
    // Whoever wants it for one wants it for each.
    together: true,
    text:
      '"{}": no "terminationGracePeriod", so a pod that cannot be evicted holds its node, and a destroy, for ever; ' +
      'say how long draining may take, "1h"',
    isRight: given("terminationGracePeriod"),
  },
];

function boundsOf({ since, until }: Field): VersionBounds {
  return { since, until };
}
