import type { CustomResource } from "./minor-version";

/** A custom resource whose group serves one version. */
function inVersion(group: string, kind: string, version: string): CustomResource {
  return { group, kind, served: [version], stored: version, conversion: false };
}

export const provisioner = inVersion("karpenter.sh", "Provisioner", "v1alpha5");
export const machine = inVersion("karpenter.sh", "Machine", "v1alpha5");
export const awsNodeTemplate = inVersion("karpenter.k8s.aws", "AWSNodeTemplate", "v1alpha1");
export const nodeOverlay = inVersion("karpenter.sh", "NodeOverlay", "v1alpha1");
export const capacityBuffer = inVersion("autoscaling.x-k8s.io", "CapacityBuffer", "v1beta1");

const nodePoolKinds = [
  ["karpenter.sh", "NodePool"],
  ["karpenter.sh", "NodeClaim"],
  ["karpenter.k8s.aws", "EC2NodeClass"],
] as const;

/** NodePool, NodeClaim and EC2NodeClass in one version. */
export function nodePoolsIn(version: "v1beta1" | "v1"): readonly CustomResource[] {
  return nodePoolKinds.map(([group, kind]) => inVersion(group, kind, version));
}

/** The same in both versions, which a webhook turns into each other. */
export function convertedNodePools(stored: "v1beta1" | "v1"): readonly CustomResource[] {
  return nodePoolKinds.map(([group, kind]) => ({ group, kind, served: ["v1beta1", "v1"], stored, conversion: true }));
}
