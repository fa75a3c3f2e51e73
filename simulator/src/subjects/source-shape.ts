import { z } from "zod";

const reference = (type: string) =>
  z.object({ type: z.literal(type).optional(), id: z.string(), name: z.string().nullish() }).nullish();

export const features = [
  "AUTHENTICATE",
  "COMPOSITE",
  "DIRECT_PERMISSIONS",
  "DISCOVER_SCHEMA",
  "ENABLE",
  "MANAGER_LOOKUP",
  "NO_RANDOM_ACCESS",
  "PROXY",
  "SEARCH",
  "TEMPLATE",
  "UNLOCK",
  "UNSTRUCTURED_TARGETS",
  "SHAREPOINT_TARGET",
  "PROVISIONING",
  "GROUP_PROVISIONING",
  "SYNC_PROVISIONING",
  "PASSWORD",
  "CURRENT_PASSWORD",
  "ACCOUNT_ONLY_REQUEST",
  "ADDITIONAL_ACCOUNT_REQUEST",
  "NO_AGGREGATION",
  "GROUPS_HAVE_MEMBERS",
  "NO_PERMISSIONS_PROVISIONING",
  "NO_GROUP_PERMISSIONS_PROVISIONING",
  "NO_UNSTRUCTURED_TARGETS_PROVISIONING",
  "NO_DIRECT_PERMISSIONS_PROVISIONING",
  "PREFER_UUID",
  "ARM_SECURITY_EXTRACT",
  "ARM_UTILIZATION_EXTRACT",
  "ARM_CHANGELOG_EXTRACT",
  "USES_UUID",
  "APPLICATION_DISCOVERY",
  "DELETE",
] as const;

/** What a client may send of a source. What the server computes is read and dropped. */
export const sourceSchema = z.object({
  name: z.string().min(1).max(128),
  description: z.string().nullish(),
  owner: z.object({ type: z.literal("IDENTITY").optional(), id: z.string(), name: z.string().nullish() }),
  cluster: z.object({ type: z.literal("CLUSTER"), id: z.string(), name: z.string() }).nullish(),
  accountCorrelationConfig: reference("ACCOUNT_CORRELATION_CONFIG"),
  accountCorrelationRule: reference("RULE"),
  managerCorrelationMapping: z
    .object({ accountAttributeName: z.string().optional(), identityAttributeName: z.string().optional() })
    .nullish(),
  managerCorrelationRule: reference("RULE"),
  beforeProvisioningRule: reference("RULE"),
  managementWorkgroup: reference("GOVERNANCE_GROUP"),
  features: z.array(z.enum(features)).nullish(),
  connector: z.string().min(1),
  connectorClass: z.string().nullish(),
  connectorAttributes: z.record(z.string(), z.unknown()).nullish(),
  connectionType: z.string().nullish(),
  deleteThreshold: z.number().int().min(0).max(100).nullish(),
  credentialProviderEnabled: z.boolean().nullish(),
});

export type SentSource = z.infer<typeof sourceSchema>;
