import type { Session } from "../connection";
import type { Declared, Kind } from "../kinds/kind";
import { type Fingerprints, type Json, type JsonObject, type Maybe, isBlank, isObject } from "../reconcile";
import type { ResolvedIds } from "../references";

/** What a resource's state keeps beside its inputs and the tenant's own decisions. Small, since states are large. */
export interface Kept {
  /** The host the object was last seen on. */
  host: string;
  /** Ids that references were resolved to. */
  ids: ResolvedIds;
  /** Fingerprints of the tenant's cipher text. */
  secrets: Fingerprints;
  /** The managed part of an object's content before we took it over; deleting the resource restores it. */
  former?: JsonObject;
  /** When we last wrote, in milliseconds since 1970: the tenant may answer the old state for moments after. */
  writtenAt: number;
  /** The tenant's own mark of that write, where it gives one. */
  modified?: string;
}

/** The tenant's `modified` where it is a time, for telling an old answer from a new one. */
export const modifiedOf = (live: JsonObject): string | undefined =>
  typeof live["modified"] === "string" && !Number.isNaN(Date.parse(live["modified"])) ? live["modified"] : undefined;

/** The inputs among a resource's properties. */
export const inputsOf = (kind: Declared, properties: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.keys(kind.rules.fields).flatMap((key): [string, Json][] => {
      const value = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );

export function recordOf(properties: JsonObject): Kept {
  const kept = isObject(properties["record"]) ? properties["record"] : {};
  const texts = (value: Maybe) => (isObject(value) ? (value as Record<string, string>) : {});
  return {
    host: typeof kept["host"] === "string" ? kept["host"] : "",
    ids: texts(kept["ids"]),
    secrets: texts(kept["secrets"]),
    ...(isObject(kept["former"]) ? { former: kept["former"] } : {}),
    writtenAt: typeof kept["writtenAt"] === "number" ? kept["writtenAt"] : 0,
    ...(typeof kept["modified"] === "string" ? { modified: kept["modified"] } : {}),
  };
}

interface Parts {
  kind: Kind;
  session: Session;
  id: string;
  inputs: JsonObject;
  live: JsonObject;
  record: Omit<Kept, "host">;
}

/** The complete properties of a resource. Every input stands under its own key, so that the engine marks secrets again. */
export function stateOf({ kind, session, id, inputs, live, record }: Parts): JsonObject {
  const { former, ...rest } = record;
  const kept = Object.fromEntries(
    Object.entries({ host: session.host, ...rest }).filter(([, value]) => !isBlank(value)),
  );
  const decided = Object.fromEntries(Object.entries(kind.outputs(live, id)).filter(([, value]) => value !== null));
  return {
    ...inputs,
    ...decided,
    tenant: session.tenant,
    record: { ...kept, ...(former === undefined ? {} : { former }) },
  };
}
