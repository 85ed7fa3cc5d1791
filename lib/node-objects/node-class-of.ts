import { Token } from "cdktf";
import type { NodePool } from "./node-pool";
import type { NodeObjects } from "./node-objects";
import { freeForm, manifestsOf, valueAt } from "./manifests";
import { isFields, isGiven } from "../terraform/known-values";

/** What NodePools may be of. */
export type Classes = Pick<NodeObjects, "nodeClasses" | "manifests" | "existingNodeClasses">;

/** The kinds of node classes that are Karpenter's own; EKS Auto Mode and others have theirs. */
const NODE_CLASS_KINDS: readonly unknown[] = ["EC2NodeClass", "AWSNodeTemplate"];

/** The name that a pool takes where it names none, there are several, and one has it. */
export const DEFAULT_NODE_CLASS = "default";

/** The names of all node classes there are: made here by field or as manifests, or made by something else. */
export function nodeClassNames({ nodeClasses, manifests, existingNodeClasses = [] }: Classes): string[] {
  const ofManifests = manifestsOf(manifests)
    .filter(({ object }) => NODE_CLASS_KINDS.includes(object.kind))
    .map(({ object }) => valueAt(object, "metadata", "name"));
  return [
    ...new Set([
      ...(isFields(nodeClasses) ? Object.keys(nodeClasses) : []),
      ...(Array.isArray(existingNodeClasses) ? (existingNodeClasses as string[]) : []),
      ...ofManifests.filter((name): name is string => typeof name === "string"),
    ]),
  ];
}

/** Whether some of the names are known to Terraform only. */
export function areClassesOpen({ nodeClasses, manifests, existingNodeClasses }: Classes): boolean {
  return (
    [nodeClasses, manifests, existingNodeClasses].some((value) => isGiven(value) && Token.isUnresolved(value)) ||
    [...(Array.isArray(manifests) ? manifests : []), ...(existingNodeClasses ?? [])].some((item) =>
      Token.isUnresolved(item),
    )
  );
}

/** The name of a pool's node class: its own choice, else the only one, else `default`. */
export function nodeClassNameOf(pool: NodePool, classes: Classes): string {
  const names = nodeClassNames(classes);
  return pool.nodeClass ?? (names.length === 1 ? names[0] : DEFAULT_NODE_CLASS);
}

/** A node class as a NodePool names it. */
export interface ClassReference {
  /** Where it is named, or should be. */
  readonly path: string;
  /** Undefined where none is named. */
  readonly name?: string;
}

/** Every pool's reference to one of Karpenter's own node classes, as far as it is known at synth. */
export function classReferences({ nodePools, manifests }: Pick<NodeObjects, "nodePools" | "manifests">) {
  const ofPools = Object.entries(isFields(nodePools) ? nodePools : {})
    .filter(([, pool]) => isFields(pool))
    .flatMap(([name, pool]): ClassReference[] => {
      const path = `nodePools.${name}.nodeClass`;
      if (isGiven(pool.nodeClass)) {
        return [{ path, name: pool.nodeClass }];
      }
      if (isGiven(pool.spec) && Token.isUnresolved(pool.spec)) {
        return [];
      }
      const found = referenceIn(freeForm(pool.spec), `nodePools.${name}.spec`);
      return found === "elsewhere" ? [] : [found ?? { path }];
    });
  const ofManifests = manifestsOf(manifests)
    .filter(({ object }) => object.kind === "NodePool" || object.kind === "Provisioner")
    .map(({ path, object }) => referenceIn(object.spec, `${path}.spec`))
    .filter((found) => found !== undefined && found !== "elsewhere");
  return [...ofPools, ...ofManifests].filter(({ name }) => !Token.isUnresolved(name));
}

/** What a spec says of its node class: a class that is not one of Karpenter's own is nothing that can be looked up. */
function referenceIn(spec: unknown, path: string): ClassReference | "elsewhere" | undefined {
  if (isGiven(valueAt(spec, "provider"))) {
    return "elsewhere";
  }
  for (const keys of [["template", "spec", "nodeClassRef"], ["providerRef"]]) {
    const reference = valueAt(spec, ...keys);
    const [group, kind, name] = ["group", "kind", "name"].map((key) => valueAt(reference, key));
    const of = group ?? String(valueAt(reference, "apiVersion") ?? OWN_GROUP).split("/")[0];
    if (of !== OWN_GROUP || (isGiven(kind) && !NODE_CLASS_KINDS.includes(kind))) {
      return "elsewhere";
    }
    if (typeof name === "string") {
      return { path: `${path}.${keys.join(".")}.name`, name };
    }
  }
  return undefined;
}

const OWN_GROUP = "karpenter.k8s.aws";
