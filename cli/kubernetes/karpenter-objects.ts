import type { Kubernetes, KubernetesObject } from "./kubernetes";

const GROUPS = {
  nodepools: "karpenter.sh",
  nodeclaims: "karpenter.sh",
  ec2nodeclasses: "karpenter.k8s.aws",
} as const;

/** The controller of EKS Auto Mode, whose NodePools and NodeClaims are of the same kinds. */
const AUTO_MODE = "eks.amazonaws.com";

/**
 * Objects of this Karpenter of a kind, in the version that the cluster prefers; none where it knows no such kind. Those of
 * EKS Auto Mode are left out: they are AWS's to look after.
 */
export async function karpenterObjects<T extends KubernetesObject = KubernetesObject>(
  kubernetes: Kubernetes,
  resource: keyof typeof GROUPS,
): Promise<readonly T[]> {
  const group = await kubernetes.get<{ readonly preferredVersion: { readonly groupVersion: string } }>(
    `/apis/${GROUPS[resource]}`,
  );
  if (group === undefined) {
    return [];
  }
  const all = await kubernetes.list<T>(`/apis/${group.preferredVersion.groupVersion}/${resource}`);
  return all.filter((object) => nodeClassGroup(object) !== AUTO_MODE);
}

interface Referring {
  readonly nodeClassRef?: { readonly group?: string };
  readonly template?: { readonly spec?: Referring };
}

function nodeClassGroup({ spec }: KubernetesObject): string | undefined {
  const { nodeClassRef, template } = (spec ?? {}) as Referring;
  return (nodeClassRef ?? template?.spec?.nodeClassRef)?.group;
}
