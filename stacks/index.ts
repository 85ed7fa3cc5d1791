/** The public names of `cdktf-karpenter/stacks`: what is deployed, one stack for each cluster. */
export type { ClusterConfig, ClusterDefaults, ClusterEntry, FleetConfig } from "./cluster-config";
export { parseClusters } from "./clusters-file";
export { clustersSchema } from "./clusters-schema";
export type { JsonSchema } from "../lib/inputs/value-test";
export { withoutCreationTraces } from "./creation-traces";
export { fleet } from "./fleet";
export { KarpenterStack } from "./karpenter-stack";
export { NodeGroupKarpenter035Stack } from "./presets/node-group-0-35";
export type { NodeGroupKarpenter035StackProps } from "./presets/node-group-0-35";
export { NodelessKarpenter027Stack } from "./presets/nodeless-0-27";
export type { CloudState, LocalState, S3State, StateBackend } from "./state-backend";
export { UserError } from "./user-error";
