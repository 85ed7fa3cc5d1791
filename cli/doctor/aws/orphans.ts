/** What Karpenter made and nobody looks after any more. */
import { launchedFor } from "../../aws/leftovers";
import type { OrphanFacts } from "../../orphans";
import { knownTo, orphansOf } from "../../orphans";
import { check } from "../check";
import type { Verdict } from "../verdict";
import { orOk, warning } from "../verdict";

export function judgeOrphans(facts: OrphanFacts): readonly Verdict[] {
  const { instances, launchTemplates, instanceProfiles } = orphansOf(facts);
  const out = "cdktf-karpenter cleanup lists it, and removes it with --yes";
  return orOk(
    [
      ...instances.map(({ id, type, nodePool }) =>
        warning(`the instance ${id} (${type}, NodePool ${nodePool}) runs, and no Node or NodeClaim is of it; ${out}`),
      ),
      ...launchTemplates.map(({ name, nodeClass }) =>
        warning(`the launch template ${name} is of the node class ${nodeClass}, which is gone; ${out}`),
      ),
      ...instanceProfiles.map(({ name }) =>
        warning(`no node class uses the instance profile ${name}, which keeps its role from being removed; ${out}`),
      ),
    ],
    `${facts.launched.instances.length} instances, and the cluster knows them all`,
  );
}

/** Karpenter itself ends instances that the cluster does not know, some minutes after their launch. */
const YOUNG_MS = 5 * 60_000;

export const ORPHAN_CHECKS = [
  check(
    "orphans",
    async ({ aws, kubernetes, options }): Promise<OrphanFacts> => {
      // What is known is asked for last: what is launched meanwhile is then known too.
      const launched = await launchedFor(aws, options.clusterName);
      return { launched, known: await knownTo(kubernetes), before: new Date(Date.now() - YOUNG_MS) };
    },
    judgeOrphans,
  ),
];
