export * from "./event-rules";
export * from "./karpenter-line";
export * from "./karpenter-version";
export * from "./karpenter-lines";
export * from "./policy-statement";
export * from "./release-needs";
export * from "./release-rules";
export * from "./support";
