import { Token } from "cdktf";
import type { Fields } from "../terraform/known-values";
import { givenFields, isFields, isKnownText, without } from "../terraform/known-values";
import { laidOver } from "./kubernetes-object";
import { freeForm, manifestsOf, valueAt } from "./manifests";
import type { NodeObjects } from "./node-objects";
import { apiVersionOf } from "./older-objects";
import type { KarpenterApiVersion } from "../versions";

/** What is said of a NodePool or a node class, wherever it is said: in typed fields, in the free form or in a manifest. */
export interface Said {
  /** `nodePools.default`, `manifests[0].spec`. */
  readonly path: string;
  /** Whether it is a whole object of the API, as its writer wants it. */
  readonly isManifest: boolean;
  /** The object's name; undefined where it has none that is known. */
  readonly name?: string;
  /** The typed fields, under their names; tokens among the values. */
  readonly fields: Fields;
  /** Whether more may be said that only Terraform knows. */
  readonly isOpen: boolean;
  /** Where a field is said, or would be. */
  at(field: string): string;
}

type Objects = Partial<Pick<NodeObjects, "nodePools" | "nodeClasses" | "manifests" | "karpenterVersion">>;

/** How a `spec` says what typed fields say. */
interface Words {
  /** The typed fields that it says. */
  flat(spec: unknown): Fields;
  /** Where it says one of them. */
  inSpec(field: string): string;
}

const IN_TEMPLATE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["labels", "annotations"].map((name) => [name, `template.metadata.${name}`])),
  ...Object.fromEntries(
    ["requirements", "taints", "startupTaints", "expireAfter", "terminationGracePeriod"].map((name) => [
      name,
      `template.spec.${name}`,
    ]),
  ),
  nodeClass: "template.spec.nodeClassRef.name",
};
const POOL_FIELDS = [...Object.keys(IN_TEMPLATE), "disruption", "limits", "replicas", "weight", "kubelet"];

/** Where the `spec` of each API has a pool's typed fields; the others stand at its top. */
const PLACES: Readonly<Record<KarpenterApiVersion, Readonly<Record<string, string>>>> = {
  v1: IN_TEMPLATE,
  v1beta1: { ...IN_TEMPLATE, expireAfter: "disruption.expireAfter", kubelet: "template.spec.kubelet" },
  v1alpha5: { limits: "limits.resources", nodeClass: "providerRef.name", kubelet: "kubeletConfiguration" },
};

/** Where the `spec` of a NodePool of v1 has a field, `template.spec.requirements`. */
export function placeInPool(field: string): string {
  return PLACES.v1[field] ?? field;
}

function wordsOfPools(apiVersion: KarpenterApiVersion): Words {
  const inSpec = (field: string): string => PLACES[apiVersion][field] ?? field;
  return {
    inSpec,
    flat: (spec) =>
      givenFields(Object.fromEntries(POOL_FIELDS.map((field) => [field, valueAt(spec, ...inSpec(field).split("."))]))),
  };
}

/** The NodePools and Provisioners, as far as they are known at synth. */
export function saidPools({
  nodePools,
  manifests,
  karpenterVersion,
}: Pick<Objects, "nodePools" | "manifests" | "karpenterVersion">): Said[] {
  const apiVersion = apiVersionOf(karpenterVersion);
  return said(nodePools, "nodePools", wordsOfPools(apiVersion), manifests, {
    NodePool: wordsOfPools(apiVersion === "v1" ? "v1" : "v1beta1"),
    Provisioner: wordsOfPools("v1alpha5"),
  });
}

/** The EC2NodeClasses and AWSNodeTemplates, as far as they are known at synth. */
export function saidClasses({ nodeClasses, manifests }: Pick<Objects, "nodeClasses" | "manifests">): Said[] {
  const same: Words = { flat: (spec) => givenFields(isFields(spec) ? spec : {}), inSpec: (field) => field };
  return said(nodeClasses, "nodeClasses", same, manifests, { EC2NodeClass: same, AWSNodeTemplate: same });
}

function said(
  objects: unknown,
  property: string,
  { flat, inSpec }: Words,
  manifests: unknown,
  ofKinds: Readonly<Record<string, Words>>,
): Said[] {
  const typed = Object.entries(isFields(objects) ? objects : {})
    .filter(([, object]) => isFields(object))
    .map(([name, object]): Said => {
      const own = givenFields(without(object as Fields, "spec", "metadata"));
      const spec = flat(freeForm(valueAt(object, "spec")));
      const path = `${property}.${name}`;
      return {
        path,
        name,
        isManifest: false,
        fields: laidOver(spec, own),
        isOpen: Token.isUnresolved(valueAt(object, "spec")),
        at: (field) => (!(field in own) && field in spec ? `${path}.spec.${inSpec(field)}` : `${path}.${field}`),
      };
    });
  const whole = manifestsOf(manifests)
    .filter(({ object }) => Object.hasOwn(ofKinds, String(object.kind)) && isFields(object.spec))
    .map(({ path, object }): Said => {
      const words = ofKinds[String(object.kind)];
      const name = valueAt(object, "metadata", "name");
      return {
        path: `${path}.spec`,
        isManifest: true,
        name: isKnownText(name) ? name : undefined,
        fields: words.flat(object.spec),
        isOpen: false,
        at: (field) => `${path}.spec.${words.inSpec(field)}`,
      };
    });
  return [...typed, ...whole];
}
