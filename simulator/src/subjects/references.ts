import { invalid, notFound } from "../http/errors";
import { isObject, textOf, type JsonObject } from "../json";
import type { Tenant } from "../tenant";

/** What may be referred to: the type a reference carries, and the collection that holds the objects. */
const collectionOfType = {
  IDENTITY: "identities",
  CLUSTER: "managed-clusters",
  GOVERNANCE_GROUP: "workgroups",
  RULE: "rules",
  PASSWORD_POLICY: "password-policies",
} as const;

export type ReferenceType = keyof typeof collectionOfType;

/** A reference as the server writes it: type, id and the name that the object has here. Refuses what does not exist. */
export function resolved(tenant: Tenant, field: string, type: ReferenceType, given: unknown): JsonObject | null {
  if (given === undefined || given === null) return null;
  if (!isObject(given)) throw invalid(`${field} must be a reference.`);
  if (given["type"] !== undefined && given["type"] !== type) throw invalid(`${field}.type must be ${type}.`);
  const id = textOf(given["id"]);
  if (id === "") throw invalid(`${field}.id is required.`);
  const object = tenant.storage.collection(collectionOfType[type]).get(id);
  if (object === undefined) throw invalid(`${field} refers to ${type} "${id}", which does not exist.`);
  return { type, id, name: object["displayName"] ?? object["name"] };
}

/** The stored source; 404 if there is none, or if it is being deleted. */
export function existingSource(tenant: Tenant, id: string): Readonly<JsonObject> {
  const source = tenant.storage.collection("sources").get(id);
  if (source === undefined) throw notFound();
  return source;
}
