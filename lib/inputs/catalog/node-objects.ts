import type { Field } from "../field";
import { about, bool, different, list, numeric, object, optional, string, text, toggle } from "../field-builders";
import { manifestsSchema } from "./manifests";
import { nodeClassSchema } from "./node-class";
import { capacityBuffersSchema, nodeClassesSchema, nodeOverlaysSchema, nodePoolsSchema } from "./objects";
import { releaseName } from "./kubernetes";
import * as api from "./api-values";
import * as values from "./values";

/** What node classes get from the AWS side where they say nothing themselves. */
export const nodeClassDefaultsSchema = object({
  role: nodeClassSchema.fields.role,
  instanceProfile: nodeClassSchema.fields.instanceProfile,
  subnetSelectorTerms: nodeClassSchema.fields.subnetSelectorTerms,
  securityGroupSelectorTerms: nodeClassSchema.fields.securityGroupSelectorTerms,
  tags: nodeClassSchema.fields.tags,
});

/** The NodePools and what belongs to them. */
export const NODE_OBJECT_INPUTS = {
  nodePools: about(
    "NodePools by name, in the API's own words without the nesting of its template; spec takes more in the API's own form.",
    nodePoolsSchema,
    {},
  ),
  nodeClasses: about(
    "EC2NodeClasses by name, in the API's own words; role, subnets and security groups are filled in; spec takes more in the API's own form.",
    nodeClassesSchema,
    {},
  ),
  nodeOverlays: about("NodeOverlays by name; they need the feature gate nodeOverlay.", nodeOverlaysSchema, {}),
  capacityBuffers: about(
    "CapacityBuffers by name, each with the shape of the pods that room is kept for; they need the feature gate capacityBuffer.",
    capacityBuffersSchema,
    {},
  ),
  manifests: about(
    'NodePools, EC2NodeClasses, NodeOverlays, CapacityBuffers and their PodTemplates as whole objects of the API, as people keep them in YAML: [for file in fileset(path.module, "pools/*.yaml") : yamldecode(file(file))]. Lists among them and objects of kind List are taken apart.',
    manifestsSchema,
    [],
  ),
  completeManifests: about(
    "Whether EC2NodeClasses among the manifests get the role or instance profile, subnets and security groups that they lack.",
    bool,
    true,
  ),
  existingNodeClasses: about(
    "Names of EC2NodeClasses that something else makes, for NodePools to name.",
    different(text(...api.nodeObjectName), 0, 100),
    [],
  ),
  nodePoolsTimeout: optional(
    "How long a destroy waits for nodes to drain and instances to end, in seconds; when left out, half an hour, or longer than the longest terminationGracePeriod.",
    numeric(values.timeout),
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What {@link NodePools} is told by {@link Karpenter}. */
export const NODE_OBJECT_NEEDS = {
  nodeClassDefaults: about(
    "What EC2NodeClasses get where they say nothing themselves; takes nodeClassSpec of the root module.",
    nodeClassDefaultsSchema,
    {},
  ),
  releaseName: about(
    "Name of the Helm release, up to 53 characters: another one for each further NodePools in a namespace. A change of it is a release made anew, and every node goes.",
    text(releaseName),
    "karpenter-node-pools",
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** Whether there are NodePools, and what must outlive them. */
export const NODE_POOLS_INPUTS = {
  createNodePools: optional(
    "Whether to make nodePools, nodeClasses, nodeOverlays, capacityBuffers and manifests; when left out, where there is any of them.",
    toggle,
  ),
  nodesDependOn: about(
    "Ids of what nodes and controller need as long as there are any, such as NAT gateways, routes and VPC endpoints: a destroy keeps those until the last node is gone.",
    list(string),
    [],
  ),
} as const satisfies Readonly<Record<string, Field>>;
