import type { Field, ListField, MovedName, ObjectField, ObjectRule, VariantField } from "../field";
import { about, list, map, object, string, text, textOfNewer } from "../field-builders";
import { podTemplateSpec, wholeCapacityBufferSpec } from "./capacity-buffer";
import { bufferManifestRules } from "./capacity-buffer-rules";
import { wholeNodeClassSpec } from "./node-class";
import { wholeNodeOverlaySpec } from "./node-overlay";
import { wholeNodePoolSpec } from "./node-pool";
import * as kubernetes from "./kubernetes";
import { matching } from "../rule";
import * as api from "./api-values";
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

/** A kind of object, and what its manifest says beside its name. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** The minor version that brought it. */
  readonly since?: string;
  readonly content: Readonly<Record<string, Field>>;
  readonly isNamespaced?: boolean;
  readonly rules?: readonly ObjectRule[];
}

const CLUSTER_WIDE: readonly MovedName[] = [
  { name: "namespace", told: "these objects belong to the whole cluster: leave it out" },
];

function manifest({ kind, since, content, isNamespaced = false, rules = [], ...of }: Kind): ObjectField {
  const namespace = about(
    "The object's namespace; when left out, that of the Helm release.",
    text({ ...kubernetes.namespace, remedy: "name one that is there" }),
  );
  return object(
    {
      apiVersion: apiVersion(of.apiVersion),
      kind: about(`${kind}.`, since === undefined ? string : textOfNewer({ [kind]: since })),
      metadata: about(
        isNamespaced
          ? "The object's name, namespace, labels and annotations."
          : "The object's name, labels and annotations; objects of Karpenter's belong to no namespace.",
        object(
          {
            name: about(
              "The object's name.",
              text(...(kind === "NodePool" || kind === "EC2NodeClass" ? api.nodeObjectName : [values.objectName])),
            ),
            ...(isNamespaced ? { namespace } : {}),
            labels: about("Labels of the object.", map(text(values.labelValue), [values.labelKey])),
            annotations: about("Annotations of the object.", map(string, [values.annotationKey])),
          },
          ["name"],
          [],
          isNamespaced ? [] : CLUSTER_WIDE,
        ),
      ),
      ...content,
    },
    ["apiVersion", "metadata", ...Object.keys(content)],
    rules,
    [{ name: "status", told: "Karpenter writes it: leave it out" }],
  );
}

const says = (spec: ObjectField) => ({ spec: about("What the object says.", spec) });

const KINDS: readonly Kind[] = [
  { apiVersion: "karpenter.sh/v1", kind: "NodePool", content: says(wholeNodePoolSpec) },
  { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", content: says(wholeNodeClassSpec) },
  { apiVersion: "karpenter.sh/v1alpha1", kind: "NodeOverlay", since: "1.7", content: says(wholeNodeOverlaySpec) },
  {
    apiVersion: "autoscaling.x-k8s.io/v1beta1",
    kind: "CapacityBuffer",
    since: "1.14",
    content: says(wholeCapacityBufferSpec),
    isNamespaced: true,
    rules: bufferManifestRules,
  },
  {
    apiVersion: "v1",
    kind: "PodTemplate",
    content: { template: about("The pod that a CapacityBuffer refers to.", podTemplateSpec) },
    isNamespaced: true,
  },
];

/** Objects in the API's own form. */
const manifestSchema: VariantField = {
  kind: "variant",
  by: "kind",
  variants: Object.fromEntries(KINDS.map((of) => [of.kind, manifest(of)])),
};

/** Whole objects of the API; those of the APIs before v1 are passed on as they are. */
export const manifestsSchema: ListField = {
  ...list(manifestSchema),
  flat: true,
  describedSince: "1.0",
} as ListField;
