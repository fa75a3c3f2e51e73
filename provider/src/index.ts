/**
 * SailPoint Identity Security Cloud sources as code.
 */
export type { Deep, JsonInput } from "./resources/inputs";
export type { Reference } from "./resources/references";
export { Schema, type SchemaArgs, type SchemaAttribute } from "./resources/schema";
export { Source, type SourceArgs } from "./resources/source";
export { Tenant, type TenantArgs } from "./resources/tenant";
