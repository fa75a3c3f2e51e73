import { z } from "zod";
import { since2024, since2025 } from "../versions";
import { operation } from "./define";
import { flag, jsonPatch, maybe, paged, reference, text, whole } from "./shapes";

/** When a source aggregates by itself: at most one schedule of each type. */
const schedule = z.looseObject({ type: text, cronExpression: maybe(text) });
/** When a source is aggregated. */
export type Schedule = z.infer<typeof schedule>;
const newSchedule = z.looseObject({ type: text, cronExpression: text });

const attributeAssignment = z.looseObject({
  /** The identity attribute. */
  property: maybe(text),
  /** The account attribute. */
  value: maybe(text),
  operation: maybe(text),
  complex: maybe(flag),
  ignoreCase: maybe(flag),
  matchMode: maybe(text),
  filterString: maybe(text),
});
/** One assignment of a correlation config: an account attribute that must be as an identity's. */
export type AttributeAssignment = z.infer<typeof attributeAssignment>;

/** How accounts find their identity. The order of the assignments matters. */
const correlationConfig = z.looseObject({
  id: maybe(text),
  name: maybe(text),
  attributeAssignments: maybe(z.array(attributeAssignment)),
});
/** How accounts of a source find their identity. */
export type CorrelationConfig = z.infer<typeof correlationConfig>;

const nativeChangeDetectionConfig = z.looseObject({
  enabled: maybe(flag),
  operations: maybe(z.array(text)),
  allEntitlements: maybe(flag),
  allNonEntitlementAttributes: maybe(flag),
  selectedEntitlements: maybe(z.array(text)),
  selectedNonEntitlementAttributes: maybe(z.array(text)),
});
/** Which changes on the system itself are told. */
export type NativeChangeDetectionConfig = z.infer<typeof nativeChangeDetectionConfig>;

/** Which attributes are synchronized. Only `enabled` can be changed. */
const attributeSyncConfig = z.looseObject({
  source: maybe(reference),
  attributes: maybe(
    z.array(z.looseObject({ name: maybe(text), displayName: maybe(text), enabled: maybe(flag), target: maybe(text) })),
  ),
});
/** Which attributes of identities are written to a source's accounts. */
export type AttributeSyncConfig = z.infer<typeof attributeSyncConfig>;

const approvalSchemes = maybe(z.array(z.looseObject({ approverType: maybe(text), approverId: maybe(text) })));
const duration = z.looseObject({ value: maybe(whole), timeUnit: maybe(text) });

const entitlementRequestConfig = z.looseObject({
  accessRequestConfig: maybe(
    z.looseObject({
      approvalSchemes,
      requestCommentRequired: maybe(flag),
      denialCommentRequired: maybe(flag),
      reauthorizationRequired: maybe(flag),
      requireEndDate: maybe(flag),
      maxPermittedAccessDuration: maybe(duration),
      /** The form that asks for more; the per-service form alone knows it. A PUT without it may take it away. */
      formDefinitionId: maybe(text),
    }),
  ),
  revocationRequestConfig: maybe(z.looseObject({ approvalSchemes })),
});
/** Who approves requests for a source's entitlements. */
export type EntitlementRequestConfig = z.infer<typeof entitlementRequestConfig>;

/** Which password policy holds for which identities of a source. */
const passwordPolicyHolder = z.looseObject({
  policyId: maybe(text),
  policyName: maybe(text),
  selectors: maybe(
    z.looseObject({ identityAttr: maybe(z.array(z.looseObject({ name: maybe(text), value: maybe(text) }))) }),
  ),
});
/** A password policy of a source, and for whom it is. */
export type PasswordPolicyHolder = z.infer<typeof passwordPolicyHolder>;

const schedules = "/sources/{sourceId}/schedules";
const oneSchedule = `${schedules}/{scheduleType}` as const;
const correlation = "/sources/{id}/correlation-config";
const nativeChangeDetection = "/sources/{sourceId}/native-change-detection-config";
const attributeSync = "/sources/{id}/attribute-sync-config";
const entitlementRequest = "/sources/{id}/entitlement-request-config";
const passwordPolicies = "/sources/{sourceId}/password-policies";

