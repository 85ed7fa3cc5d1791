/** What a cleanup finds, and which of it it may touch. */
import type { Launched } from "../aws/leftovers";
import type { HelmRevision } from "../kubernetes/helm-releases";
import { newestRevisions } from "../kubernetes/helm-releases";
import type { Known } from "../orphans";
import { NOTHING_KNOWN, orphansOf } from "../orphans";

/** What the cluster is, and whether Karpenter works on it. */
export type ClusterState =
  /** EKS knows none of this name: nothing of it is needed any more. */
  | { readonly is: "gone" }
  /** It was asked; `runs` is whether a controller does. */
  | { readonly is: "known"; readonly runs: boolean }
  /** It is there and does not answer, or another one does in its place. */
  | { readonly is: "unknown"; readonly because: string };

/** What a cleanup looks at. */
export interface CleanupFacts {
  readonly clusterName: string;
  readonly cluster: ClusterState;
  readonly launched: Launched;
  readonly known: Known;
  readonly revisions: readonly HelmRevision[];
  /** Whoever is younger is left in peace. */
  readonly before: Date;
  /** Whether a controller that runs is nothing to wait for. */
  readonly whileKarpenterRuns: boolean;
}

/** One thing to remove, in the order in which they can go. */
export type Leftover =
  | { readonly kind: "revision"; readonly revision: HelmRevision; readonly text: string }
  | { readonly kind: "instance"; readonly id: string; readonly text: string }
  | { readonly kind: "launch-template"; readonly id: string; readonly text: string }
  | {
      readonly kind: "instance-profile";
      readonly id: string;
      readonly roles: readonly string[];
      readonly text: string;
    };

/** What is left, and why some of it must stay. */
export interface Leftovers {
  readonly found: readonly Leftover[];
  /** Why what is in AWS is not removed; undefined where nothing is against it. */
  readonly refusal: string | undefined;
}

export function leftovers(facts: CleanupFacts): Leftovers {
  const found = [...stuckRevisions(facts), ...inAws(facts)];
  return { found, refusal: found.some(({ kind }) => kind !== "revision") ? refusal(facts) : undefined };
}

function refusal({ cluster, clusterName, whileKarpenterRuns }: CleanupFacts): string | undefined {
  if (cluster.is === "unknown") {
    return `what the cluster ${clusterName} still knows is not known: ${cluster.because}`;
  }
  return cluster.is === "known" && cluster.runs && !whileKarpenterRuns
    ? `Karpenter runs on ${clusterName} and ends instances that it does not know by itself; what stays nonetheless goes with --while-karpenter-runs`
    : undefined;
}

/**
 * Releases that a run has left in the middle. Helm refuses to go on while the newest revision is pending; without it, the one
 * before is what the next run starts from, and objects that were made already are taken over, for they bear the release's name.
 */
function stuckRevisions({ revisions, before }: CleanupFacts): Leftover[] {
  return newestRevisions(revisions)
    .filter(({ status, updatedAt }) => status.startsWith("pending-") && updatedAt < before)
    .map((revision) => ({
      kind: "revision",
      revision,
      text: `Helm release ${revision.namespace}/${revision.release}: revision ${revision.revision} is ${revision.status} since ${revision.updatedAt.toISOString()}; ${whatIsLeft(revision, revisions)}`,
    }));
}

function whatIsLeft({ release }: HelmRevision, revisions: readonly HelmRevision[]): string {
  const deployed = revisions.find((each) => each.release === release && each.status === "deployed");
  return deployed === undefined
    ? "without it the next run installs the release"
    : `without it the next run goes on from revision ${deployed.revision}`;
}

/** Of a cluster that says nothing, all there is: it is listed, and stays. */
function inAws({ launched, known, before, cluster }: CleanupFacts): Leftover[] {
  return asLeftovers(orphansOf({ launched, known: cluster.is === "known" ? known : NOTHING_KNOWN, before }));
}

function asLeftovers({ instances, launchTemplates, instanceProfiles }: Launched): Leftover[] {
  return [
    ...instances.map(({ id, type, nodePool, launchedAt }): Leftover => ({
      kind: "instance",
      id,
      text: `instance ${id}, ${type} of NodePool ${nodePool}, launched ${launchedAt.toISOString()}`,
    })),
    ...launchTemplates.map(({ id, name, nodeClass }): Leftover => ({
      kind: "launch-template",
      id,
      text: `launch template ${name} (${id}) of EC2NodeClass ${nodeClass}`,
    })),
    ...instanceProfiles.map(({ name, roles }): Leftover => ({
      kind: "instance-profile",
      id: name,
      roles,
      text: `instance profile ${name}${roles.length === 0 ? "" : ` with ${roles.join(", ")}`}`,
    })),
  ];
}
