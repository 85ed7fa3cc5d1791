export * from "./event-rules";
export * from "./karpenter-line";
export * from "./karpenter-version";
export * from "./lines";
export * from "./policy-statement";
export * from "./release-needs";
