import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { ReadableStack } from "../../../lib/terraform/readable-stack";
import type { Scope } from "../../support/hcl";
import { evaluate } from "../../support/hcl";

/** Adds what a stack needs beside AWS to put things on a cluster. */
export function onCluster<T>(build: (stack: ReadableStack) => T): (stack: ReadableStack) => T {
  return (stack) => {
    new KubernetesProvider(stack, "kubernetes", {});
    return build(stack);
  };
}

/** What the `yamlencode(…)` of a release's values stands for. */
export function decodeValues(values: unknown, scope: Scope = {}): unknown {
  return JSON.parse(String(evaluate(String(values), scope)));
}
