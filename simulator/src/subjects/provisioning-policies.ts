import { z } from "zod";

import { bodyAs } from "../http/body";
import { listed } from "../http/collection";
import { immutable, invalid, notFound } from "../http/errors";
import { created, noContent, ok, type Call, type Operation } from "../http/operation";
import { patched } from "../http/patch";
import type { JsonObject } from "../json";
import type { Stored } from "../storage";
import { bySubtype, policySchema, usageTypes, type PolicyContent } from "./policy-shape";
import { policiesOf, presentedPolicy, requireFree, writePolicy } from "./policy-store";
import { existingSource } from "./references";

const path = "/sources/:sourceId/provisioning-policies";

export const policyOperations: readonly Operation[] = [
  { id: "listProvisioningPolicies", method: "GET", path, handle: list },
  { id: "createProvisioningPolicy", method: "POST", path, accepts: "json", handle: create },
  {
    id: "updateProvisioningPoliciesInBulk",
    method: "POST",
    path: `${path}/bulk-update`,
    accepts: "json",
    handle: updateInBulk,
  },
  { id: "getProvisioningPolicy", method: "GET", path: `${path}/:usageType`, handle: get },
  { id: "putProvisioningPolicy", method: "PUT", path: `${path}/:usageType`, accepts: "json", handle: put },
  {
    id: "updateProvisioningPolicy",
    method: "PATCH",
    path: `${path}/:usageType`,
    accepts: "json-patch",
    handle: update,
  },
  { id: "deleteProvisioningPolicy", method: "DELETE", path: `${path}/:usageType`, handle: remove },
];

function list(call: Call) {
  const sourceId = call.param("sourceId");
  if (call.storage.collection("sources").get(sourceId) === undefined) throw notFound();
  const policies = policiesOf(call.storage, sourceId).list();
  const shown = policies.map((policy) => presentedPolicy(call.tenant, policy));
  // Pages exist from v2026 on; before, one answer holds them all.
  const pages = call.version === "v2026" || call.version === "services";
  return pages ? listed(call, shown) : ok(call.tenant.inListOrder(shown));
}

function create(call: Call) {
  const sourceId = call.param("sourceId");
  existingSource(call.tenant, sourceId);
  const sent = bodyAs(policySchema, call.body);
  if (sent.usageType === undefined) throw invalid("usageType is required.");
  requireFree(call.tenant, sourceId, { usageType: sent.usageType, subtypeId: null });
  return created(write(call, sent.usageType, sent));
}

function get(call: Call) {
  const policy = policiesOf(call.storage, call.param("sourceId")).get(usageTypeOf(call));
  if (policy === undefined) throw notFound();
  return ok(presentedPolicy(call.tenant, policy));
}

function put(call: Call) {
  existing(call);
  const sent = bodyAs(policySchema, call.body);
  const usageType = call.param("usageType");
  if (sent.usageType !== undefined && sent.usageType !== usageType) throw immutable("usageType");
  return ok(write(call, usageType, sent));
}

function update(call: Call) {
  const after = patched(existing(call), call.body, ["usageType"], call.tenant.settings.behaviours);
  return ok(write(call, call.param("usageType"), bodyAs(policySchema, after)));
}

function remove(call: Call) {
  existing(call);
  policiesOf(call.tenant.storage, call.param("sourceId")).remove(call.param("usageType"));
  return noContent;
}

/** All policies of the body or none: each must exist. */
function updateInBulk(call: Call) {
  const sourceId = call.param("sourceId");
  existingSource(call.tenant, sourceId);
  const sent = bodyAs(z.array(policySchema), call.body).map((policy) => {
    if (policy.usageType === undefined) throw invalid("usageType is required.");
    return { ...policy, usageType: policy.usageType };
  });
  const collection = policiesOf(call.tenant.storage, sourceId);
  if (sent.some(({ usageType }) => collection.get(usageType) === undefined)) throw notFound();
  return ok(sent.map((policy) => write(call, policy.usageType, policy)));
}

function existing(call: Call): Stored {
  existingSource(call.tenant, call.param("sourceId"));
  const policy = policiesOf(call.tenant.storage, call.param("sourceId")).get(usageTypeOf(call));
  if (policy === undefined) throw notFound();
  return policy;
}

/** The usage type of the path. Some that the list has are not found by it. */
function usageTypeOf(call: Call): string {
  const usageType = call.param("usageType");
  const withoutPath = call.tenant.settings.behaviours.policiesWithoutPath.split(",").map((name) => name.trim());
  if ([bySubtype, ...withoutPath].includes(usageType)) {
    throw notFound(`Referenced template '${usageType}' was not found.`);
  }
  if (!(usageTypes as readonly string[]).includes(usageType)) throw invalid(`There is no usage type "${usageType}".`);
  return usageType;
}

function write(call: Call, usageType: string, sent: PolicyContent): JsonObject {
  const { tenant } = call;
  return presentedPolicy(tenant, writePolicy(tenant, call.param("sourceId"), { usageType, subtypeId: null }, sent));
}
