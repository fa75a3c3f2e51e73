import { isDeepStrictEqual } from "node:util";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import {
  type Fingerprints,
  type Found,
  type Json,
  type JsonObject,
  type Maybe,
  isBlank,
  isObject,
  own,
} from "../reconcile";
import type { ResolvedIds } from "../tenant/references";
import { damaged, unpack } from "./packed-record";

/** What a resource's state keeps beside its inputs and the tenant's own decisions. */
export interface Kept {
  /** The host the object was last seen on. */
  host: string;
  /** Ids that references were resolved to. */
  ids: ResolvedIds;
  /** Fingerprints of the tenant's cipher text. */
  secrets: Fingerprints;
  /** The managed part of an object's content before we took it over; deleting the resource restores it. */
  former?: JsonObject;
  /** What was on the tenant before the program declared it: no longer declared, it stays as it is. */
  found: Found;
  /** When this resource made the object or took it over, in milliseconds since 1970. */
  since: number;
  /** When we last wrote, in milliseconds since 1970: the tenant may answer the old state for moments after. */
  writtenAt: number;
  /** The tenant's own mark of that write, where it gives one, likewise. */
  modified?: number;
}

/**
 * Where the record stands, as JSON text: the engine writes the whole state at every step, and a text is written faster than
 * an object. Pulumi leaves keys that begin so out of what it shows: our bookkeeping is nobody's drift.
 */
const KEY = "__record";
/** Where versions up to 0.1.0 kept it. */
const FORMER_KEY = "record";

function recordIn(properties: JsonObject): JsonObject {
  const written = own(properties, KEY) ?? own(properties, FORMER_KEY);
  const record = typeof written === "string" ? parsed(written) : written;
  return isObject(record) ? record : {};
}

function parsed(text: string): Maybe {
  try {
    return JSON.parse(text) as Maybe;
  } catch (error) {
    throw damaged("record", error);
  }
}

/** The record alone, as a text, and properties that have nothing but such a record. States have it in plain text, too. */
export const recordText = (properties: JsonObject): string => JSON.stringify(recordIn(properties));
export const withRecord = (text: string): JsonObject => ({ [KEY]: text });

/** The host in the record, without unpacking the rest. */
export const hostOf = (properties: JsonObject): string => hostIn(recordIn(properties));
const hostIn = ({ host }: JsonObject): string => (typeof host === "string" ? host : "");

export function recordOf(properties: JsonObject): Kept {
  const kept = unpacked(recordIn(properties));
  const modified = modifiedOf(kept);
  const former = formerIn(kept["former"]);
  return {
    host: hostIn(kept),
    ids: texts(kept["ids"]),
    secrets: texts(kept["secrets"]),
    found: isObject(kept["found"]) ? kept["found"] : {},
    ...(former === undefined ? {} : { former }),
    since: numberIn(kept["since"]) ?? numberIn(kept["writtenAt"]) ?? 0,
    writtenAt: numberIn(kept["writtenAt"]) ?? 0,
    ...(modified === undefined ? {} : { modified }),
  };
}

const numberIn = (value: Maybe): number | undefined => (typeof value === "number" ? value : undefined);
const texts = (value: Maybe): Record<string, string> => (isObject(value) ? (value as Record<string, string>) : {});

const unpacked = (record: JsonObject): JsonObject =>
  typeof record["packed"] === "string" ? { ...record, ...unpack(record["packed"]) } : record;

/**
 * The properties that hold a record. What was before this look at the object stays as it was written where it says the
 * same: an older version wrote it in another way. An update leaves the older place behind.
 */
export function recorded(kept: Kept, before?: { kept: Kept; properties: JsonObject }): JsonObject {
  const old = before && own(before.properties, FORMER_KEY);
  const untouched = old === undefined ? {} : { [FORMER_KEY]: old };
  if (before && isDeepStrictEqual(before.kept, kept)) {
    const now = own(before.properties, KEY);
    return { ...untouched, ...(now === undefined ? {} : { [KEY]: now }) };
  }
  const { host, ids, secrets, found, former, since, writtenAt, modified } = kept;
  const told = Object.entries({ ids, secrets, found, since, writtenAt, modified }).filter(
    ([, value]) => !isBlank(value),
  );
  const record = { host, ...Object.fromEntries(told), ...(former && { former: writtenFormer(former) }) };
  return { ...untouched, [KEY]: JSON.stringify(record) };
}

/** From here on, former content is deflated: the engine writes the whole state at every step, so its size is time. */
const BULK = 256;
/** More than any former content has; what would become larger is none. */
const LIMIT_BYTES = 64 * 1024 * 1024;

function writtenFormer(former: JsonObject): Json {
  const text = JSON.stringify(former);
  return text.length < BULK ? former : deflateRawSync(text).toString("base64");
}

function formerIn(written: Maybe): JsonObject | undefined {
  if (isObject(written)) return written;
  if (typeof written !== "string") return undefined;
  try {
    const text = inflateRawSync(Buffer.from(written, "base64"), { maxOutputLength: LIMIT_BYTES }).toString("utf8");
    const former: unknown = JSON.parse(text);
    if (isObject(former)) return former;
  } catch (error) {
    throw damaged("former content", error);
  }
  throw damaged("former content");
}

/** The tenant's `modified` where it is a time, for telling an old answer from a new one. In milliseconds since 1970. */
export function modifiedOf({ modified }: JsonObject): number | undefined {
  const time = typeof modified === "string" ? Date.parse(modified) : modified;
  return typeof time === "number" && !Number.isNaN(time) ? time : undefined;
}
