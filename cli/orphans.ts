/** What Karpenter made in an account and the cluster does not know, or not any more. */
import type { Launched } from "./aws/leftovers";
import { karpenterObjects } from "./kubernetes/karpenter-objects";
import type { Kubernetes, KubernetesObject } from "./kubernetes/kubernetes";

/** What the cluster knows of what was launched for it. */
export interface Known {
  /** Ids of instances that a Node or a NodeClaim names. */
  readonly instances: readonly string[];
  /** Names of node classes. */
  readonly nodeClasses: readonly string[];
  /** Instance profiles that node classes use. */
  readonly instanceProfiles: readonly string[];
}

/** What a cluster that is gone knows. */
export const NOTHING_KNOWN: Known = { instances: [], nodeClasses: [], instanceProfiles: [] };

/** What AWS has, what the cluster knows, and since when something must be there to be an orphan. */
export interface OrphanFacts {
  readonly launched: Launched;
  readonly known: Known;
  readonly before: Date;
}

/** What is there and not known, and was made before: what is younger the cluster may not know yet. */
export function orphansOf({ launched, known, before }: OrphanFacts): Launched {
  return {
    instances: launched.instances.filter(({ id, launchedAt }) => launchedAt < before && !known.instances.includes(id)),
    launchTemplates: launched.launchTemplates.filter(
      ({ nodeClass, createdAt }) => createdAt < before && !known.nodeClasses.includes(nodeClass),
    ),
    instanceProfiles: launched.instanceProfiles.filter(
      ({ name, createdAt }) => createdAt < before && !known.instanceProfiles.includes(name),
    ),
  };
}

/** What the cluster knows. Where it cannot be asked this fails: what is not known to be an orphan is none. */
export async function knownTo(kubernetes: Kubernetes): Promise<Known> {
  const [nodes, claims, classes] = await Promise.all([
    kubernetes.list<KubernetesObject & { readonly spec: { readonly providerID?: string } }>("/api/v1/nodes"),
    karpenterObjects<KubernetesObject & { readonly status?: { readonly providerID?: string } }>(
      kubernetes,
      "nodeclaims",
    ),
    karpenterObjects<KubernetesObject & { readonly status?: { readonly instanceProfile?: string } }>(
      kubernetes,
      "ec2nodeclasses",
    ),
  ]);
  const ids = [...nodes.map(({ spec }) => spec.providerID), ...claims.map(({ status }) => status?.providerID)];
  return {
    instances: ids.flatMap((id) => id?.split("/").at(-1) ?? []),
    nodeClasses: classes.map(({ metadata }) => metadata.name),
    instanceProfiles: classes.flatMap(({ status }) => status?.instanceProfile ?? []),
  };
}