export const settings = {
  getSourceSchedules: operation({
    method: "GET",
    path: schedules,
    does: "list the schedules of the source",
    versions: since2024,
    answer: z.array(schedule),
  }),
  createSourceSchedule: operation({
    method: "POST",
    path: schedules,
    does: "create the schedule",
    versions: since2024,
    body: newSchedule,
    answer: schedule,
  }),
  getSourceSchedule: operation({
    method: "GET",
    path: oneSchedule,
    does: "read the schedule",
    versions: since2024,
    answer: schedule,
  }),
  updateSourceSchedule: operation({
    method: "PATCH",
    path: oneSchedule,
    does: "change the schedule",
    versions: since2024,
    body: jsonPatch,
    answer: schedule,
  }),
  deleteSourceSchedule: operation({
    method: "DELETE",
    path: oneSchedule,
    does: "delete the schedule",
    versions: since2024,
  }),
  getCorrelationConfig: operation({
    method: "GET",
    path: correlation,
    does: "read the correlation config",
    versions: since2024,
    answer: correlationConfig,
  }),
  putCorrelationConfig: operation({
    method: "PUT",
    path: correlation,
    does: "write the correlation config",
    versions: since2024,
    body: correlationConfig,
    answer: correlationConfig,
  }),
  getNativeChangeDetectionConfig: operation({
    method: "GET",
    path: nativeChangeDetection,
    does: "read the native change detection",
    versions: since2024,
    experimentalIn: ["earlier documents"],
    answer: nativeChangeDetectionConfig,
  }),
  putNativeChangeDetectionConfig: operation({
    method: "PUT",
    path: nativeChangeDetection,
    does: "write the native change detection",
    versions: since2024,
    experimentalIn: ["earlier documents"],
    body: nativeChangeDetectionConfig,
    answer: nativeChangeDetectionConfig,
  }),
  deleteNativeChangeDetectionConfig: operation({
    method: "DELETE",
    path: nativeChangeDetection,
    does: "delete the native change detection",
    versions: since2024,
    experimentalIn: ["earlier documents"],
  }),
  getSourceAttrSyncConfig: operation({
    method: "GET",
    path: attributeSync,
    does: "read the attribute synchronization",
    versions: since2024,
    experimentalIn: since2024,
    answer: attributeSyncConfig,
  }),
  putSourceAttrSyncConfig: operation({
    method: "PUT",
    path: attributeSync,
    does: "write the attribute synchronization",
    versions: since2024,
    experimentalIn: since2024,
    body: attributeSyncConfig,
    answer: attributeSyncConfig,
  }),
  getSourceEntitlementRequestConfig: operation({
    method: "GET",
    path: entitlementRequest,
    does: "read the entitlement request config",
    versions: since2024,
    experimentalIn: ["earlier documents"],
    answer: entitlementRequestConfig,
  }),
  updateSourceEntitlementRequestConfig: operation({
    method: "PUT",
    path: entitlementRequest,
    does: "write the entitlement request config",
    versions: since2024,
    experimentalIn: ["earlier documents"],
    body: entitlementRequestConfig,
    answer: entitlementRequestConfig,
  }),
  listPasswordPolicyHoldersOnSource: operation({
    method: "GET",
    path: passwordPolicies,
    does: "list the password policies of the source",
    versions: since2025,
    query: paged,
    answer: z.array(passwordPolicyHolder),
    pageSize: 250,
  }),
  updatePasswordPolicyHolders: operation({
    method: "PATCH",
    path: passwordPolicies,
    does: "set the password policies of the source",
    versions: since2024,
    // A PATCH in name only: the body is the list of holders, not a JSON Patch.
    sends: "json",
    body: z.array(passwordPolicyHolder),
    answer: z.array(passwordPolicyHolder),
    idempotent: true,
  }),
};
