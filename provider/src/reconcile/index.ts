/**
 * The three-way reconcile: desired × applied × live → changes, JSON Patch, replaces. Pure: no I/O, no Pulumi.
 */
export * from "./change";
export * from "./comparators";
export * from "./compare";
export * from "./correspondence";
export * from "./describe";
export * from "./found";
export type { Found } from "./found-tree";
export * from "./immutable";
export * from "./json";
export * from "./lost";
export * from "./marker";
export * from "./owned";
export * from "./patch";
export * from "./planned";
export * from "./project";
export * from "./restoring";
export * from "./rules";
export * from "./secrets";
export * from "./unmarked";
export * from "./untaken";
