import { map, since } from "../field-builders";
import { capacityBufferSchema } from "./capacity-buffer";
import { nodeClassSchema } from "./node-class";
import { nodeOverlaySchema } from "./node-overlay";
import { nodePoolSchema } from "./node-pool";
import * as api from "./api-values";
import * as values from "./values";

export { capacityBufferSchema, nodeClassSchema, nodeOverlaySchema, nodePoolSchema };

/** NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers by name. */
export const nodePoolsSchema = map(nodePoolSchema, api.nodeObjectName);
export const nodeClassesSchema = map(nodeClassSchema, api.nodeObjectName);
export const nodeOverlaysSchema = map(since("1.7", nodeOverlaySchema), [values.objectName]);
export const capacityBuffersSchema = map(since("1.14", capacityBufferSchema), [values.objectName]);
