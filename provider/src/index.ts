/**
 * SailPoint Identity Security Cloud sources as code.
 */
export { Aggregation, type AggregationArgs } from "./resources/aggregation";
export { AttributeSyncConfig, type AttributeSyncConfigArgs } from "./resources/attribute-sync-config";
export {
  type AttributeAssignment,
  CorrelationConfig,
  type CorrelationConfigArgs,
} from "./resources/correlation-config";
export {
  type ApprovalScheme,
  EntitlementRequestConfig,
  type EntitlementRequestConfigArgs,
} from "./resources/entitlement-request-config";
export {
  type ClusterResult,
  type ConnectorResult,
  type FunctionOptions,
  type IdentityResult,
  type SourceResult,
  getCluster,
  getClusterOutput,
  getConnector,
  getConnectorOutput,
  getIdentity,
  getIdentityOutput,
  getSource,
  getSourceOutput,
  getSources,
  getSourcesOutput,
} from "./resources/functions";
export type { Deep, JsonInput } from "./resources/inputs";
export { NativeChangeDetection, type NativeChangeDetectionArgs } from "./resources/native-change-detection";
export { type PolicyField, ProvisioningPolicy, type ProvisioningPolicyArgs } from "./resources/provisioning-policy";
export type { Reference } from "./resources/references";
export { Schedule, type ScheduleArgs } from "./resources/schedule";
export { Schema, type SchemaArgs, type SchemaAttribute } from "./resources/schema";
export { type CsvOptions, type CsvText, schemaAttributesFromCsv } from "./resources/schema-attributes-from-csv";
export { Source, type SourceArgs } from "./resources/source";
export { Tenant, type TenantArgs } from "./resources/tenant";
