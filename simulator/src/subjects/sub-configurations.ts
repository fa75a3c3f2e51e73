import { z } from "zod";

import { bodyAs } from "../http/body";
import { invalid, notFound } from "../http/errors";
import { accepted, from2024, noContent, ok, type Call, type Operation } from "../http/operation";
import { isObject, textOf, type JsonObject } from "../json";
import { identityAttributes } from "../seed/tenant-objects";
import type { Storage } from "../storage";
import { existingSource } from "./references";

const nativeChangeDetection = "/sources/:sourceId/native-change-detection-config";
const attributeSync = "/sources/:id/attribute-sync-config";
const entitlementRequest = "/sources/:id/entitlement-request-config";
const versions = from2024;
const experimentalIn = ["v2024", "v2025", "v2026", "services"] as const;

export const subConfigurationOperations: readonly Operation[] = [
  { id: "getNativeChangeDetectionConfig", method: "GET", path: nativeChangeDetection, versions, handle: getDetection },
  {
    id: "putNativeChangeDetectionConfig",
    method: "PUT",
    path: nativeChangeDetection,
    versions,
    accepts: "json",
    handle: putDetection,
  },
  {
    id: "deleteNativeChangeDetectionConfig",
    method: "DELETE",
    path: nativeChangeDetection,
    versions,
    handle: deleteDetection,
  },
  { id: "getSourceAttrSyncConfig", method: "GET", path: attributeSync, versions, experimentalIn, handle: getSync },
  {
    id: "putSourceAttrSyncConfig",
    method: "PUT",
    path: attributeSync,
    versions,
    experimentalIn,
    accepts: "json",
    handle: putSync,
  },
  {
    id: "syncAttributesForSource",
    method: "POST",
    path: "/sources/:id/synchronize-attributes",
    versions,
    experimentalIn,
    handle: synchronize,
  },
  { id: "getSourceEntitlementRequestConfig", method: "GET", path: entitlementRequest, versions, handle: getRequest },
  {
    id: "updateSourceEntitlementRequestConfig",
    method: "PUT",
    path: entitlementRequest,
    versions,
    accepts: "json",
    handle: putRequest,
  },
];

const detectionSchema = z.object({
  enabled: z.boolean().default(false),
  operations: z.array(z.enum(["ACCOUNT_UPDATED", "ACCOUNT_CREATED", "ACCOUNT_DELETED"])).default([]),
  allEntitlements: z.boolean().default(false),
  allNonEntitlementAttributes: z.boolean().default(false),
  selectedEntitlements: z.array(z.string()).default([]),
  selectedNonEntitlementAttributes: z.array(z.string()).default([]),
});

function getDetection(call: Call) {
  const sourceId = call.param("sourceId");
  requireSource(call, sourceId);
  const stored = call.storage.collection("native-change-detection-config", sourceId).get("");
  return ok(stored ?? detectionSchema.parse({}));
}

function putDetection(call: Call) {
  const sourceId = call.param("sourceId");
  existingSource(call.tenant, sourceId);
  const config = bodyAs(detectionSchema, call.body);
  call.tenant.storage.collection("native-change-detection-config", sourceId).put("", config);
  return ok(config);
}

function deleteDetection(call: Call) {
  const sourceId = call.param("sourceId");
  existingSource(call.tenant, sourceId);
  call.tenant.storage.collection("native-change-detection-config", sourceId).remove("");
  return noContent;
}

const syncSchema = z.object({
  source: z.object({ type: z.literal("SOURCE").optional(), id: z.string(), name: z.string().nullish() }),
  attributes: z.array(
    z.object({ name: z.string(), displayName: z.string(), enabled: z.boolean(), target: z.string() }),
  ),
});

function getSync(call: Call) {
  const id = call.param("id");
  requireSource(call, id);
  return ok(syncConfig(call.storage, id));
}

/** Only `enabled` may differ from what GET lists. */
function putSync(call: Call) {
  const id = call.param("id");
  existingSource(call.tenant, id);
  const sent = bodyAs(syncSchema, call.body);
  if (sent.source.id !== id) throw invalid("source.id is not the source of the path.");
  const listed = syncAttributes(call.tenant.storage, id);
  const fits =
    sent.attributes.length === listed.length &&
    listed.every(({ name, displayName, target }) =>
      sent.attributes.some(
        (attribute) => attribute.name === name && attribute.displayName === displayName && attribute.target === target,
      ),
    );
  if (!fits) throw invalid("attributes: only enabled may be changed, of exactly the attributes that are listed.");
  const enabled = sent.attributes.filter((attribute) => attribute.enabled).map(({ name }) => name);
  call.tenant.storage.collection("attribute-sync-config", id).put("", { enabled });
  return ok(syncConfig(call.tenant.storage, id));
}

