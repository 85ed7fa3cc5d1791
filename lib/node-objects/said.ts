import { Token } from "cdktf";
import type { Fields } from "../terraform/known-values";
import { givenFields, isFields, without } from "../terraform/known-values";
import { laidOver } from "./kubernetes-object";
import { freeForm, manifestsOf, valueAt } from "./manifests";
import type { NodeObjects } from "./node-objects";

/** What is said of a NodePool or a node class, wherever it is said: in typed fields, in the free form or in a manifest. */
export interface Said {
  /** `nodePools.default`, `manifests[0].spec`. */
  readonly path: string;
  /** The object's name; undefined where it has none that is known. */
  readonly name?: string;
  /** The typed fields, under their names; tokens among the values. */
  readonly fields: Fields;
  /** Whether more may be said that only Terraform knows. */
  readonly isOpen: boolean;
  /** Where a field is said, or would be. */
  at(field: string): string;
}

type Objects = Pick<NodeObjects, "nodePools" | "nodeClasses" | "manifests">;

/** Where the free form has a pool's typed fields; the others stand at its top. */
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
const POOL_FIELDS = [...Object.keys(IN_TEMPLATE), "disruption", "limits", "replicas", "weight"];

/** The NodePools of today's API, as far as they are known at synth. */
export function saidPools({ nodePools, manifests }: Pick<Objects, "nodePools" | "manifests">): Said[] {
  const flat = (spec: unknown): Fields =>
    givenFields(
      Object.fromEntries(POOL_FIELDS.map((name) => [name, valueAt(spec, ...(IN_TEMPLATE[name] ?? name).split("."))])),
    );
  return said(nodePools, "nodePools", manifests, "NodePool", flat, (name) => IN_TEMPLATE[name] ?? name);
}

/** The EC2NodeClasses of today's API, as far as they are known at synth. */
export function saidClasses({ nodeClasses, manifests }: Pick<Objects, "nodeClasses" | "manifests">): Said[] {
  const same = (spec: unknown): Fields => givenFields(isFields(spec) ? spec : {});
  return said(nodeClasses, "nodeClasses", manifests, "EC2NodeClass", same, (name) => name);
}

function said(
  objects: unknown,
  property: string,
  manifests: unknown,
  kind: string,
  flat: (spec: unknown) => Fields,
  inSpec: (field: string) => string,
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
        fields: laidOver(spec, own),
        isOpen: Token.isUnresolved(valueAt(object, "spec")),
        at: (field) => (!(field in own) && field in spec ? `${path}.spec.${inSpec(field)}` : `${path}.${field}`),
      };
    });
  const whole = manifestsOf(manifests)
    .filter(({ object }) => object.kind === kind && isFields(object.spec))
    .map(({ path, object }): Said => {
      const name = valueAt(object, "metadata", "name");
      return {
        path: `${path}.spec`,
        name: typeof name === "string" && !Token.isUnresolved(name) ? name : undefined,
        fields: flat(object.spec),
        isOpen: false,
        at: (field) => `${path}.spec.${inSpec(field)}`,
      };
    });
  return [...typed, ...whole];
}
