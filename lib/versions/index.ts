export * from "./event-rules";
export * from "./minor-version";
export * from "./karpenter-version";
export * from "./minor-versions-by-number";
export * from "./policy-statement";
export * from "./support";
