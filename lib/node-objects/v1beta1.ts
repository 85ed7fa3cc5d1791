import type { NodeClass } from "./node-class";
import type { Disruption, NodePool } from "./node-pool";
import type { NodeObjects } from "./node-objects";
import { amiFamilyOf } from "./ami-family";
import type { KubernetesObject } from "./kubernetes-object";
import { laidOver, metadataOf, pruned } from "./kubernetes-object";
import { freeForm } from "./manifests";
import { nodeClassNameOf } from "./node-class-of";
import type { Fields } from "../terraform/known-values";
import { isFields, isGiven, without } from "../terraform/known-values";

/**
 * NodePools and EC2NodeClasses as Karpenter 0.32 to 0.37 know them.
 * https://karpenter.sh/v0.37/concepts/nodepools/
 */
export function v1beta1Objects(props: NodeObjects): KubernetesObject[] {
  return [
    ...Object.entries(props.nodeClasses).map(([name, nodeClass]) => ec2NodeClass(name, nodeClass, props)),
    ...Object.entries(props.nodePools).map(([name, pool]) => nodePool(name, pool, props)),
  ];
}

function nodePool(name: string, pool: NodePool, props: NodeObjects): KubernetesObject {
  const nodeClass = nodeClassNameOf(pool, props);
  const { labels, annotations, requirements, taints, startupTaints, expireAfter, disruption, limits, weight } = pool;
  const metadata = pruned({ labels, annotations });
  const free = withoutAnswered(pruned(freeForm(pool.spec) ?? {}), pool);
  const reference = { apiVersion: "karpenter.k8s.aws/v1beta1", kind: "EC2NodeClass", name: nodeClass };
  const defaults = { template: { spec: { nodeClassRef: reference, requirements: [] } } };
  const fields = pruned({
    template: {
      metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
      spec: {
        nodeClassRef: isGiven(pool.nodeClass) ? reference : undefined,
        requirements,
        taints,
        startupTaints,
        // The kubelet is one of the nodes' class since 1.0, and of the pool before.
        kubelet: props.nodeClasses[nodeClass]?.kubelet,
      },
    },
    disruption: disruption === undefined && expireAfter === undefined ? undefined : disrupted(disruption, expireAfter),
    limits,
    weight,
  });
  const spec = laidOver(laidOver(defaults, free), fields);
  return {
    apiVersion: "karpenter.sh/v1beta1",
    kind: "NodePool",
    metadata: metadataOf(name, pool),
    spec: isFields(spec.disruption) ? { ...spec, disruption: withDefaults(spec.disruption) } : spec,
  };
}

/** Without what the pool says of its disruption itself, for this API may have other words for it, or none. */
function withoutAnswered(free: Fields, { disruption }: NodePool): Fields {
  return isFields(free.disruption) && isFields(disruption)
    ? { ...free, disruption: without(free.disruption, ...Object.keys(pruned(disruption))) }
    : free;
}

function disrupted({ consolidationPolicy, consolidateAfter, budgets }: Disruption = {}, expireAfter?: string): Fields {
  const ofEmpty = consolidationPolicy === "WhenEmpty";
  return {
    consolidationPolicy: ofEmpty || consolidationPolicy === undefined ? consolidationPolicy : "WhenUnderutilized",
    // Consolidation of what is not empty is always at once here, and the API takes nothing that says so.
    consolidateAfter: ofEmpty || consolidateAfter === "Never" ? consolidateAfter : undefined,
    expireAfter,
    budgets,
  };
}

function withDefaults(disruption: Fields): Fields {
  const { consolidationPolicy = "WhenUnderutilized" } = disruption;
  return {
    consolidationPolicy,
    ...(consolidationPolicy === "WhenEmpty" ? { consolidateAfter: "0s" } : {}),
    ...disruption,
  };
}

function ec2NodeClass(name: string, nodeClass: NodeClass, { nodeClassDefaults = {} }: NodeObjects): KubernetesObject {
  const fields = without(pruned(nodeClass), "amiAlias", "allowLatestAmi", "kubelet", "metadata", "spec");
  const free = withoutIdentity(pruned(freeForm(nodeClass.spec) ?? {}), fields);
  const defaults = {
    ...pruned({ amiFamily: amiFamilyOf(nodeClass.amiAlias ?? "") }),
    ...withoutIdentity(pruned(nodeClassDefaults), fields, free),
  };
  return {
    apiVersion: "karpenter.k8s.aws/v1beta1",
    kind: "EC2NodeClass",
    metadata: metadataOf(name, nodeClass),
    spec: laidOver(laidOver(defaults, free), fields),
  };
}

/** Role and instance profile are two answers to one question: whoever gives one takes neither from below. */
function withoutIdentity(below: Fields, ...above: readonly Fields[]): Fields {
  return above.some((fields) => "role" in fields || "instanceProfile" in fields)
    ? without(below, "role", "instanceProfile")
    : below;
}
