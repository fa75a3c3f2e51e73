// Made from kinds/index.ts by `npm run generate`: edit that.
export { Source, type SourceArgs } from "./source";
export { Schema, type SchemaArgs, type SchemaAttribute } from "./schema";
export { ProvisioningPolicy, type ProvisioningPolicyArgs, type PolicyField } from "./provisioning-policy";
export { Schedule, type ScheduleArgs } from "./schedule";
export { CorrelationConfig, type CorrelationConfigArgs, type AttributeAssignment } from "./correlation-config";
export { NativeChangeDetection, type NativeChangeDetectionArgs } from "./native-change-detection";
export { AttributeSyncConfig, type AttributeSyncConfigArgs } from "./attribute-sync-config";
export {
  EntitlementRequestConfig,
  type EntitlementRequestConfigArgs,
  type ApprovalScheme,
} from "./entitlement-request-config";
export { Aggregation, type AggregationArgs } from "./aggregation";
