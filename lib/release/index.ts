export * from "./karpenter-version";
export * from "./kubernetes-range";
export * from "./pod-identity";
export * from "./release-needs";
