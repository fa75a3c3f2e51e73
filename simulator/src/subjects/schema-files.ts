import { invalid, notFound } from "../http/errors";
import { ok, type Call, type Operation } from "../http/operation";
import { csvLine, requiredFile, tableOf } from "../http/uploads";
import { isObject, textOf, type JsonObject } from "../json";
import type { Storage, Stored } from "../storage";
import { bodyAs } from "../http/body";
import { requireDelimitedFile } from "./delimited-file";
import { existingSource } from "./references";
import { schemaSchema } from "./schema-shape";
import { presentedSchema, replaceSchema, schemaNamed } from "./schemas";

const path = "/sources/:id/schemas";

/** The schemas of Delimited File sources as CSV: one header row with the names of the attributes. */
export const schemaFileOperations: readonly Operation[] = [
  { id: "getAccountsSchema", method: "GET", path: `${path}/accounts`, handle: (call) => download(call, "account") },
  {
    id: "importAccountsSchema",
    method: "POST",
    path: `${path}/accounts`,
    accepts: "multipart",
    handle: (call) => upload(call, "account"),
  },
  {
    id: "getEntitlementsSchema",
    method: "GET",
    path: `${path}/entitlements`,
    handle: (call) => download(call, call.query("schemaName") ?? "group"),
  },
  {
    id: "importEntitlementsSchema",
    method: "POST",
    path: `${path}/entitlements`,
    accepts: "multipart",
    handle: (call) => upload(call, call.query("schemaName") ?? "group"),
  },
];

function download(call: Call, name: string) {
  const source = call.storage.collection("sources").get(call.param("id"));
  if (source === undefined) throw notFound();
  requireDelimitedFile(source, "schema file download");
  const names = attributesOf(existingSchema(call, call.storage, name)).map((attribute) => textOf(attribute["name"]));
  return { status: 200, body: `${csvLine(names)}\n`, contentType: "text/csv" };
}

/** The header of the file becomes the attributes of the schema; those of a known name stay as they are. */
function upload(call: Call, name: string) {
  const source = existingSource(call.tenant, call.param("id"));
  requireDelimitedFile(source, "schema file upload");
  const schema = existingSchema(call, call.tenant.storage, name);
  const { columns } = tableOf(requiredFile(call));
  const known = new Map(attributesOf(schema).map((attribute) => [textOf(attribute["name"]), attribute]));
  const attributes = columns.map((column) => known.get(column) ?? { name: column, type: "STRING" });
  const sent = bodyAs(schemaSchema, { ...schema, attributes });
  return ok(presentedSchema(call.tenant, replaceSchema(call.tenant, call.param("id"), schema, sent)));
}

function existingSchema(call: Call, storage: Storage, name: string): Stored {
  if (name === "") throw invalid("schemaName must not be empty.");
  const schema = schemaNamed(storage, call.param("id"), name);
  if (schema === undefined) throw notFound();
  return schema;
}

const attributesOf = (schema: Stored): JsonObject[] =>
  (Array.isArray(schema["attributes"]) ? schema["attributes"] : []).filter(isObject);
