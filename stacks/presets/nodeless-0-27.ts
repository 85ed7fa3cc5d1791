import type { Construct } from "constructs";
import { DISCOVERY_TAG } from "../../lib/aws/discovery-tags";
import type { ClusterConfig } from "../cluster-config";
import { KarpenterStack } from "../karpenter-stack";
import { amazonLinux } from "./amazon-linux";
import { selectedByDiscovery, taggedForDiscovery } from "./discovery";
import { setUp } from "./setup";

/**
 * The nodeless setup of 2023 that people wrote by hand: Karpenter 0.27 on Fargate, IRSA, spot nodes of the m family that
 * live for an hour, found by tags.
 *
 * Every property of a cluster can be set and wins. With `karpenterVersion` "1.14.3" it is the same setup in today's form.
 * What is deliberately not as it was written by hand is in docs/migration.md.
 */
export class NodelessKarpenter027Stack extends KarpenterStack {
  constructor(scope: Construct, id: string, props: ClusterConfig) {
    super(scope, id, setUp(nodeless(props), props));
  }
}

function nodeless({
  karpenterVersion = "0.27.8",
  namespace = "karpenter",
  ...cluster
}: ClusterConfig): Partial<ClusterConfig> {
  const { clusterName, region } = cluster;
  return {
    karpenterVersion,
    fargateProfileName: "karpenter",
    fargateSelectors: [{ namespace }],
    ...taggedForDiscovery(cluster),
    nodePools: {
      default: {
        requirements: [
          { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["m"] },
          { key: "karpenter.k8s.aws/instance-cpu", operator: "In", values: ["4", "8"] },
          { key: "karpenter.k8s.aws/instance-hypervisor", operator: "In", values: ["nitro"] },
          { key: "topology.kubernetes.io/zone", operator: "In", values: ["a", "b", "c"].map((zone) => region + zone) },
          { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
        ],
        limits: { cpu: "1000", memory: "1000Gi" },
        expireAfter: "1h",
        disruption: { consolidateAfter: "Never" },
      },
    },
    nodeClasses: {
      default: {
        ...amazonLinux(karpenterVersion),
        ...selectedByDiscovery(clusterName),
        tags: { [DISCOVERY_TAG]: clusterName },
      },
    },
  };
}
