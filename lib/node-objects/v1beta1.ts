import { NodeClass } from "../kubernetes/node-class";
import { Disruption, NodePool } from "../kubernetes/node-pool";
import type { NodePoolsProps } from "../kubernetes/node-pools";
import { amiFamilyOf } from "./ami-family";
import { Fields, KubernetesObject, laidOver, pruned, without } from "./kubernetes-object";
import { nodeClassNameOf } from "./node-class-of";

/**
 * NodePools and EC2NodeClasses as Karpenter 0.32 to 0.37 know them.
 * https://karpenter.sh/v0.37/concepts/nodepools/
 */
export function v1beta1Objects(props: NodePoolsProps): KubernetesObject[] {
  return [
    ...Object.entries(props.nodeClasses).map(([name, nodeClass]) => ec2NodeClass(name, nodeClass, props)),
    ...Object.entries(props.nodePools).map(([name, pool]) => nodePool(name, pool, props)),
  ];
}

function nodePool(name: string, pool: NodePool, { nodeClasses }: NodePoolsProps): KubernetesObject {
  const nodeClass = nodeClassNameOf(pool, nodeClasses);
  const { labels, annotations, requirements, taints, startupTaints, expireAfter, disruption, limits, weight } = pool;
  const metadata = pruned({ labels, annotations });
  const fields = pruned({
    template: {
      metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
      spec: {
        nodeClassRef: { apiVersion: "karpenter.k8s.aws/v1beta1", kind: "EC2NodeClass", name: nodeClass },
        requirements: requirements ?? [],
        taints,
        startupTaints,
        // The kubelet is one of the nodes' class since 1.0, and of the pool before.
        kubelet: nodeClasses[nodeClass]?.kubelet,
      },
    },
    disruption: disruption === undefined && expireAfter === undefined ? undefined : disrupted(disruption, expireAfter),
    limits,
    weight,
  });
  return object("karpenter.sh/v1beta1", "NodePool", name, laidOver(pruned(pool.spec ?? {}), fields));
}

function disrupted({ consolidationPolicy, consolidateAfter, budgets }: Disruption = {}, expireAfter?: string): Fields {
  const whenEmpty = consolidationPolicy === "WhenEmpty";
  // Consolidation is always at once here, and the API takes nothing that says so.
  const delay = whenEmpty ? (consolidateAfter ?? "0s") : consolidateAfter === "Never" ? "Never" : undefined;
  return {
    consolidationPolicy: whenEmpty ? "WhenEmpty" : "WhenUnderutilized",
    consolidateAfter: delay,
    expireAfter,
    budgets,
  };
}

function ec2NodeClass(
  name: string,
  nodeClass: NodeClass,
  { nodeClassDefaults = {} }: NodePoolsProps,
): KubernetesObject {
  const own = without(pruned(nodeClass), "amiAlias", "allowLatestAmi", "kubelet", "spec");
  const fields = pruned({
    amiFamily: amiFamilyOf(nodeClass.amiAlias ?? ""),
    ...identified(nodeClassDefaults, own),
    ...own,
  });
  return object("karpenter.k8s.aws/v1beta1", "EC2NodeClass", name, laidOver(pruned(nodeClass.spec ?? {}), fields));
}

/** A node class of its own role or instance profile takes neither from the defaults. */
function identified(defaults: object, fields: Fields): Fields {
  const known = pruned(defaults);
  return "role" in fields || "instanceProfile" in fields ? without(known, "role", "instanceProfile") : known;
}

function object(apiVersion: string, kind: string, name: string, spec: Fields): KubernetesObject {
  return { apiVersion, kind, metadata: { name }, spec };
}
