export * from "./cluster-config";
export * from "./clusters-file";
export * from "./clusters-schema";
export * from "./fleet";
export * from "./karpenter-stack";
export * from "./state-backend";
export * from "./user-error";
