import { Token } from "cdktf";
import { tf } from "../terraform/expression";
import { NodeClass } from "../kubernetes/node-class";
import { NodePool } from "../kubernetes/node-pool";
import type { NodePoolsProps } from "../kubernetes/node-pools";
import { alphaSelector } from "./alpha-selector";
import { amiFamilyOf } from "./ami-family";
import { secondsOf } from "./duration";
import { Fields, KubernetesObject, laidOver, pruned, without } from "./kubernetes-object";
import { nodeClassNameOf } from "./node-class-of";

/** How long a node lives where nothing is said, as later APIs have it by default. */
const EXPIRE_AFTER = "720h";

/**
 * NodePools and node classes as Karpenter 0.27 to 0.31 know them: Provisioners and AWSNodeTemplates.
 *
 * What is not said means the same as later: nodes are consolidated and expire after 720h, though this API would do
 * neither by default.
 * https://karpenter.sh/v0.31/concepts/provisioners/
 */
export function v1alpha5Objects(props: NodePoolsProps): KubernetesObject[] {
  return [
    ...Object.entries(props.nodeClasses).map(([name, nodeClass]) => awsNodeTemplate(name, nodeClass, props)),
    ...Object.entries(props.nodePools).map(([name, pool]) => provisioner(name, pool, props)),
  ];
}

function provisioner(name: string, pool: NodePool, { nodeClasses }: NodePoolsProps): KubernetesObject {
  const { labels, annotations, requirements, taints, startupTaints, limits, weight } = pool;
  const nodeClass = nodeClassNameOf(pool, nodeClasses);
  const free = pruned(pool.spec ?? {});
  const fields = pruned({
    providerRef: { name: nodeClass },
    labels,
    annotations,
    requirements,
    taints,
    startupTaints,
    kubeletConfiguration: nodeClasses[nodeClass]?.kubelet,
    limits: limits === undefined ? undefined : { resources: limits },
    weight,
    ...removal(pool),
  });
  return {
    apiVersion: "karpenter.sh/v1alpha5",
    kind: "Provisioner",
    metadata: { name },
    spec: laidOver({ ...removalByDefault(pool, free), ...free }, fields),
  };
}

/** When nodes go, as the pool says it. */
function removal({ disruption, expireAfter }: NodePool): Fields {
  return { ...(disruption === undefined ? {} : consolidation(disruption)), ...expiry(expireAfter) };
}

/** When nodes go where neither the pool nor its free form says so: the API refuses two answers to one question. */
function removalByDefault({ disruption, expireAfter }: NodePool, free: Fields): Fields {
  const consolidates = disruption !== undefined || "consolidation" in free || "ttlSecondsAfterEmpty" in free;
  return {
    ...(consolidates ? {} : consolidation({})),
    ...(expireAfter === undefined ? expiry(EXPIRE_AFTER) : {}),
  };
}

/** `Never` is what this API does by default. */
function consolidation({ consolidationPolicy, consolidateAfter = "0s" }: NonNullable<NodePool["disruption"]>): Fields {
  if (consolidateAfter === "Never") {
    return {};
  }
  return consolidationPolicy === "WhenEmpty"
    ? { ttlSecondsAfterEmpty: secondsOf(consolidateAfter) }
    : { consolidation: { enabled: true } };
}

function expiry(after: string | undefined): Fields {
  return after === undefined || after === "Never" ? {} : { ttlSecondsUntilExpired: secondsOf(after) };
}

/**
 * What a node class says, in the words that v1alpha1 has for it: selectors are maps. What a map cannot say is left out, and
 * refused at synth.
 */
export function v1alpha1Spec({
  subnetSelectorTerms,
  securityGroupSelectorTerms,
  amiSelectorTerms,
  ...fields
}: Fields): Fields {
  return pruned({
    ...fields,
    subnetSelector: alphaSelector(subnetSelectorTerms),
    securityGroupSelector: alphaSelector(securityGroupSelectorTerms),
    amiSelector: alphaSelector(amiSelectorTerms),
  });
}

function awsNodeTemplate(
  name: string,
  nodeClass: NodeClass,
  { nodeClassDefaults = {} }: NodePoolsProps,
): KubernetesObject {
  const fields = {
    ...v1alpha1Spec(pruned(nodeClassDefaults)),
    ...v1alpha1Spec({
      amiFamily: amiFamilyOf(nodeClass.amiAlias ?? ""),
      ...without(pruned(nodeClass), "amiAlias", "allowLatestAmi", "kubelet", "spec", "tags"),
    }),
    ...pruned({ tags: allTags(nodeClass.tags, nodeClassDefaults.tags) }),
  };
  // A selector is one map: what the free form selects would only narrow what is selected above.
  const selectors = Object.keys(fields).filter((field) => field.endsWith("Selector"));
  return {
    apiVersion: "karpenter.k8s.aws/v1alpha1",
    kind: "AWSNodeTemplate",
    metadata: { name },
    spec: laidOver(without(pruned(nodeClass.spec ?? {}), ...selectors), fields),
  };
}

/** The class's own tags with those that the controller needs to see. */
function allTags(own: NodeClass["tags"], needed: NodeClass["tags"]): unknown {
  return Token.isUnresolved(own) && needed !== undefined
    ? tf`merge(${own}, ${needed})`
    : needed
      ? { ...own, ...needed }
      : own;
}
