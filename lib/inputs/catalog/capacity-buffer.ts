import * as api from "./api-values";
import type { Field, ObjectField, ValueRule } from "../field";
import { about, any, map, numeric, object, text } from "../field-builders";
import { oneOf } from "../rule";
import { capacityBufferRules, podTemplateRules, typedBufferRules } from "./capacity-buffer-rules";
import * as kubernetes from "./kubernetes";
import { amount, metadata } from "./node-pool";

/** What the API takes and Karpenter does nothing with. */
const ofKarpenter = (values: readonly string[], remedy: string): ValueRule<string> => ({
  ...oneOf(values, remedy),
  stricter: {},
});
const filled = (remedy: string): ValueRule<string> => ({ ...api.notEmpty, remedy });

const fields: Readonly<Record<string, Field>> = {
  podTemplateRef: about(
    "A PodTemplate of the same namespace that says the shape of one placeholder.",
    object({ name: about("The PodTemplate's name.", text(filled("name the PodTemplate"))) }, ["name"]),
  ),
  scalableRef: about(
    "A workload of the same namespace whose pods the placeholders are like.",
    object(
      {
        apiGroup: about("The workload's API group, apps.", text(ofKarpenter(["apps", ""], "Karpenter knows no other"))),
        kind: about(
          "The workload's kind.",
          text(
            filled("name the kind"),
            ofKarpenter(["Deployment", "StatefulSet", "ReplicaSet"], "Karpenter looks up no other workloads"),
          ),
        ),
        name: about("The workload's name.", text(filled("name the workload"))),
      },
      ["kind", "name"],
    ),
  ),
  replicas: about(
    "How many placeholders; of this and percentage the larger number.",
    numeric(api.countInt32("leave it out where percentage or limits say how many")),
  ),
  percentage: about(
    "How many placeholders, in percent of the replicas of scalableRef.",
    numeric(api.countInt32("it is in percent")),
  ),
  limits: about("What all placeholders together may ask for; alone, as many as fit into it.", map(amount)),
  provisioningStrategy: about(
    "What keeps the room free; buffer.x-k8s.io/active-capacity is all that Karpenter has.",
    text(ofKarpenter(["buffer.x-k8s.io/active-capacity"], "leave it out")),
  ),
};

/** The `spec` of a CapacityBuffer of autoscaling.x-k8s.io/v1beta1 as a whole. */
export const wholeCapacityBufferSpec = object(fields, [], capacityBufferRules);

/** A pod as a PodTemplate describes it; the API server knows what is in it. */
export const podTemplateSpec: ObjectField = object(
  {
    metadata,
    spec: about(
      "The pod, in the API's own form.",
      // Of all that a pod may say, only what it is of at all is looked at.
      map(any),
    ),
  },
  [],
  podTemplateRules,
);

/** {@link CapacityBuffer} of autoscaling.x-k8s.io/v1beta1. */
export const capacityBufferSchema: ObjectField = {
  ...object(
    {
      namespace: about(
        "Its namespace; when left out, that of the Helm release.",
        text({ ...kubernetes.namespace, remedy: "name one that is there" }),
      ),
      podTemplate: about("The shape of one placeholder, of which a PodTemplate is made.", podTemplateSpec),
      metadata,
      ...fields,
      spec: about("More of the object's spec in the API's own form; the fields above win.", object(fields)),
    },
    [],
    [...capacityBufferRules, ...typedBufferRules],
    [{ name: "template", told: 'write it in "podTemplate"' }],
  ),
  below: "spec",
};
