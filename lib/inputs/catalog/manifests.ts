import type { Field, ListField, ObjectField, VariantField } from "../field";
import { about, list, map, object, string, text } from "../field-builders";
import { wholeNodeClassSpec } from "./node-class";
import { wholeNodeOverlaySpec } from "./node-overlay";
import { wholeNodePoolSpec } from "./node-pool";
import { matching } from "../rule";
import * as values from "./values";

const apiVersion = (version: string): Field =>
  about(
    `The API's group and version, ${version}.`,
    text(
      matching(`^${version.replaceAll(".", "[.]")}$`, {
        allowed: `"${version}"`,
        remedy: "write the object in the words of that API, or leave it out",
      }),
    ),
  );

function manifest(version: string, kind: string, spec: ObjectField): ObjectField {
  return object(
    {
      apiVersion: apiVersion(version),
      kind: about(`${kind}.`, string),
      metadata: about(
        "The object's name, labels and annotations; objects of Karpenter's belong to no namespace.",
        object(
          {
            name: about("The object's name.", text(values.objectName)),
            labels: about("Labels of the object.", map(text(values.labelValue), [values.labelKey])),
            annotations: about("Annotations of the object.", map(string, [values.annotationKey])),
          },
          ["name"],
          [],
          [{ name: "namespace", told: "these objects belong to the whole cluster: leave it out" }],
        ),
      ),
      spec: about("What the object says.", spec),
    },
    ["apiVersion", "metadata", "spec"],
    [],
    [{ name: "status", told: "Karpenter writes it: leave it out" }],
  );
}

/** NodePools, EC2NodeClasses and NodeOverlays in the API's own form. */
const manifestSchema: VariantField = {
  kind: "variant",
  by: "kind",
  variants: {
    NodePool: manifest("karpenter.sh/v1", "NodePool", wholeNodePoolSpec),
    EC2NodeClass: manifest("karpenter.k8s.aws/v1", "EC2NodeClass", wholeNodeClassSpec),
    NodeOverlay: manifest("karpenter.sh/v1alpha1", "NodeOverlay", wholeNodeOverlaySpec),
  },
};

/** Whole objects of the API; those of the APIs before v1 are passed on as they are. */
export const manifestsSchema: ListField = {
  ...list(manifestSchema),
  flat: true,
  describedSince: "1.0",
} as ListField;
