import { applyPatch, type Operation as PatchOperation } from "fast-json-patch";

import type { FaultRule, Faults } from "../http/faults";
import type { ClientOptions, Credentials, TokenDesk } from "../http/token";
import { isObject, textOf, type JsonObject } from "../json";
import type { SettingsChange } from "../options";
import type { Stored } from "../storage";
import { aggregateNow } from "../subjects/aggregation";
import { afterConnectorRan } from "../subjects/connector-attributes";
import type { Tenant } from "../tenant";
import { audited } from "./audited";
import { placeOf, sourceOf, type Place } from "./places";
import { use, type User } from "./use";

/** What a test does to a tenant behind the API's back. */
export interface Admin {
  /**
   * Changes a stored object by a JSON Patch, with none of the API's refusals; moves its `modified`. Audit events tell of
   * it, and that another administrator did it: `actor`, or `amelia.chen`. So they do of `remove` and `put`.
   */
  edit(path: string, patch: readonly unknown[], actor?: string): void;
  /** Removes a stored object, and with it what belongs to it. */
  remove(path: string, actor?: string): void;
  /** Stores an object, whole. */
  put(path: string, object: Record<string, unknown>, actor?: string): void;
  /**
   * What clients read at this path of the API and in its list, whatever is stored: fields laid over the object, or a
   * value that is no object (null, a text, a list) in its stead. Undefined ends it.
   */
  show(path: string, what: unknown): void;
  /** Aggregates a source's accounts: moves the keys that every aggregation moves. */
  aggregate(sourceId: string): void;
  /** A source's connector works and writes into its settings, if it is one that does: another token, a later cursor. */
  runConnector(sourceId: string): void;
  /** The vendor moves a source to another class or script name. Nobody is told: `modified` stays. */
  moveConnector(sourceId: string, to: { connectorClass?: string; connector?: string }): void;
  /** Makes a source used by an identity profile, an application or a transform of this name. */
  use(sourceId: string, by: User, name: string): void;
  /** Every cipher text in a source's settings, by JSON Pointer: its plain text; null if it was sealed for another source. */
  secrets(sourceId: string): Record<string, string | null>;
  /** Another client of the tenant, with an owner and perhaps fewer rights. */
  addClient(options?: ClientOptions): Credentials;
  /** Sets a fault; returns its id. */
  fault(rule: FaultRule): string;
  clearFaults(): void;
  /** Changes settings while the tenant runs; what is absent stays. */
  set(change: SettingsChange): void;
  /** Everything that is stored: collections by name, their objects by key; those of a source under its id. */
  state(): Record<string, Record<string, unknown>>;
}

export function adminOf(tenant: Tenant, faults: Faults, tokens: TokenDesk): Admin {
  const sources = tenant.storage.collection("sources");
  return {
    edit: (path, patch, actor) => {
      const place = placeOf(tenant, path);
      audited(tenant, place, "edit", actor, () => {
        edit(tenant, path, place, patch);
      });
    },
    remove: (path, actor) => {
      const place = placeOf(tenant, path);
      audited(tenant, place, "remove", actor, () => {
        if (!place.collection.remove(place.key)) throw new Error(`Nothing is stored at ${path}.`);
        // What a source has one of is stored without a key, and nothing hangs on it.
        if (place.key !== "") tenant.storage.removeChildren(place.key);
      });
    },
    put: (path, object, actor) => {
      const place = placeOf(tenant, path);
      const how = place.collection.get(place.key) === undefined ? "make" : "edit";
      audited(tenant, place, how, actor, () => {
        place.collection.put(place.key, structuredClone(object));
      });
    },
    show: (path, what) => {
      const shown = tenant.storage.collection("shown");
      if (what === undefined) shown.remove(path);
      else shown.put(path, { what: structuredClone(what) });
    },
    aggregate: (sourceId) => {
      aggregateNow(tenant, sourceId);
    },
    runConnector: (sourceId) => {
      sources.put(sourceId, afterConnectorRan(tenant, sourceOf(tenant, sourceId)));
    },
    moveConnector: (sourceId, { connectorClass, connector }) => {
      const moved = {
        ...(connectorClass === undefined ? {} : { connectorClass }),
        ...(connector === undefined ? {} : { connector, connectorId: connector }),
      };
      sources.put(sourceId, { ...sourceOf(tenant, sourceId), ...moved });
    },
    use: (sourceId, by, name) => {
      use(tenant, sourceId, by, name);
    },
    secrets: (sourceId) => tenant.vault.of(sourceId).reveal(sourceOf(tenant, sourceId)["connectorAttributes"]),
    addClient: (options = {}) => tokens.add(options),
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

function edit(tenant: Tenant, path: string, { collection, key }: Place, patch: readonly unknown[]): void {
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
  return { ...after, connectorAttributes: tenant.vault.of(textOf(before["id"])).seal(attributes, former) };
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
