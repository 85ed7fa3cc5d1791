export * from "./module-asset";
export * from "./module-output";
export * from "./module-stack";
export * from "./module-variable";
export * from "./precondition";
export * from "./provider-requirement";
export * from "./writer";
