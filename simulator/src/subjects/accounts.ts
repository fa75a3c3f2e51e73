import { listed } from "../http/collection";
import { versions, type Call, type Operation } from "../http/operation";
import type { Table } from "../http/uploads";
import { equalJson, isObject, textOf, type JsonObject } from "../json";
import type { Collection, Stored } from "../storage";
import type { Tenant } from "../tenant";
import { existingSource } from "./references";
import { schemaNamed } from "./schemas";
import type { TaskResult } from "./tasks";

export const accountOperations: readonly Operation[] = [
  { id: "listAccounts", method: "GET", path: "/accounts", versions, handle: listAccounts },
];

const listing = {
  filterable: {
    sourceId: ["eq", "in", "sw"],
    nativeIdentity: ["eq", "in", "sw"],
    name: ["eq", "in", "sw"],
    uncorrelated: ["eq"],
  },
  sortable: ["id", "name", "nativeIdentity"],
} as const;

function listAccounts(call: Call) {
  const rows = [...call.storage.collections()]
    .filter(({ kind }) => kind === "accounts")
    .flatMap(({ parent: sourceId, collection }) =>
      collection.entries().map(([key, account]) => ({
        id: `${sourceId}:${key}`,
        name: key,
        nativeIdentity: key,
        sourceId,
        sourceName: call.storage.collection("sources").get(sourceId)?.["name"] ?? null,
        uncorrelated: account["correlation"] === undefined,
        attributes: account["attributes"],
      })),
    );
  return listed(call, rows, listing);
}

/** Makes the accounts of a source those of the table, or, without one, those that its system holds. */
export function loadAccounts(tenant: Tenant, sourceId: string, table: Table | undefined): TaskResult {
  const schema = schemaNamed(tenant.storage, sourceId, "account");
  if (schema === undefined) return { completionStatus: "ERROR", message: "The source has no account schema." };
  const threshold = Number(existingSource(tenant, sourceId)["deleteThreshold"] ?? 100);
  const result = load(tenant.storage.collection("accounts", sourceId), schema, table, threshold);
  const applications = textOf(existingSource(tenant, sourceId)["name"]);
  return { ...result, attributes: { ...result.attributes, applications } };
}

/** The same for entitlements. The request names no type: of several, a file is taken for the first one. */
export function loadEntitlements(tenant: Tenant, sourceId: string, table: Table | undefined): TaskResult {
  const schemas = tenant.storage.collection("schemas", sourceId).list();
  const schema = schemas.find((candidate) => candidate["name"] !== "account");
  if (schema === undefined) return { completionStatus: "ERROR", message: "The source has no group schema." };
  const result = load(tenant.storage.collection("entitlements", sourceId), schema, table, 100);
  const applications = textOf(existingSource(tenant, sourceId)["name"]);
  return { ...result, attributes: { ...result.attributes, applications } };
}

/** Marks the accounts of the table as correlated to the identities it names. */
export function markCorrelated(tenant: Tenant, sourceId: string, table: Table | undefined): TaskResult {
  const accounts = tenant.storage.collection("accounts", sourceId);
  const key = table?.columns[0] ?? "";
  let total = 0;
  for (const row of table?.rows ?? []) {
    const account = accounts.get(row[key] ?? "");
    if (account === undefined) continue;
    accounts.put(row[key] ?? "", { ...account, correlation: row });
    total += 1;
  }
  return { attributes: { total } };
}

export function removeAccounts(tenant: Tenant, sourceId: string): TaskResult {
  const accounts = tenant.storage.collection("accounts", sourceId);
  const keys = accounts.entries().map(([key]) => key);
  for (const key of keys) accounts.remove(key);
  return { attributes: { deleted: keys.length } };
}

/** The objects that a connector reads, made up so that they fit the schema. */
export function madeUpObjects(schema: Stored, count: number): JsonObject[] {
  const attributes = (Array.isArray(schema["attributes"]) ? schema["attributes"] : []).filter(isObject);
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(
      attributes.map((attribute) => {
        const value = madeUpValue(attribute, index + 1);
        return [textOf(attribute["name"]), attribute["isMulti"] === true ? [value] : value];
      }),
    ),
  );
}

function madeUpValue(attribute: JsonObject, number: number): unknown {
  switch (attribute["type"]) {
    case "INT":
    case "LONG":
      return 1000 + number;
    case "BOOLEAN":
      return number % 2 === 0;
    case "DATE":
      return new Date(Date.UTC(2024, 0, number)).toISOString();
    default:
      return `${textOf(attribute["name"])} ${String(number)}`;
  }
}

const madeUpCount = 5;

function load(collection: Collection, schema: Stored, table: Table | undefined, threshold: number): TaskResult {
  const key = textOf(schema["identityAttribute"]);
  if (key === "") return { completionStatus: "ERROR", message: "The schema has no identity attribute." };
  if (table !== undefined && !table.columns.includes(key)) {
    return { completionStatus: "ERROR", message: `The file has no column "${key}", the identity attribute.` };
  }
  const objects =
    table === undefined ? madeUpObjects(schema, madeUpCount) : table.rows.map((row) => typed(schema, row));
  const read = new Map(objects.map((object) => [textOf(object[key]), object]));
  read.delete("");
  return replaced(collection, read, threshold);
}

/** Puts what was read in place of what is stored; above the threshold nothing is removed. */
function replaced(collection: Collection, read: Map<string, JsonObject>, threshold: number): TaskResult {
  const before = collection.entries();
  const gone = before.filter(([key]) => !read.has(key));
  const tooMany = before.length > 0 && (100 * gone.length) / before.length > threshold;
  const counts = { total: read.size, created: 0, updated: 0, deleted: tooMany ? 0 : gone.length };
  for (const [key, object] of read) {
    const former = collection.get(key);
    if (former === undefined) counts.created += 1;
    else if (!equalJson(former["attributes"], object)) counts.updated += 1;
    collection.put(key, { ...former, attributes: object });
  }
  if (!tooMany) for (const [key] of gone) collection.remove(key);
  if (!tooMany) return { attributes: counts };
  const message = `${String(gone.length)} of ${String(before.length)} would be deleted, more than the delete threshold of ${String(threshold)} % allows: none was.`;
  return { completionStatus: "WARNING", message, attributes: counts };
}

/** A row of text as the schema's types have it; columns that the schema does not know are dropped. */
function typed(schema: Stored, row: Record<string, string>): JsonObject {
  const attributes = (Array.isArray(schema["attributes"]) ? schema["attributes"] : []).filter(isObject);
  const values = attributes.flatMap((attribute): [string, unknown][] => {
    const name = textOf(attribute["name"]);
    const text = Object.hasOwn(row, name) ? row[name] : undefined;
    if (text === undefined) return [];
    return [[name, attribute["isMulti"] === true ? text.split(/[;|]/).filter((part) => part !== "") : text]];
  });
  return Object.fromEntries(values);
}
