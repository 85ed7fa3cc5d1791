import type { Field, ObjectField } from "../field";
import { map, since } from "../field-builders";
import { versioned } from "../versioned-field";
import * as nodeClass from "./node-class";
import { capacityBufferSchema } from "./capacity-buffer";
import { nodeOverlaySchema } from "./node-overlay";
import * as nodePool from "./node-pool";
import * as api from "./api-values";
import * as v1alpha5 from "./v1alpha5";
import * as v1beta1 from "./v1beta1";
import * as values from "./values";

export { capacityBufferSchema, nodeOverlaySchema };

/** The free form is in the words of the release's API. */
function withOlderSpecs(schema: ObjectField, ofV1alpha5: Field, ofV1beta1: Field): ObjectField {
  const { description, ...ofV1 } = schema.fields.spec;
  const spec = { ...versioned({ "0.27": ofV1alpha5, "0.32": ofV1beta1, "1.0": ofV1 }), description };
  return { ...schema, fields: { ...schema.fields, spec } };
}

/** {@link NodePool} with every release. */
export const nodePoolSchema = withOlderSpecs(
  nodePool.nodePoolSchema,
  v1alpha5.freeProvisionerSpec,
  v1beta1.freeNodePoolSpec,
);
/** {@link NodeClass} with every release. */
export const nodeClassSchema = withOlderSpecs(
  { ...nodeClass.nodeClassSchema, rules: [...(nodeClass.nodeClassSchema.rules ?? []), ...v1alpha5.nodeClassRules] },
  v1alpha5.freeNodeTemplateSpec,
  v1beta1.freeNodeClassSpec,
);

/** NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers by name. */
export const nodePoolsSchema = map(nodePoolSchema, api.nodeObjectName);
export const nodeClassesSchema = map(nodeClassSchema, api.nodeObjectName);
export const nodeOverlaysSchema = map(since("1.7", nodeOverlaySchema), [values.objectName]);
export const capacityBuffersSchema = map(since("1.14", capacityBufferSchema), [values.objectName]);
