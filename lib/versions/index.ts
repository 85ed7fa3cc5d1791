export * from "./ami-releases";
export * from "./event-rules";
export * from "./managed-policies";
export * from "./minor-version";
export * from "./karpenter-version";
export * from "./minor-versions-by-number";
export * from "./policy-statement";
export * from "./support";
