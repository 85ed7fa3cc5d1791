export * from "./expression";
export * from "./optional-resource";
