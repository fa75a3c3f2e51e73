/**
 * What the dynamic provider process requires. The path of this module and the names of its exports stand in every
 * user's state: they never change.
 */
import { aggregation as aggregationAction } from "./kinds/aggregation";
import { attributeSyncConfig as attributeSyncConfigKind } from "./kinds/attribute-sync-config";
import { correlationConfig as correlationConfigKind } from "./kinds/correlation-config";
import { entitlementRequestConfig as entitlementRequestConfigKind } from "./kinds/entitlement-request-config";
import { nativeChangeDetection as nativeChangeDetectionKind } from "./kinds/native-change-detection";
import { provisioningPolicy as provisioningPolicyKind } from "./kinds/provisioning-policy";
import { schedule as scheduleKind } from "./kinds/schedule";
import { schema as schemaKind } from "./kinds/schema";
import { source as sourceKind } from "./kinds/source";
import { actionHandlerOf, handlerOf } from "./lifecycle";

export const source = handlerOf(sourceKind);
export const schema = handlerOf(schemaKind);
export const provisioningPolicy = handlerOf(provisioningPolicyKind);
export const schedule = handlerOf(scheduleKind);
export const correlationConfig = handlerOf(correlationConfigKind);
export const nativeChangeDetection = handlerOf(nativeChangeDetectionKind);
export const attributeSyncConfig = handlerOf(attributeSyncConfigKind);
export const entitlementRequestConfig = handlerOf(entitlementRequestConfigKind);
export const aggregation = actionHandlerOf(aggregationAction);
