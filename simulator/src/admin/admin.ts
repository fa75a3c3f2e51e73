import { applyPatch, type Operation as PatchOperation } from "fast-json-patch";

import type { FaultRule, Faults } from "../http/faults";
import { isObject, textOf, type JsonObject } from "../json";
import type { SettingsChange } from "../options";
import { aggregateNow } from "../subjects/aggregation";
import { connectorOf } from "../subjects/connector-attributes";
import type { Collection, Stored } from "../storage";
import type { Tenant } from "../tenant";

/** What a test does to a tenant behind the API's back. */
export interface Admin {
  /** Changes a stored object by a JSON Patch, with none of the API's refusals; moves its `modified`. */
  edit(path: string, patch: readonly unknown[]): void;
  /** Removes a stored object, and with it what belongs to it. */
  remove(path: string): void;
  /** Stores an object, whole. */
  put(path: string, object: Record<string, unknown>): void;
  /** Aggregates a source's accounts: moves the keys that every aggregation moves. */
  aggregate(sourceId: string): void;
  /** Makes a source used by an identity profile, an application or a transform of this name. */
  use(sourceId: string, by: "identity-profile" | "application" | "transform", name: string): void;
  /** Sets a fault; returns its id. */
  fault(rule: FaultRule): string;
  clearFaults(): void;
  /** Changes settings while the tenant runs; what is absent stays. */
  set(change: SettingsChange): void;
  /** Everything that is stored: collections by name, their objects by key; those of a source under its id. */
  state(): Record<string, Record<string, unknown>>;
}

export function adminOf(tenant: Tenant, faults: Faults): Admin {
  return {
    edit: (path, patch) => {
      edit(tenant, path, patch);
    },
    remove: (path) => {
      const { collection, key } = placeOf(tenant, path);
      if (!collection.remove(key)) throw new Error(`Nothing is stored at ${path}.`);
      tenant.storage.removeChildren(key);
    },
    put: (path, object) => {
      const { collection, key } = placeOf(tenant, path);
      collection.put(key, structuredClone(object));
    },
    aggregate: (sourceId) => {
      aggregateNow(tenant, sourceId);
    },
    use: (sourceId, by, name) => {
      use(tenant, sourceId, by, name);
    },
    fault: (rule) => faults.add(rule, tenant.now()),
    clearFaults: () => {
      faults.clear();
    },
    set: ({ behaviours, ...settings }) => {
      Object.assign(tenant.settings, settings);
      Object.assign(tenant.settings.behaviours, behaviours);
    },
    state: () => stateOf(tenant),
  };
}

/** `/sources/<id>`, `/sources/<id>/schemas/<id or name>`, `/sources/<id>/correlation-config`, `/identities/<id>` … */
function placeOf(tenant: Tenant, path: string): { collection: Collection; key: string } {
  const [kind = "", id = "", part, child = ""] = path.replace(/^\//, "").split("/").map(decodeURIComponent);
  if (kind === "" || id === "") throw new Error(`"${path}" is no path of an object.`);
  if (part === undefined) return { collection: tenant.storage.collection(kind), key: id };
  const collection = tenant.storage.collection(part, id);
  if (part !== "schemas" || collection.get(child) !== undefined) return { collection, key: child };
  const named = collection.entries().find(([, schema]) => schema["name"] === child);
  return { collection, key: named?.[0] ?? child };
}

function edit(tenant: Tenant, path: string, patch: readonly unknown[]): void {
  const { collection, key } = placeOf(tenant, path);
  const before = collection.get(key);
  if (before === undefined) throw new Error(`Nothing is stored at ${path}.`);
  const operations = structuredClone(patch) as PatchOperation[];
  const after = applyPatch(structuredClone(before) as JsonObject, operations, true, true).newDocument;
  const sealed = sealedSecrets(tenant, before, after);
  const moves = Object.hasOwn(before, "modified") && after["modified"] === before["modified"];
  collection.put(key, moves ? { ...sealed, modified: tenant.timestamp() } : sealed);
}

/** A secret that is edited in plain text is stored as the tenant stores secrets. */
function sealedSecrets(tenant: Tenant, before: Stored, after: JsonObject): JsonObject {
  const attributes = after["connectorAttributes"];
  if (!isObject(attributes)) return after;
  const former = isObject(before["connectorAttributes"]) ? before["connectorAttributes"] : {};
  const secrets = connectorOf(after["connector"])?.secrets ?? [];
  return { ...after, connectorAttributes: tenant.vault.seal(attributes, former, secrets) };
}

function use(tenant: Tenant, sourceId: string, by: string, name: string): void {
  const source = tenant.storage.collection("sources").get(sourceId);
  if (source === undefined) throw new Error(`There is no source ${sourceId}.`);
  const reference = { type: "SOURCE", id: sourceId, name: source["name"] };
  const id = tenant.ids.next(by, name);
  if (by === "identity-profile") {
    const owner = source["owner"];
    const profile = {
      id,
      name,
      description: null,
      owner,
      priority: 20,
      authoritativeSource: reference,
      identityRefreshRequired: false,
      identityCount: 0,
      identityAttributeConfig: { enabled: true, attributeTransforms: [] },
      identityExceptionReportReference: null,
      hasTimeBasedAttr: false,
      created: tenant.timestamp(),
      modified: tenant.timestamp(),
    };
    tenant.storage.collection("identity-profiles").put(id, profile);
  } else if (by === "application") {
    tenant.storage.collection("source-apps").put(id, { id, name, description: name, accountSource: reference });
  } else {
    const uuid = tenant.ids.nextUuid("transform", name);
    const attributes = { sourceName: textOf(source["name"]), attributeName: "name" };
    tenant.storage
      .collection("transforms")
      .put(uuid, { id: uuid, name, type: "accountAttribute", attributes, internal: false });
  }
}

function stateOf(tenant: Tenant): Record<string, Record<string, unknown>> {
  const state: Record<string, Record<string, unknown>> = {};
  for (const { kind, parent, collection } of tenant.storage.collections()) {
    const objects = Object.fromEntries(collection.entries());
    if (parent === "") state[kind] = { ...state[kind], ...objects };
    else if (collection.entries().length > 0) state[kind] = { ...state[kind], [parent]: objects };
  }
  return structuredClone(state);
}
