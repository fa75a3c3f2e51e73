import { z } from "zod";
import { operation } from "./define";
import { file, flag, freeform, jsonPatch, maybe, reference, text } from "./shapes";

const schemaAttribute = z.looseObject({
  name: text,
  nativeName: maybe(text),
  type: maybe(text),
  schema: maybe(reference),
  description: maybe(text),
  /** Older answers say `isMultiValued`. */
  isMulti: maybe(flag),
  isEntitlement: maybe(flag),
  isGroup: maybe(flag),
});
/** An attribute of a schema. */
export type SchemaAttribute = z.infer<typeof schemaAttribute>;

const content = {
  nativeObjectType: maybe(text),
  identityAttribute: maybe(text),
  displayAttribute: maybe(text),
  hierarchyAttribute: maybe(text),
  includePermissions: maybe(flag),
  features: maybe(z.union([text, z.array(text)])),
  configuration: maybe(freeform),
  attributes: maybe(z.array(schemaAttribute)),
};

/** A schema as the tenant answers it. */
const schema = z.looseObject({
  ...content,
  id: text,
  name: text,
  created: maybe(text),
  modified: maybe(text),
});
/** A schema of a source: the form of its accounts, or of its entitlements. */
export type Schema = z.infer<typeof schema>;

/** A schema to create. */
const newSchema = z.looseObject({ ...content, name: text });
/** A schema to create. */
export type NewSchema = z.infer<typeof newSchema>;

export const schemas = {
  getSourceSchemas: operation({
    method: "GET",
    path: "/sources/{sourceId}/schemas",
    does: "list the schemas of the source",
    query: { "include-types": text.optional(), "include-names": text.optional() },
    answer: z.array(schema),
  }),
  createSourceSchema: operation({
    method: "POST",
    path: "/sources/{sourceId}/schemas",
    does: "create the schema",
    body: newSchema,
    answer: schema,
  }),
  getSourceSchema: operation({
    method: "GET",
    path: "/sources/{sourceId}/schemas/{schemaId}",
    does: "read the schema",
    answer: schema,
  }),
  putSourceSchema: operation({
    method: "PUT",
    path: "/sources/{sourceId}/schemas/{schemaId}",
    does: "write the schema",
    body: schema,
    answer: schema,
  }),
  updateSourceSchema: operation({
    method: "PATCH",
    path: "/sources/{sourceId}/schemas/{schemaId}",
    does: "change the schema",
    body: jsonPatch,
    answer: schema,
  }),
  deleteSourceSchema: operation({
    method: "DELETE",
    path: "/sources/{sourceId}/schemas/{schemaId}",
    does: "delete the schema",
  }),
  getAccountsSchema: operation({
    method: "GET",
    path: "/sources/{id}/schemas/accounts",
    does: "download the account schema",
    answer: text,
    reads: "csv",
  }),
  importAccountsSchema: operation({
    method: "POST",
    path: "/sources/{id}/schemas/accounts",
    does: "upload the account schema",
    sends: "multipart",
    body: z.object({ file }),
    answer: schema,
    // The file is the whole schema: a second upload of it changes nothing.
    idempotent: true,
  }),
  getEntitlementsSchema: operation({
    method: "GET",
    path: "/sources/{id}/schemas/entitlements",
    does: "download the entitlement schema",
    query: { schemaName: text.optional() },
    answer: text,
    reads: "csv",
  }),
  importEntitlementsSchema: operation({
    method: "POST",
    path: "/sources/{id}/schemas/entitlements",
    does: "upload the entitlement schema",
    query: { schemaName: text.optional() },
    sends: "multipart",
    body: z.object({ file }),
    answer: schema,
    idempotent: true,
  }),
};
