export * from "./release-needs";
