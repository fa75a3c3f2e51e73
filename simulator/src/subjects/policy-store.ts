import { notFound, refuse } from "../http/errors";
import type { JsonObject } from "../json";
import type { Connector } from "../seed/connector";
import type { Collection, Storage, Stored } from "../storage";
import type { Tenant } from "../tenant";
import type { PolicyContent } from "./policy-shape";

/** What tells the policies of a source apart. */
export interface PolicyKey {
  usageType: string;
  /** Only policies of machine accounts have one. */
  subtypeId: string | null;
}

export const policiesOf = (storage: Storage, sourceId: string): Collection =>
  storage.collection("provisioning-policies", sourceId);

/** The key that a policy is stored under: its usage type, where it needs no more. */
export const storedUnder = ({ usageType, subtypeId }: PolicyKey): string =>
  subtypeId === null ? usageType : `${usageType}:${subtypeId}`;

/** The CREATE policy that a source of this connector has from its first moment. */
export function createPolicyFromTemplate(tenant: Tenant, sourceId: string, connector: Connector): void {
  const sent = { name: "Account", fields: defaultFields(connector) };
  writePolicy(tenant, sourceId, { usageType: "CREATE", subtypeId: null }, sent);
}

/** The fields that a policy starts with where nobody says which. */
export const defaultFields = (connector: Connector) => connector.createFields.map((field) => ({ ...field }));

/** Refuses a policy that the source has already. */
export function requireFree(tenant: Tenant, sourceId: string, key: PolicyKey): void {
  if (policiesOf(tenant.storage, sourceId).get(storedUnder(key)) === undefined) return;
  const of = key.subtypeId === null ? "" : ` for the subtype ${key.subtypeId}`;
  throw refuse(
    tenant.settings.behaviours.duplicatePolicy,
    `The source already has a provisioning policy of usage type ${key.usageType}${of}.`,
  );
}

/** Stores what a policy is from now on. */
export function writePolicy(tenant: Tenant, sourceId: string, key: PolicyKey, sent: PolicyContent): Stored {
  const collection = policiesOf(tenant.storage, sourceId);
  const at = storedUnder(key);
  const policy = {
    id: collection.get(at)?.["id"] ?? tenant.ids.nextUuid("provisioning policy", `${sourceId}/${at}`),
    name: sent.name,
    description: sent.description ?? null,
    usageType: key.usageType,
    subtypeId: key.subtypeId,
    fields: (sent.fields ?? []).map((field) => ({
      ...field,
      transform: field.transform ?? {},
      attributes: field.attributes ?? {},
      // The server drops the flag without a word for every usage type but CREATE.
      isRequired: key.usageType === "CREATE" && field.isRequired === true,
      type: fieldType(tenant, field.type),
      isMultiValued: field.isMultiValued ?? false,
    })),
  };
  collection.put(at, policy);
  return policy;
}

function fieldType(tenant: Tenant, sent: string | null | undefined): string | null {
  const isBlank = sent === undefined || sent === null || sent === "";
  const keepsBlank = sent !== undefined && tenant.settings.behaviours.blankFieldType === "kept";
  return isBlank && !keepsBlank ? "string" : sent;
}

/** A policy as the path by usage type shows it. */
export function presentedPolicy(tenant: Tenant, policy: Stored): JsonObject {
  const { id: _id, subtypeId: _subtypeId, name, description, ...rest } = policy;
  const names = { kept: name ?? null, null: null, empty: "" };
  return {
    name: names[tenant.settings.behaviours.policyName],
    ...(typeof description === "string" ? { description } : {}),
    ...rest,
  };
}

/** A policy as the path by id shows it. */
export const presentedPolicyById = (tenant: Tenant, sourceId: string, key: string, policy: Stored): JsonObject => ({
  id: idOf(tenant, sourceId, key, policy),
  subtypeId: policy["subtypeId"] ?? null,
  ...presentedPolicy(tenant, policy),
});

/** The policy with this id, and the key that it is stored under; 404 if there is none. */
export function policyById(tenant: Tenant, storage: Storage, sourceId: string, id: string): [string, Stored] {
  const found = policiesOf(storage, sourceId)
    .entries()
    .find(([key, policy]) => idOf(tenant, sourceId, key, policy) === id);
  if (found === undefined) throw notFound(`Referenced id "${id}" was not found`);
  return found;
}

/** A policy that was stored without an id, by an administrator or an older version, has one all the same. */
const idOf = (tenant: Tenant, sourceId: string, key: string, policy: Stored): string =>
  typeof policy["id"] === "string" ? policy["id"] : tenant.ids.uuidOf(`provisioning policy ${sourceId}/${key}`);
