import { deflateRawSync, inflateRawSync } from "node:zlib";
import { ProblemError } from "../tenant/problem";
import { type Json, type JsonObject, type Maybe, isObject } from "../reconcile";

/**
 * What most records consist of; the end is found soonest. It is part of the format: states were written with it, so it
 * never changes. Another one needs a property of another name beside `packed`.
 */
const DICTIONARY = Buffer.from(
  [
    '{"former":{"accessRequestConfig":{"approvalSchemes":[],"denialCommentRequired":true,"requestCommentRequired":false},',
    '"attributeAssignments":[{"complex":false,"filterString":"","ignoreCase":false,"matchMode":"ANYWHERE",',
    '"operation":"EQ","property":"","value":""}],"enabled":false,"operations":["ACCOUNT_CREATED"],',
    '"selectedEntitlements":[],"configuration":{},"displayAttribute":"","features":[],"hierarchyAttribute":null,',
    '"identityAttribute":"","includePermissions":false,"nativeObjectType":"","attributes":[{"description":"",',
    '"isEntitlement":false,"isGroup":false,"isMulti":true,"name":"","schema":{"id":"","name":"group",',
    '"type":"CONNECTOR_SCHEMA"},"type":"STRING"},{"fields":[{"attributes":{"template":"$"},"isMultiValued":false,',
    '"isRequired":false,"name":"displayName","transform":{"attributes":{"name":"cloudAuthoritativeSource"},',
    '"type":"identityAttribute"},"type":"string"},"type":"rule"},"type":"secret"}],"name":"Account","source":"',
    '"usageType":"CREATE"},"ids":{"accountCorrelationRule":"beforeProvisioningRule":"managementWorkgroup":"',
    '"managerCorrelationRule":"passwordPolicies.0":"cluster":,"owner":},"modified":17',
    ',"secrets":{"/connectorAttributes/password":""},"writtenAt":17',
  ].join(""),
);
/** The least window that holds the dictionary: 4 KiB. A smaller one takes half the time. */
const WINDOW_BITS = 12;
/** More than any record has; what would become larger is no record. */
const LIMIT_BYTES = 64 * 1024 * 1024;

/** Stands before the 16 bytes of an id. JSON never holds it: there, control characters are escaped. */
const ID_FOLLOWS = 1;
const ID_BYTES = 16;

/**
 * A record as text: a third as long, and a fifth where it keeps an object's former content. The engine writes the whole
 * state at every step, so its size is time. Equal records give equal texts.
 */
export function pack(record: JsonObject): string {
  const pieces = JSON.stringify(record, inOrder).split(/"([0-9a-f]{32})"/);
  const bytes = pieces.flatMap((piece, i) =>
    i % 2 === 0 ? [Buffer.from(piece)] : [Buffer.of(ID_FOLLOWS), Buffer.from(piece, "hex")],
  );
  const options = { dictionary: DICTIONARY, windowBits: WINDOW_BITS };
  return deflateRawSync(Buffer.concat(bytes), options).toString("base64url");
}

const inOrder = (_key: string, value: Json): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

/** The record in such a text. */
export function unpack(text: string): JsonObject {
  let record: Maybe;
  try {
    const options = { dictionary: DICTIONARY, windowBits: WINDOW_BITS, maxOutputLength: LIMIT_BYTES };
    record = JSON.parse(withIds(inflateRawSync(Buffer.from(text, "base64url"), options))) as Maybe;
  } catch (error) {
    throw new ProblemError(
      "its record in the state cannot be read: the state was damaged, or edited by hand. Import an undamaged one " +
        "(pulumi stack export --version, pulumi stack import)",
      { cause: error },
    );
  }
  return isObject(record) ? record : {};
}

function withIds(bytes: Buffer): string {
  let text = "";
  let start = 0;
  for (let at = bytes.indexOf(ID_FOLLOWS); at >= 0; at = bytes.indexOf(ID_FOLLOWS, start)) {
    const end = at + 1 + ID_BYTES;
    text += `${bytes.toString("utf8", start, at)}"${bytes.toString("hex", at + 1, end)}"`;
    start = end;
  }
  return text + bytes.toString("utf8", start);
}
