/**
 * The three-way reconcile: desired × applied × live → changes, JSON Patch, replaces. Pure: no I/O, no Pulumi.
 */
export * from "./change";
export * from "./compare";
export * from "./json";
export * from "./patch";
export * from "./planned";
export * from "./project";
export * from "./restoring";
export * from "./rules";
export * from "./secrets";
