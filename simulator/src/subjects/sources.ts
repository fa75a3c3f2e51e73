import { bodyAs } from "../http/body";
import { listed } from "../http/collection";
import { immutable, invalid, notFound, refuse } from "../http/errors";
import { accepted, created, flag, ok, type Call, type Operation } from "../http/operation";
import { patched } from "../http/patch";
import { equalJson, isObject, textOf, type JsonObject } from "../json";
import type { Connector } from "../seed/connector";
import type { Tenant } from "../tenant";
import {
  bareScriptName,
  connectorOf,
  initialAttributes,
  withSuffix,
  writtenAttributes,
  writtenThreshold,
} from "./connector-attributes";
import { usersOf } from "./connections";
import { createPolicyFromTemplate } from "./policy-store";
import { correlationId } from "./correlation";
import { presentedSource, sourceListing } from "./source-presentation";
import { existingSource, resolved } from "./references";
import { sourceSchema, type SentSource } from "./source-shape";
import { createSchemasFromTemplate } from "./schemas";
import { busyTask, startTask } from "./tasks";

export const sourceOperations: readonly Operation[] = [
  { id: "listSources", method: "GET", path: "/sources", handle: list },
  { id: "createSource", method: "POST", path: "/sources", accepts: "json", handle: create },
  { id: "getSource", method: "GET", path: "/sources/:id", handle: get },
  { id: "putSource", method: "PUT", path: "/sources/:id", accepts: "json", handle: put },
  { id: "updateSource", method: "PATCH", path: "/sources/:id", accepts: "json-patch", handle: update },
  { id: "deleteSource", method: "DELETE", path: "/sources/:id", handle: remove },
];

function list(call: Call) {
  const { tenant, storage } = call;
  const listing = sourceListing(tenant, storage);
  return listed(call, storage.collection("sources").list(), listing, (row) => presentedSource(tenant, storage, row));
}

function get(call: Call) {
  const id = call.param("id");
  const source = call.storage.collection("sources").get(id) ?? lingering(call.tenant, id);
  if (source === undefined) throw notFound();
  return ok(presentedSource(call.tenant, call.storage, source));
}

function create(call: Call) {
  const { tenant } = call;
  const sent = bodyAs(sourceSchema, call.body);
  const connector = connectorOf(sent.connector);
  if (connector === undefined) throw invalid(`connector: there is no connector "${sent.connector}".`);
  const asCsv = flag(call, "provisionAsCsv");
  if (asCsv && connector.connectionType !== "file") {
    throw invalid(`provisionAsCsv is for delimited files, not for "${sent.connector}".`);
  }
  requireFreeName(tenant, sent.name);
  if (sent.accountCorrelationConfig !== undefined && sent.accountCorrelationConfig !== null) throw notFound();
  return created(presentedSource(tenant, tenant.storage, addSource(tenant, connector, sent, asCsv)));
}

/** Stores a new source with all that the server makes along with it. */
export function addSource(tenant: Tenant, connector: Connector, sent: SentSource, asCsv: boolean): JsonObject {
  const id = tenant.ids.next("source", sent.name);
  const now = tenant.timestamp();
  const source: JsonObject = {
    ...references(tenant, connector.connectionType, sent),
    id,
    name: sent.name,
    description: sent.description ?? null,
    managerCorrelationMapping: sent.managerCorrelationMapping ?? null,
    accountCorrelationConfig: { type: "ACCOUNT_CORRELATION_CONFIG", id: correlationId(tenant, id), name: null },
    passwordPolicies: null,
    features: sent.features ?? [...connector.features],
    type: asCsv ? "DelimitedFile" : connector.type,
    connector: withSuffix(tenant, connector),
    connectorClass: sent.connectorClass ?? connector.className,
    deleteThreshold: sent.deleteThreshold ?? 10,
    healthy: false,
    status: "SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS",
    since: now,
    connectorId: withSuffix(tenant, connector),
    connectorName: connector.name,
    connectionType: sent.connectionType ?? connector.connectionType,
    connectorImplementationId: connector.implementation,
    created: now,
    modified: now,
    credentialProviderEnabled: sent.credentialProviderEnabled ?? false,
    category: null,
  };
  const complete = {
    ...source,
    connectorAttributes: initialAttributes(tenant, connector, source, sent.connectorAttributes),
  };
  tenant.storage.collection("sources").put(id, complete);
  createSchemasFromTemplate(tenant, id, connector);
  createPolicyFromTemplate(tenant, id, connector);
  return complete;
}

const neverByPut = ["id", "type", "authoritative", "connectorClass", "passwordPolicies"];

function put(call: Call) {
  const before = existingSource(call.tenant, call.param("id"));
  const body = call.body;
  if (!isObject(body)) throw invalid("The body must be a source.");
  const shown = presentedSource(call.tenant, call.tenant.storage, before);
  for (const field of neverByPut) if (!unchanged(body[field], shown[field])) throw immutable(field);
  if (bareScriptName(textOf(body["connector"])) !== bareScriptName(textOf(before["connector"]))) {
    throw immutable("connector");
  }
  return ok(write(call, before, { ...body, connectorAttributes: body["connectorAttributes"] ?? {} }));
}

