import type { Construct } from "constructs";
import { dependable } from "cdktf";
import type { AwsAuthRole } from "../../lib/aws/node-access";
import { AwsAuth } from "../../lib/kubernetes/aws-auth";
import type { Disruption } from "../../lib/node-objects/node-pool";
import { SmokeTest } from "../../lib/kubernetes/smoke-test";
import { PROVIDERS } from "../../lib/module/provider-requirement";
import { resourcesOf } from "../../lib/terraform/resources-of";
import { addKubernetesProvider } from "../cluster-access";
import type { ClusterConfig } from "../cluster-config";
import { KarpenterStack } from "../karpenter-stack";
import { amazonLinux } from "./amazon-linux";
import { selectedByDiscovery, taggedForDiscovery } from "./discovery";
import { setUp } from "./setup";

/** Properties of {@link NodeGroupKarpenter035Stack}; every property of a cluster can be set and wins. */
export interface NodeGroupKarpenter035StackProps extends ClusterConfig {
  /**
   * Every other role mapping that the cluster's aws-auth ConfigMap has, first of all that of the node group. A plan that
   * would lose one is refused.
   */
  readonly otherRoles: readonly AwsAuthRole[];
  /**
   * Which nodes go: empty and badly used ones at once, or only those that have been empty for 30 seconds.
   *
   * @default "WhenEmptyOrUnderutilized"
   */
  readonly consolidationPolicy?: "WhenEmptyOrUnderutilized" | "WhenEmpty";
  /**
   * How many pods of the deployment `inflate` ask for room.
   *
   * @default 10
   */
  readonly inflateReplicas?: number;
}

/**
 * The setup of 2024 that people wrote by hand: Karpenter 0.35.0 in kube-system on nodes that are there, IRSA, nodes let in
 * by aws-auth, on-demand and spot nodes found by tags, and `inflate` to see nodes come.
 *
 * With `karpenterVersion` "1.14.3" it is the same setup in today's form. What is deliberately not as it was written by hand
 * is in docs/migration.md.
 */
export class NodeGroupKarpenter035Stack extends KarpenterStack {
  constructor(scope: Construct, id: string, props: NodeGroupKarpenter035StackProps) {
    const { otherRoles, consolidationPolicy, inflateReplicas, ...cluster } = props;
    super(scope, id, setUp(nodeGroup(cluster, consolidationPolicy), cluster));
    addKubernetesProvider(this, cluster);
    this.openVersion(PROVIDERS.kubernetes);
    const awsAuth = new AwsAuth(this, "aws-auth", {
      mapRoles: [...(otherRoles ?? []), ...this.karpenter.awsAuthRoles],
    });
    const pools = this.karpenter.nodePools?.release;
    if (pools !== undefined) {
      // No node joins before its role is mapped, and the last one is gone before the mapping is.
      pools.dependsOn = [...(pools.dependsOn ?? []), ...resourcesOf(awsAuth).map(dependable)];
    }
    new SmokeTest(this, "inflate", {
      replicas: inflateReplicas ?? 10,
      dependsOn: pools === undefined ? undefined : [pools],
    });
  }
}

function nodeGroup(
  { karpenterVersion = "0.35.0", ...cluster }: ClusterConfig,
  consolidationPolicy: NodeGroupKarpenter035StackProps["consolidationPolicy"] = "WhenEmptyOrUnderutilized",
): Partial<ClusterConfig> {
  const { clusterName } = cluster;
  const disruption: Disruption =
    consolidationPolicy === "WhenEmpty" ? { consolidationPolicy, consolidateAfter: "30s" } : { consolidationPolicy };
  return {
    karpenterVersion,
    namespace: "kube-system",
    createNamespace: false,
    createFargateProfile: false,
    createAccessEntry: false,
    controllerRoleName: `KarpenterControllerRole-${clusterName}`,
    nodeRoleName: `KarpenterNodeRole-${clusterName}`,
    instanceProfileName: `KarpenterNodeInstanceProfile-${clusterName}`,
    createInstanceProfile: true,
    // The node class names the role, and Karpenter makes a profile of its own for it.
    instanceProfileMode: "karpenter",
    interruptionQueueName: clusterName,
    ...taggedForDiscovery(cluster),
    nodePools: {
      default: {
        requirements: [
          { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
          { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand", "spot"] },
          { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
          { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["4"] },
        ],
        limits: { cpu: "1000", memory: "1000Gi" },
        expireAfter: "720h",
        disruption,
      },
    },
    nodeClasses: {
      default: {
        ...amazonLinux(karpenterVersion),
        ...selectedByDiscovery(clusterName),
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { volumeSize: "100Gi", volumeType: "gp3", encrypted: true } },
        ],
      },
    },
  };
}
