import { aggregation } from "./aggregation";
import { attributeSyncConfig } from "./attribute-sync-config";
import { correlationConfig } from "./correlation-config";
import { entitlementRequestConfig } from "./entitlement-request-config";
import { nativeChangeDetection } from "./native-change-detection";
import { provisioningPolicy } from "./provisioning-policy";
import { schedule } from "./schedule";
import { schema } from "./schema";
import { source } from "./source";

/** Every kind of resource, in the order in which people read of them, by the names of its handlers. */
export const kinds = {
  source,
  schema,
  provisioningPolicy,
  schedule,
  correlationConfig,
  nativeChangeDetection,
  attributeSyncConfig,
  entitlementRequestConfig,
  aggregation,
} as const;