function syncConfig(storage: Storage, id: string): JsonObject {
  const name = storage.collection("sources").get(id)?.["name"] ?? null;
  return { source: { type: "SOURCE", id, name }, attributes: syncAttributes(storage, id) };
}

/** Identity attributes that the account schema has a place for. */
function syncAttributes(storage: Storage, id: string) {
  const schemas = storage.collection("schemas", id).list();
  const attributes = schemas.find((schema) => schema["name"] === "account")?.["attributes"];
  const names = (Array.isArray(attributes) ? attributes : []).filter(isObject).map(({ name }) => textOf(name));
  const enabled = storage.collection("attribute-sync-config", id).get("")?.["enabled"];
  const switchedOn: unknown[] = Array.isArray(enabled) ? enabled : [];
  return identityAttributes.flatMap(({ name, displayName, targets }) => {
    const target = targets.find((candidate) => names.includes(candidate));
    return target === undefined ? [] : [{ name, displayName, enabled: switchedOn.includes(name), target }];
  });
}

function synchronize(call: Call) {
  const id = call.param("id");
  existingSource(call.tenant, id);
  return accepted({
    id: call.tenant.ids.nextUuid("sync-job", id),
    status: "IN_PROGRESS",
    payload: { type: "SYNCHRONIZE_SOURCE_ATTRIBUTES", dataJson: JSON.stringify({ sourceId: id }) },
  });
}

const approvalSchemes = z
  .array(
    z.object({
      approverType: z.enum(["ENTITLEMENT_OWNER", "SOURCE_OWNER", "MANAGER", "GOVERNANCE_GROUP", "WORKFLOW"]),
      approverId: z.string().nullable().default(null),
    }),
  )
  .default([]);

const requestSchema = z.object({
  accessRequestConfig: z
    .looseObject({
      approvalSchemes,
      formDefinitionId: z.string().nullish(),
      requestCommentRequired: z.boolean().default(false),
      denialCommentRequired: z.boolean().default(false),
      reauthorizationRequired: z.boolean().default(false),
      requireEndDate: z.boolean().default(false),
      maxPermittedAccessDuration: z
        .object({ value: z.number().int().positive(), timeUnit: z.enum(["HOURS", "DAYS", "WEEKS", "MONTHS"]) })
        .nullable()
        .default(null),
    })
    .prefault({}),
  revocationRequestConfig: z.object({ approvalSchemes }).prefault({}),
});

function getRequest(call: Call) {
  const id = call.param("id");
  requireSource(call, id);
  const stored = call.storage.collection("entitlement-request-config", id).get("");
  return ok(presentedRequest(call, requestSchema.parse(stored ?? {})));
}

function putRequest(call: Call) {
  const id = call.param("id");
  existingSource(call.tenant, id);
  const config = bodyAs(requestSchema, call.body);
  const schemes = [...config.accessRequestConfig.approvalSchemes, ...config.revocationRequestConfig.approvalSchemes];
  for (const { approverType, approverId } of schemes) {
    if (approverType !== "GOVERNANCE_GROUP") continue;
    if (approverId === null || call.tenant.storage.collection("workgroups").get(approverId) === undefined) {
      throw invalid("approvalSchemes: GOVERNANCE_GROUP needs the id of a governance group as approverId.");
    }
  }
  call.tenant.storage.collection("entitlement-request-config", id).put("", config);
  return ok(presentedRequest(call, config));
}

/** The per-service form always tells the form that a request asks for, the annual ones where there is one. */
function presentedRequest(call: Call, config: z.infer<typeof requestSchema>): JsonObject {
  const { formDefinitionId = null, ...access } = config.accessRequestConfig;
  const isTold = call.version === "services" || formDefinitionId !== null;
  return { ...config, accessRequestConfig: { ...access, ...(isTold ? { formDefinitionId } : {}) } };
}

function requireSource(call: Call, id: string): void {
  if (call.storage.collection("sources").get(id) === undefined) throw notFound();
}
