/** NodePools, node classes and whatever else of Karpenter's the cluster has, as `manifests`. */
import { parseAllDocuments } from "yaml";
import type { Fields } from "../../lib/terraform/known-values";
import { isFields, without } from "../../lib/terraform/known-values";
import type { Move, Part } from "./move";
import type { State, StateObject } from "./state";

/** An object of the cluster. */
export type ClusterObject = Readonly<Record<string, unknown>>;

const KINDS = ["NodePool", "EC2NodeClass", "NodeOverlay", "CapacityBuffer", "Provisioner", "AWSNodeTemplate"];
/** What the API server and Karpenter write into metadata. */
const WRITTEN = [
  "creationTimestamp",
  "deletionTimestamp",
  "finalizers",
  "generation",
  "managedFields",
  "ownerReferences",
];
const IDENTITY = ["resourceVersion", "selfLink", "uid", "namespace"];
const ANNOTATIONS =
  /^(kubectl\.kubernetes\.io\/|karpenter\.k8s\.aws\/|meta\.helm\.sh\/|karpenter\.sh\/(nodepool-hash|stored-version))/;

/** Whether something is an object that a person writes for Karpenter: neither a NodeClaim nor something of the cluster's. */
export function isWritten(object: unknown): object is ClusterObject {
  return isFields(object) && KINDS.includes(String(object.kind));
}

/** An object as it was written, without what the cluster has added to it. */
export function asWritten(object: ClusterObject): ClusterObject {
  const metadata = isFields(object.metadata) ? object.metadata : {};
  const { annotations, labels, ...others } = without(metadata, ...WRITTEN, ...IDENTITY) as Fields;
  const kept = (map: unknown, leftOut: RegExp): Record<string, Fields> | object => {
    const entries = Object.entries(isFields(map) ? map : {}).filter(([key]) => !leftOut.test(key));
    return entries.length === 0 ? {} : Object.fromEntries(entries);
  };
  const remaining = {
    annotations: kept(annotations, ANNOTATIONS),
    labels: kept(labels, /^app\.kubernetes\.io\/managed-by$/),
  };
  const given = Object.entries(remaining).filter(([, map]) => Object.keys(map).length > 0);
  return { ...without(object as Fields, "status"), metadata: { ...others, ...Object.fromEntries(given) } };
}

/** The objects that were given and those in the state, each once; Terraform forgets the latter, and no node notices. */
export function clusterObjectsPart(state: State, given: readonly ClusterObject[], namespace: string): Part {
  const managed = state.objects.flatMap((object) => writtenIn(object).map((manifest) => ({ object, manifest })));
  const title = ({ kind, metadata }: ClusterObject): string =>
    `${String(kind)}/${String(isFields(metadata) ? metadata.name : undefined)}`;
  const objects = new Map(
    [...managed.map(({ manifest }) => manifest), ...given.filter(isWritten)].map((object) => [
      title(object),
      asWritten(object),
    ]),
  );
  const forgotten = new Set(managed.map(({ object }) => object));
  const titles = [...objects.keys()];
  return {
    inputs: titles.length === 0 ? {} : { manifests: [...objects.values()] },
    moves: [...forgotten].map((object): Move => ({
      fate: "forgotten",
      object,
      why: "it stays in the cluster, and the module's release adopts it",
    })),
    notes:
      titles.length === 0
        ? ["no NodePool was given: those of the cluster stay as they are. --manifests takes them from kubectl's output"]
        : [],
    before: titles.flatMap((name) => adopting(name.toLowerCase(), namespace)),
  };
}

/** Helm takes over what says that it is the release's. */
function adopting(object: string, namespace: string): string[] {
  return [
    `kubectl annotate ${object} meta.helm.sh/release-name=karpenter-node-pools meta.helm.sh/release-namespace=${namespace}`,
    `kubectl label ${object} app.kubernetes.io/managed-by=Helm`,
  ];
}

/** Objects of Karpenter in resources of the kubernetes and kubectl providers. */
function writtenIn({ type, values }: StateObject): ClusterObject[] {
  if (type === "kubernetes_manifest") {
    return [values.manifest].filter(isWritten);
  }
  return type === "kubectl_manifest" && typeof values.yaml_body === "string"
    ? parseAllDocuments(values.yaml_body)
        .map((document): unknown => document.toJS())
        .filter(isWritten)
    : [];
}
