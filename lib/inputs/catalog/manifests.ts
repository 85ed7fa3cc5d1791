import type { Field, ListField, MovedName, ObjectField, ObjectRule, VariantField } from "../field";
import { about, list, map, object, string, text, textOfNewer } from "../field-builders";
import { podTemplateSpec, wholeCapacityBufferSpec } from "./capacity-buffer";
import { bufferManifestRules } from "./capacity-buffer-rules";
import { wholeNodeClassSpec } from "./node-class";
import { wholeNodeOverlaySpec } from "./node-overlay";
import { wholeNodePoolSpec } from "./node-pool";
import * as kubernetes from "./kubernetes";
import { matching } from "../rule";
import { versioned } from "../versioned-field";
import * as api from "./api-values";
import * as v1alpha5 from "./v1alpha5";
import * as v1beta1 from "./v1beta1";
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

/** Kinds whose names are values of labels of their nodes. */
const NAMES_OF_NODES = ["NodePool", "EC2NodeClass", "Provisioner"];

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
              text(...(NAMES_OF_NODES.includes(kind) ? api.nodeObjectName : [values.objectName])),
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

const OF_V1: readonly Kind[] = [
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

const OF_ALPHA: readonly Kind[] = [
  { apiVersion: "karpenter.sh/v1alpha5", kind: "Provisioner", content: says(v1alpha5.wholeProvisionerSpec) },
  { apiVersion: "karpenter.k8s.aws/v1alpha1", kind: "AWSNodeTemplate", content: says(v1alpha5.wholeNodeTemplateSpec) },
];
const OF_BETA: readonly Kind[] = [
  { apiVersion: "karpenter.sh/v1beta1", kind: "NodePool", content: says(v1beta1.wholeNodePoolSpec) },
  { apiVersion: "karpenter.k8s.aws/v1beta1", kind: "EC2NodeClass", content: says(v1beta1.wholeNodeClassSpec) },
];
const LATER_NAMES = { Provisioner: "NodePool", AWSNodeTemplate: "EC2NodeClass" };
const FIRST_NAMES = { NodePool: "Provisioner", EC2NodeClass: "AWSNodeTemplate" };

const ofKinds = (kinds: readonly Kind[], renamed?: Readonly<Record<string, string>>): VariantField => ({
  kind: "variant",
  by: "kind",
  variants: Object.fromEntries(kinds.map((of) => [of.kind, manifest(of)])),
  renamed,
});

/** The objects of a release's API in its own form; 0.32 has two. */
const manifestSchema = versioned({
  "0.27": ofKinds(OF_ALPHA, FIRST_NAMES),
  "0.32": ofKinds([...OF_ALPHA, ...OF_BETA]),
  "0.33": ofKinds(OF_BETA, LATER_NAMES),
  "1.0": ofKinds(OF_V1, LATER_NAMES),
});

/** Whole objects of the API. */
export const manifestsSchema: ListField = { ...list(manifestSchema), flat: true };
