import type { RunningTenant } from "sailpoint-simulator";
import type { Json } from "../engine-model/goal";
import { type Atoms, atomsOf } from "./atoms";
import { type ChildKind, NAMES, type Place } from "./stack";

/** An aggregation is nothing that is there. */
type Stored = Exclude<ChildKind, "aggregation">;
/** Where the tenant stores what hangs on a source, and what names one of several. */
export const partOf = (kind: ChildKind): { part: string; by?: string } | undefined =>
  kind === "aggregation" ? undefined : PARTS[kind];
const PARTS: Readonly<Record<Stored, { part: string; by?: string }>> = {
  schema: { part: "schemas", by: "name" },
  provisioningPolicy: { part: "provisioning-policies", by: "usageType" },
  schedule: { part: "schedules", by: "type" },
  correlationConfig: { part: "correlation-config" },
  nativeChangeDetection: { part: "native-change-detection-config" },
  attributeSyncConfig: { part: "attribute-sync-config" },
  entitlementRequestConfig: { part: "entitlement-request-config" },
};

export interface Stock {
  atoms: Atoms;
  /** Objects that are there, by the names that their atoms begin with. */
  objects: ReadonlySet<string>;
  /** Ids of sources by their names. */
  ids: ReadonlyMap<string, string>;
  /** Cipher text that the tenant cannot open: it was another object's. */
  foreign: readonly string[];
}

export const sourceObject = (id: string): string => `source ${id}`;
/** What stands for a child of these contents; nothing for what is not stored. */
export function childObject(id: string, kind: ChildKind, args: Json): string | undefined {
  const stored = partOf(kind);
  if (!stored) return undefined;
  const { part, by } = stored;
  return `${part} ${by === undefined ? "" : `${String(args[by])} `}of ${id}`;
}

/** All that is on a tenant and belongs to a source, secrets opened. */
export function stockOf(tenant: RunningTenant): Stock {
  const state = tenant.admin.state();
  const atoms = new Map<string, string>();
  const objects = new Set<string>();
  const foreign: string[] = [];
  const sources = Object.entries(state["sources"] ?? {}) as [string, Json][];
  const put = (object: string, content: unknown) => {
    objects.add(object);
    for (const [key, value] of atomsOf(content, object)) atoms.set(key, value);
  };
  for (const [id, source] of sources) {
    const secrets = tenant.admin.secrets(id);
    for (const [pointer, plain] of Object.entries(secrets)) {
      if (plain === null) foreign.push(`${String(source["name"])} ${pointer}`);
      else replace(source, pointer.split("/").slice(1), plain);
    }
    put(sourceObject(id), { ...source, connector: String(source["connector"]).replace(/-angularsc$/, "") });
    for (const { part, by } of Object.values(PARTS)) {
      const children = (state[part]?.[id] ?? {}) as Record<string, Json>;
      for (const child of Object.values(children)) {
        const { name: _own, enabled, ...content } = child;
        const object = by === undefined ? `${part} of ${id}` : `${part} ${String(child[by])} of ${id}`;
        put(object, { ...content, ...(Array.isArray(enabled) ? synchronized(enabled) : { enabled }) });
      }
    }
  }
  const ids = new Map(sources.map(([id, { name }]) => [String(name), id]));
  return { atoms, objects, ids, foreign };
}

/** The tenant stores only the names of what is synchronized. */
const synchronized = (names: readonly unknown[]) => ({ attributes: names.map((name) => ({ name, enabled: true })) });

export const idOn = ({ ids }: Stock, place: Place): string | undefined => ids.get(NAMES[place]);

function replace(object: unknown, [step, ...rest]: readonly string[], value: string): void {
  if (typeof object !== "object" || object === null || step === undefined) return;
  const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
  const inside = object as Record<string, unknown>;
  if (rest.length === 0) inside[key] = value;
  else replace(inside[key], rest, value);
}
