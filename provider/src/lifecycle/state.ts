import { isDeepStrictEqual } from "node:util";
import type { Session } from "../tenant/session";
import type { Declared, Kind } from "../kinds/kind";
import { type Fingerprints, type Json, type JsonObject, type Maybe, isBlank, isObject, own } from "../reconcile";
import type { ResolvedIds } from "../tenant/references";
import { pack, unpack } from "./packing";

/**
 * What a resource's state keeps beside its inputs and the tenant's own decisions. Small, since states are large: all but
 * the host is packed.
 */
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
  /** The tenant's own mark of that write, where it gives one, likewise. */
  modified?: number;
}

/** The tenant's `modified` where it is a time, for telling an old answer from a new one. In milliseconds since 1970. */
export function modifiedOf({ modified }: JsonObject): number | undefined {
  const time = typeof modified === "string" ? Date.parse(modified) : modified;
  return typeof time === "number" && !Number.isNaN(time) ? time : undefined;
}

/** The inputs among a resource's properties. */
export const inputsOf = (kind: Declared, properties: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.keys(kind.rules.fields).flatMap((key): [string, Json][] => {
      const value = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );

/** The host in the record, without unpacking the rest. */
export const hostOf = (properties: JsonObject): string => {
  const host = own(properties["record"], "host");
  return typeof host === "string" ? host : "";
};

export function recordOf(properties: JsonObject): Kept {
  const kept = recorded(properties["record"]);
  const modified = modifiedOf(kept);
  const texts = (value: Maybe) => (isObject(value) ? (value as Record<string, string>) : {});
  return {
    host: hostOf(properties),
    ids: texts(kept["ids"]),
    secrets: texts(kept["secrets"]),
    ...(isObject(kept["former"]) ? { former: kept["former"] } : {}),
    writtenAt: typeof kept["writtenAt"] === "number" ? kept["writtenAt"] : 0,
    ...(modified === undefined ? {} : { modified }),
  };
}

/** A record of this version, or one of a version that did not pack. */
const recorded = (record: Maybe): JsonObject => {
  if (!isObject(record)) return {};
  return typeof record["packed"] === "string" ? { ...record, ...unpack(record["packed"]) } : record;
};

interface Parts {
  kind: Kind;
  session: Session;
  inputs: JsonObject;
  live: JsonObject;
  record: Omit<Kept, "host">;
  /** The record before and how it was written, where this is only a look at the object. */
  before?: { kept: Kept; written: Maybe };
}

/** The complete properties of a resource. Every input stands under its own key, so that the engine marks secrets again. */
export function stateOf({ kind, session, inputs, live, record, before }: Parts): JsonObject {
  const decided = Object.entries(kind.outputs).flatMap(([name, { type, of }]): [string, Json][] => {
    const value = of?.(live) ?? null;
    return value === null || (type === "flag" && value !== true) ? [] : [[name, value]];
  });
  return {
    ...inputs,
    ...Object.fromEntries(decided),
    tenant: session.tenant,
    record: recordFor({ ...record, host: session.host }, before),
  };
}

/** The same record stays the same text: an older version, or another Node.js, may have written it in another way. */
function recordFor(kept: Kept, before: Parts["before"]): Json {
  if (before?.written !== undefined && isDeepStrictEqual(before.kept, kept)) return before.written;
  const { host, ids, secrets, former, writtenAt, modified } = kept;
  const known = Object.entries({ ids, secrets, writtenAt, modified }).filter(([, value]) => !isBlank(value));
  return { host, packed: pack({ ...Object.fromEntries(known), ...(former === undefined ? {} : { former }) }) };
}
