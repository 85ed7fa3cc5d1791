import type { Kubernetes, KubernetesObject } from "./kubernetes";

const RESOURCES = {
  nodepools: { group: "karpenter.sh", kind: "NodePool" },
  nodeclaims: { group: "karpenter.sh", kind: "NodeClaim" },
  ec2nodeclasses: { group: "karpenter.k8s.aws", kind: "EC2NodeClass" },
} as const;

/** The controller of EKS Auto Mode, whose NodePools and NodeClaims are of the same kinds. */
const AUTO_MODE = "eks.amazonaws.com";

/**
 * Objects of this Karpenter of a kind, in the version that the cluster prefers; none where it knows no such kind. Those of
 * EKS Auto Mode are left out: they are AWS's to look after.
 */
export async function karpenterObjects<T extends KubernetesObject = KubernetesObject>(
  kubernetes: Kubernetes,
  resource: keyof typeof RESOURCES,
): Promise<readonly T[]> {
  const { group, kind } = RESOURCES[resource];
  const known = await kubernetes.get<{ readonly preferredVersion: { readonly groupVersion: string } }>(
    `/apis/${group}`,
  );
  if (known === undefined) {
    return [];
  }
  const apiVersion = known.preferredVersion.groupVersion;
  const all = await kubernetes.list<T>(`/apis/${apiVersion}/${resource}`);
  // A list leaves out of its items what all of them have.
  return all
    .filter((object) => nodeClassGroup(object) !== AUTO_MODE)
    .map((object) => ({ apiVersion, kind, ...object }));
}

interface Referring {
  readonly nodeClassRef?: { readonly group?: string };
  readonly template?: { readonly spec?: Referring };
}

function nodeClassGroup({ spec }: KubernetesObject): string | undefined {
  const { nodeClassRef, template } = (spec ?? {}) as Referring;
  return (nodeClassRef ?? template?.spec?.nodeClassRef)?.group;
}
