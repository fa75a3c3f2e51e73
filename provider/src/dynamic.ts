/**
 * What the dynamic provider process requires. The path of this module and the names of its exports stand in every
 * user's state: they never change.
 */
import { handlerOf } from "./host/dynamic/handler";
import { kinds } from "./kinds";

export const source = handlerOf(kinds.source);
export const schema = handlerOf(kinds.schema);
export const provisioningPolicy = handlerOf(kinds.provisioningPolicy);
export const schedule = handlerOf(kinds.schedule);
export const correlationConfig = handlerOf(kinds.correlationConfig);
export const nativeChangeDetection = handlerOf(kinds.nativeChangeDetection);
export const attributeSyncConfig = handlerOf(kinds.attributeSyncConfig);
export const entitlementRequestConfig = handlerOf(kinds.entitlementRequestConfig);
export const aggregation = handlerOf(kinds.aggregation);