const neverByPatch = [
  "id",
  "type",
  "authoritative",
  "created",
  "modified",
  "connector",
  "connectorClass",
  "passwordPolicies",
];

function update(call: Call) {
  const before = existingSource(call.tenant, call.param("id"));
  return ok(write(call, before, patched(before, call.body, neverByPatch, call.tenant.settings.behaviours)));
}

function write(call: Call, before: Readonly<JsonObject>, after: JsonObject): JsonObject {
  const { tenant } = call;
  if (isBeingDeleted(tenant, textOf(before["id"]))) throw notFound();
  const sent = bodyAs(sourceSchema, after);
  if (sent.name !== before["name"]) requireFreeName(tenant, sent.name);
  requireOwnCorrelation(before, sent);
  const threshold = writtenThreshold(before, after);
  const source: JsonObject = {
    ...before,
    ...references(tenant, before["connectionType"], sent),
    name: sent.name,
    description: sent.description ?? null,
    managerCorrelationMapping: sent.managerCorrelationMapping ?? null,
    features: sent.features ?? [],
    deleteThreshold: threshold ?? null,
    connectionType: sent.connectionType ?? before["connectionType"],
    credentialProviderEnabled: sent.credentialProviderEnabled ?? false,
    connectorAttributes: sent.connectorAttributes ?? null,
    modified: tenant.timestamp(),
  };
  const complete = { ...source, connectorAttributes: writtenAttributes(tenant, before, source) };
  tenant.storage.collection("sources").put(textOf(before["id"]), complete);
  return presentedSource(tenant, tenant.storage, complete);
}

function remove(call: Call) {
  const { tenant } = call;
  const id = call.param("id");
  const source = existingSource(tenant, id);
  if (isBeingDeleted(tenant, id)) throw notFound();
  const users = usersOf(tenant.storage, source);
  if (users.length > 0) throw invalid(`The source is in use by ${users.join(", ")}.`);
  if (!tenant.settings.behaviours.deleteWhileBusy && busyTask(tenant, id) !== undefined) {
    throw invalid("The source cannot be deleted while tasks are pending on it.");
  }
  const task = startTask(tenant, "delete", source, tenant.settings.deletionMs, { launcher: call.client.owner });
  const name = tenant.settings.behaviours.deletionName === "null" ? { name: null } : {};
  return accepted({ type: "TASK_RESULT", id: task.id, ...name });
}

function references(tenant: Tenant, connectionType: unknown, sent: SentSource): JsonObject {
  const keepsCluster = connectionType !== "file" || tenant.settings.behaviours.clusterOfFileSources === "kept";
  const cluster = resolved(tenant, "cluster", "CLUSTER", sent.cluster);
  return {
    owner: resolved(tenant, "owner", "IDENTITY", sent.owner),
    cluster: keepsCluster ? cluster : null,
    accountCorrelationRule: resolved(tenant, "accountCorrelationRule", "RULE", sent.accountCorrelationRule),
    managerCorrelationRule: resolved(tenant, "managerCorrelationRule", "RULE", sent.managerCorrelationRule),
    beforeProvisioningRule: resolved(tenant, "beforeProvisioningRule", "RULE", sent.beforeProvisioningRule),
    managementWorkgroup: resolved(tenant, "managementWorkgroup", "GOVERNANCE_GROUP", sent.managementWorkgroup),
  };
}

function requireFreeName(tenant: Tenant, name: string): void {
  const taken = tenant.storage
    .collection("sources")
    .list()
    .some((source) => source["name"] === name);
  if (taken)
    throw refuse(tenant.settings.behaviours.duplicateSourceName, `A source with the name "${name}" already exists.`);
}

/** A source cannot take the correlation config of another one. */
function requireOwnCorrelation(before: Readonly<JsonObject>, sent: SentSource): void {
  const own = before["accountCorrelationConfig"];
  const id = sent.accountCorrelationConfig?.id;
  if (id !== undefined && isObject(own) && own["id"] !== id) throw notFound();
}

const isBeingDeleted = (tenant: Tenant, id: string) => busyTask(tenant, id, "delete") !== undefined;

function lingering(tenant: Tenant, id: string): Readonly<JsonObject> | undefined {
  const trace = tenant.storage.collection("lingering-sources").get(id);
  if (trace === undefined || Number(trace["until"]) <= tenant.now()) return undefined;
  return isObject(trace["source"]) ? trace["source"] : undefined;
}

const nothing = (value: unknown) => value === undefined || value === null || value === false || equalJson(value, []);
const unchanged = (sent: unknown, stored: unknown) => equalJson(sent, stored) || (nothing(sent) && nothing(stored));
