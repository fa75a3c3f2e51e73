import { bodyAs } from "../http/body";
import { listed } from "../http/collection";
import { immutable, invalid, notFound } from "../http/errors";
import { created, flag, noContent, ok, type Call, type Operation } from "../http/operation";
import { patched } from "../http/patch";
import { isObject, textOf } from "../json";
import type { Stored } from "../storage";
import { connectorOf } from "./connector-attributes";
import { bySubtype, policyByIdSchema } from "./policy-shape";
import {
  defaultFields,
  policiesOf,
  policyById,
  presentedPolicyById,
  requireFree,
  storedUnder,
  writePolicy,
  type PolicyKey,
} from "./policy-store";
import { existingSource } from "./references";

const path = "/sources/:sourceId/provisioning-policies";
const common = { number: 2, versions: ["services"], experimentalIn: ["services"] } as const;

/** The second number of these paths: by id, with several policies of one usage type, and experimental. */
export const policyByIdOperations: readonly Operation[] = [
  { id: "listProvisioningPoliciesById", method: "GET", path, ...common, handle: list },
  { id: "createProvisioningPolicyById", method: "POST", path, accepts: "json", ...common, handle: create },
  { id: "getProvisioningPolicyById", method: "GET", path: `${path}/:id`, ...common, handle: get },
  { id: "putProvisioningPolicyById", method: "PUT", path: `${path}/:id`, accepts: "json", ...common, handle: put },
  {
    id: "updateProvisioningPolicyById",
    method: "PATCH",
    path: `${path}/:id`,
    accepts: "json-patch",
    ...common,
    handle: update,
  },
  { id: "deleteProvisioningPolicyById", method: "DELETE", path: `${path}/:id`, ...common, handle: remove },
];

function list(call: Call) {
  const sourceId = call.param("sourceId");
  if (call.storage.collection("sources").get(sourceId) === undefined) throw notFound();
  const rows = policiesOf(call.storage, sourceId)
    .entries()
    .map(([key, policy]) => presentedPolicyById(call.tenant, sourceId, key, policy));
  return listed(call, rows, { filterable: { usageType: ["eq"], subtypeId: ["eq"] } });
}

function get(call: Call) {
  const [key, policy] = policyById(call.tenant, call.storage, call.param("sourceId"), call.param("id"));
  return ok(presentedPolicyById(call.tenant, call.param("sourceId"), key, policy));
}

function create(call: Call) {
  const { tenant } = call;
  const sourceId = call.param("sourceId");
  const source = existingSource(tenant, sourceId);
  const withDefaults = flag(call, "useDefaultFields");
  const sent = bodyAs(policyByIdSchema, call.body);
  const key = keyOf(call, sent.usageType, sent.subtypeId ?? null);
  requireFree(tenant, sourceId, key);
  const connector = connectorOf(source["connector"]);
  const fields = withDefaults && connector !== undefined ? defaultFields(connector) : sent.fields;
  const policy = writePolicy(tenant, sourceId, key, { ...sent, fields });
  return created(presentedPolicyById(tenant, sourceId, storedUnder(key), policy));
}

function keyOf(call: Call, usageType: string | undefined, subtypeId: string | null): PolicyKey {
  if (usageType === undefined) throw invalid("usageType is required.");
  if (usageType !== bySubtype) {
    if (subtypeId !== null) throw invalid(`subtypeId is for ${bySubtype} only.`);
    return { usageType, subtypeId };
  }
  if (subtypeId === null) throw invalid(`subtypeId is required for ${bySubtype}.`);
  const subtype = call.tenant.storage.collection("source-subtypes").get(subtypeId);
  const isOfSource = isObject(subtype?.["source"]) && subtype["source"]["id"] === call.param("sourceId");
  if (!isOfSource) throw invalid(`subtypeId: the source has no subtype "${subtypeId}".`);
  return { usageType, subtypeId };
}

function put(call: Call) {
  const [key, before] = existing(call);
  const sent = bodyAs(policyByIdSchema, call.body);
  const given = { id: sent.id, usageType: sent.usageType, subtypeId: sent.subtypeId };
  const own: Stored = { ...before, id: call.param("id") };
  for (const [field, value] of Object.entries(given)) {
    if (value !== undefined && value !== null && value !== own[field]) throw immutable(field);
  }
  return written(call, key, before, sent);
}

function update(call: Call) {
  const [key, before] = existing(call);
  const after = patched(before, call.body, ["id", "usageType", "subtypeId"], call.tenant.settings.behaviours);
  return written(call, key, before, bodyAs(policyByIdSchema, after));
}

function written(call: Call, key: string, before: Stored, sent: Parameters<typeof writePolicy>[3]) {
  const { tenant } = call;
  const sourceId = call.param("sourceId");
  const subtypeId = typeof before["subtypeId"] === "string" ? before["subtypeId"] : null;
  const policy = writePolicy(tenant, sourceId, { usageType: textOf(before["usageType"]), subtypeId }, sent);
  return ok(presentedPolicyById(tenant, sourceId, key, policy));
}

function remove(call: Call) {
  const [key] = existing(call);
  policiesOf(call.tenant.storage, call.param("sourceId")).remove(key);
  return noContent;
}

function existing(call: Call): [string, Stored] {
  existingSource(call.tenant, call.param("sourceId"));
  return policyById(call.tenant, call.tenant.storage, call.param("sourceId"), call.param("id"));
}
