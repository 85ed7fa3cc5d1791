import type { KarpenterApiVersion } from "../versions";
import { DEFAULT_KARPENTER_VERSION, minorVersionOf } from "../versions";
import type { NodeClassDefaults, NodeObjects } from "./node-objects";
import type { KubernetesObject } from "./kubernetes-object";
import { pruned } from "./kubernetes-object";
import { v1alpha1Spec, v1alpha5Objects } from "./v1alpha5";
import { v1beta1Objects } from "./v1beta1";
import type { Fields } from "../terraform/known-values";

/** The API that a release's NodePools are written in. A release that only Terraform knows is one of the published modules: 1.0 or later. */
export function apiVersionOf(karpenterVersion: string = DEFAULT_KARPENTER_VERSION): KarpenterApiVersion {
  return minorVersionOf(karpenterVersion).apiVersion;
}

/** The objects of an API before v1, which the chart takes as they are; none for v1, which the chart renders itself. */
export function olderObjects(props: NodeObjects): KubernetesObject[] | undefined {
  const render = { v1: undefined, v1beta1: v1beta1Objects, v1alpha5: v1alpha5Objects }[
    apiVersionOf(props.karpenterVersion)
  ];
  return render?.(props);
}

/** What the `spec` of a node class needs to know of the AWS side, as the release's API says it. */
export function nodeClassSpec(defaults: NodeClassDefaults, karpenterVersion?: string): Fields {
  return apiVersionOf(karpenterVersion) === "v1alpha5" ? v1alpha1Spec(pruned(defaults)) : pruned(defaults);
}
