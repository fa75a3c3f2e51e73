import { z } from "zod";

import { bodyAs } from "../http/body";
import { listed } from "../http/collection";
import { immutable, invalid, notFound, refuse } from "../http/errors";
import { created, noContent, ok, type Call, type Operation } from "../http/operation";
import { patched } from "../http/patch";
import type { JsonObject } from "../json";
import type { Connector } from "../seed/connector";
import type { Stored } from "../storage";
import type { Tenant } from "../tenant";
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

/** The documented usage types. */
const usageTypes = [
  "CREATE",
  "UPDATE",
  "ENABLE",
  "DISABLE",
  "DELETE",
  "ASSIGN",
  "UNASSIGN",
  "CREATE_GROUP",
  "UPDATE_GROUP",
  "DELETE_GROUP",
  "REGISTER",
  "CREATE_IDENTITY",
  "UPDATE_IDENTITY",
  "EDIT_GROUP",
  "UNLOCK",
  "CHANGE_PASSWORD",
] as const;

/** The usage type whose policies, one for each subtype, the list has and no path by usage type. */
const byIdOnly = "CREATE_MACHINE_ACCOUNT";

const anyObject = z.record(z.string(), z.unknown());

const policySchema = z.object({
  name: z.string().nullable(),
  description: z.string().nullish(),
  usageType: z.enum(usageTypes).optional(),
  fields: z
    .array(
      z.looseObject({
        name: z.string(),
        transform: anyObject.nullish(),
        attributes: anyObject.nullish(),
        isRequired: z.boolean().nullish(),
        // The official example of a creation has "" here.
        type: z.enum(["string", "int", "long", "date", "boolean", "secret", ""]).nullish(),
        isMultiValued: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

type SentPolicy = z.infer<typeof policySchema>;

/** The CREATE policy that a source of this connector has from its first moment. */
export function createPolicyFromTemplate(tenant: Tenant, sourceId: string, connector: Connector): void {
  const fields = connector.createFields.map((field) => ({ ...field }));
  const policy = { name: "Account", description: null, usageType: "CREATE", fields };
  tenant.storage.collection("provisioning-policies", sourceId).put("CREATE", policy);
}

function list(call: Call) {
  const sourceId = call.param("sourceId");
  if (call.storage.collection("sources").get(sourceId) === undefined) throw notFound();
  const policies = call.storage.collection("provisioning-policies", sourceId).list();
  const shown = policies.map((policy) => presented(call.tenant, policy));
  // Pages exist from v2026 on; before, one answer holds them all.
  return call.version === "v2026" ? listed(call, shown) : ok(call.tenant.inListOrder(shown));
}

function create(call: Call) {
  const sourceId = call.param("sourceId");
  existingSource(call.tenant, sourceId);
  const sent = bodyAs(policySchema, call.body);
  if (sent.usageType === undefined) throw invalid("usageType is required.");
  if (call.tenant.storage.collection("provisioning-policies", sourceId).get(sent.usageType) !== undefined) {
    const { duplicatePolicy } = call.tenant.settings.behaviours;
    throw refuse(duplicatePolicy, `The source already has a provisioning policy of usage type ${sent.usageType}.`);
  }
  return created(write(call, sent.usageType, sent));
}

function get(call: Call) {
  const policy = call.storage.collection("provisioning-policies", call.param("sourceId")).get(usageTypeOf(call));
  if (policy === undefined) throw notFound();
  return ok(presented(call.tenant, policy));
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
  call.tenant.storage.collection("provisioning-policies", call.param("sourceId")).remove(call.param("usageType"));
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
  const collection = call.tenant.storage.collection("provisioning-policies", sourceId);
  if (sent.some(({ usageType }) => collection.get(usageType) === undefined)) throw notFound();
  return ok(sent.map((policy) => write(call, policy.usageType, policy)));
}

function existing(call: Call): Stored {
  existingSource(call.tenant, call.param("sourceId"));
  const policy = call.tenant.storage.collection("provisioning-policies", call.param("sourceId")).get(usageTypeOf(call));
  if (policy === undefined) throw notFound();
  return policy;
}

/** The usage type of the path. Some that the list has are not found by it. */
function usageTypeOf(call: Call): string {
  const usageType = call.param("usageType");
  const withoutPath = call.tenant.settings.behaviours.policiesWithoutPath.split(",").map((name) => name.trim());
  if ([byIdOnly, ...withoutPath].includes(usageType)) {
    throw notFound(`Referenced template '${usageType}' was not found.`);
  }
  if (!(usageTypes as readonly string[]).includes(usageType)) throw invalid(`There is no usage type "${usageType}".`);
  return usageType;
}

const isBlank = (type: string | null) => type === null || type === "";

function write(call: Call, usageType: string, sent: SentPolicy): JsonObject {
  const blanks = call.tenant.settings.behaviours.blankFieldType;
  const policy = {
    name: sent.name,
    description: sent.description ?? null,
    usageType,
    fields: (sent.fields ?? []).map((field) => ({
      ...field,
      transform: field.transform ?? {},
      attributes: field.attributes ?? {},
      // The server drops the flag without a word for every usage type but CREATE.
      isRequired: usageType === "CREATE" && field.isRequired === true,
      type: field.type === undefined || (blanks === "string" && isBlank(field.type)) ? "string" : field.type,
      isMultiValued: field.isMultiValued ?? false,
    })),
  };
  call.tenant.storage.collection("provisioning-policies", call.param("sourceId")).put(usageType, policy);
  return presented(call.tenant, policy);
}

function presented(tenant: Tenant, policy: Stored): JsonObject {
  const { name, description, ...rest } = policy;
  const names = { kept: name ?? null, null: null, empty: "" };
  return {
    name: names[tenant.settings.behaviours.policyName],
    ...(typeof description === "string" ? { description } : {}),
    ...rest,
  };
}
