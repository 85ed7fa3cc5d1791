import type { ObjectField } from "../field";
import { map, since } from "../field-builders";
import { capacityBufferSchema } from "./capacity-buffer";
import { nodeClassSchema } from "./node-class";
import { nodeOverlaySchema } from "./node-overlay";
import { nodePoolSchema } from "./node-pool";
import * as values from "./values";

export { capacityBufferSchema, nodeClassSchema, nodeOverlaySchema, nodePoolSchema };

const byName = (schema: ObjectField) => map(schema, [values.objectName]);

/** NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers by name. */
export const nodePoolsSchema = byName(nodePoolSchema);
export const nodeClassesSchema = byName(nodeClassSchema);
export const nodeOverlaysSchema = byName(since("1.7", nodeOverlaySchema));
export const capacityBuffersSchema = byName(since("1.14", capacityBufferSchema));
