import { inflateRawSync } from "node:zlib";
import { ProblemError } from "../tenant/problem";
import { type JsonObject, type Maybe, isObject } from "../reconcile";

/*
 * Version 0.1.0 packed its records: it deflated their JSON with a dictionary, and wrote ids as bytes. States of that
 * version are read for ever, and none is written so any more.
 */

/** The dictionary, as states were written with it: it never changes. */
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
/** The window that they were written with. */
const WINDOW_BITS = 12;
/** More than any record has; what would become larger is no record. */
const LIMIT_BYTES = 64 * 1024 * 1024;

/** Stands before the 16 bytes of an id. JSON never holds it: there, control characters are escaped. */
const ID_FOLLOWS = 1;
const ID_BYTES = 16;

/** The record in such a text. */
export function unpack(text: string): JsonObject {
  let record: Maybe;
  try {
    const options = { dictionary: DICTIONARY, windowBits: WINDOW_BITS, maxOutputLength: LIMIT_BYTES };
    record = JSON.parse(withIds(inflateRawSync(Buffer.from(text, "base64url"), options))) as Maybe;
  } catch (error) {
    throw damaged("record", error);
  }
  return isObject(record) ? record : {};
}

export const damaged = (what: string, cause?: unknown): ProblemError =>
  new ProblemError(
    `its ${what} in the state cannot be read: the state was damaged, or edited by hand. Import an undamaged one ` +
      "(pulumi stack export --version, pulumi stack import)",
    { cause },
  );

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
