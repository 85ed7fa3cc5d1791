export * from "./expression";
export * from "./one-or-none";
