import { Token } from "cdktf";
import { OF_LAUNCH_TEMPLATE } from "../inputs/catalog/v1alpha5";
import { tf } from "../terraform/expression";
import type { NodeClass } from "./node-class";
import type { NodePool } from "./node-pool";
import type { NodeObjects } from "./node-objects";
import { alphaSelector } from "./alpha-selector";
import { amiFamilyOf } from "./ami-family";
import { secondsOf } from "./duration";
import type { KubernetesObject } from "./kubernetes-object";
import { laidOver, metadataOf, pruned } from "./kubernetes-object";
import { freeForm } from "./manifests";
import { nodeClassNameOf } from "./node-class-of";
import type { Fields } from "../terraform/known-values";
import { isGiven, without } from "../terraform/known-values";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf } from "../versions";

/** How long a node lives where nothing is said, as later APIs have it by default. */
const EXPIRE_AFTER = "720h";

/**
 * NodePools and node classes as Karpenter 0.27 to 0.31 know them: Provisioners and AWSNodeTemplates.
 *
 * What is not said means the same as later: nodes are consolidated and expire after 720h, though this API would do
 * neither by default.
 * https://karpenter.sh/v0.31/concepts/provisioners/
 */
export function v1alpha5Objects(props: NodeObjects): KubernetesObject[] {
  return [
    ...Object.entries(props.nodeClasses).map(([name, nodeClass]) => awsNodeTemplate(name, nodeClass, props)),
    ...Object.entries(props.nodePools).map(([name, pool]) => provisioner(name, pool, props)),
  ];
}

function provisioner(name: string, pool: NodePool, props: NodeObjects): KubernetesObject {
  const { labels, annotations, requirements, taints, startupTaints, limits, weight } = pool;
  const nodeClass = nodeClassNameOf(pool, props);
  const providerRef = { name: nodeClass };
  const named = isGiven(pool.nodeClass);
  const free = without(pruned(freeForm(pool.spec) ?? {}), ...answered(pool));
  const fields = pruned({
    providerRef: named ? providerRef : undefined,
    labels,
    annotations,
    requirements,
    taints,
    startupTaints,
    kubeletConfiguration: props.nodeClasses[nodeClass]?.kubelet,
    limits: limits === undefined ? undefined : { resources: limits },
    weight,
    ...removal(pool),
  });
  const defaults = { ...("provider" in free ? {} : { providerRef }), ...removalByDefault(pool, free) };
  return {
    apiVersion: "karpenter.sh/v1alpha5",
    kind: "Provisioner",
    metadata: metadataOf(name, pool),
    spec: laidOver(laidOver(defaults, free), fields),
  };
}

/** What the free form must not answer again, in another way than the pool has done. */
function answered({ nodeClass, disruption, expireAfter }: NodePool): string[] {
  return [
    ...(isGiven(nodeClass) ? ["provider"] : []),
    ...(disruption === undefined ? [] : ["consolidation", "ttlSecondsAfterEmpty"]),
    ...(expireAfter === undefined ? [] : ["ttlSecondsUntilExpired"]),
  ];
}

/** When nodes go, as the pool says it. */
function removal({ disruption, expireAfter }: NodePool): Fields {
  return { ...(disruption === undefined ? {} : consolidation(disruption)), ...expiry(expireAfter) };
}

/** The default disruption of a pool that sets none, typed or in `spec`: the API refuses both fields together. */
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
  { nodeClassDefaults = {}, karpenterVersion }: NodeObjects,
): KubernetesObject {
  const defaults = {
    ...v1alpha1Spec(pruned(nodeClassDefaults)),
    ...pruned({ amiFamily: amiFamilyOf(nodeClass.amiAlias ?? "") }),
  };
  const free = pruned(freeForm(nodeClass.spec) ?? {});
  const below = "launchTemplate" in free ? without(defaults, ...OF_LAUNCH_TEMPLATE) : defaults;
  const fields = {
    ...v1alpha1Spec(without(pruned(nodeClass), "amiAlias", "allowLatestAmi", "kubelet", "metadata", "spec", "tags")),
    ...pruned({ tags: allTags(nodeClass.tags, nodeClassDefaults.tags, karpenterVersion) }),
  };
  return {
    apiVersion: "karpenter.k8s.aws/v1alpha1",
    kind: "AWSNodeTemplate",
    metadata: metadataOf(name, nodeClass),
    spec: selectedOver(selectedOver(below, free), fields),
  };
}

/** Fields laid over others; a selector is one map, and one below it would only narrow it. */
function selectedOver(below: Fields, above: Fields): Fields {
  const selectors = Object.keys(above).filter((field) => field.endsWith("Selector"));
  return laidOver(without(below, ...selectors), above);
}

/** The class's own tags over those of all classes, and over both those that the controller needs to see. */
function allTags(own: NodeClass["tags"], ofAll: NodeClass["tags"], release: string | undefined): unknown {
  if (own === undefined || ofAll === undefined) {
    return own ?? ofAll;
  }
  if (Token.isUnresolved(ofAll)) {
    return tf`merge(${ofAll}, ${own})`;
  }
  const needed = Object.keys(minorVersionOf(release ?? DEFAULT_KARPENTER_VERSION).nodeTags);
  const above = Object.fromEntries(Object.entries(ofAll).filter(([key]) => needed.includes(key)));
  return Token.isUnresolved(own) ? tf`merge(${ofAll}, ${own}, ${above})` : { ...ofAll, ...own, ...above };
}
