import { bodyAs } from "../http/body";
import { immutable, invalid, notFound, refuse } from "../http/errors";
import { created, noContent, ok, type Call, type Operation } from "../http/operation";
import { patched } from "../http/patch";
import { isObject, textOf, type JsonObject } from "../json";
import type { Connector, SchemaTemplate } from "../seed/connector";
import type { Storage, Stored } from "../storage";
import type { Tenant } from "../tenant";
import { existingSource } from "./references";
import { schemaSchema, type SentSchema } from "./schema-shape";

export const schemaOperations: readonly Operation[] = [
  { id: "getSourceSchemas", method: "GET", path: "/sources/:sourceId/schemas", handle: list },
  { id: "createSourceSchema", method: "POST", path: "/sources/:sourceId/schemas", accepts: "json", handle: create },
  { id: "getSourceSchema", method: "GET", path: "/sources/:sourceId/schemas/:schemaId", handle: get },
  { id: "putSourceSchema", method: "PUT", path: "/sources/:sourceId/schemas/:schemaId", accepts: "json", handle: put },
  {
    id: "updateSourceSchema",
    method: "PATCH",
    path: "/sources/:sourceId/schemas/:schemaId",
    accepts: "json-patch",
    handle: update,
  },
  { id: "deleteSourceSchema", method: "DELETE", path: "/sources/:sourceId/schemas/:schemaId", handle: remove },
];

/** The schemas that a source of this connector has from its first moment. */
export function createSchemasFromTemplate(tenant: Tenant, sourceId: string, connector: Connector): void {
  const groupsFirst = connector.schemas.toSorted((left, right) => Number(isAccount(left)) - Number(isAccount(right)));
  const made = groupsFirst.map((template) => addSchema(tenant, sourceId, sentSchema(tenant, sourceId, template)));
  const account = made.find((schema) => schema["name"] === "account");
  if (account === undefined) return;
  const collection = tenant.storage.collection("schemas", sourceId);
  for (const schema of made) collection.remove(textOf(schema["id"]));
  for (const schema of [account, ...made.filter((other) => other !== account)]) {
    collection.put(textOf(schema["id"]), schema);
  }
}

const isAccount = (template: SchemaTemplate) => template.name === "account";

/** The schema of this name on a source. */
export const schemaNamed = (storage: Storage, sourceId: string, name: string): Stored | undefined =>
  storage
    .collection("schemas", sourceId)
    .list()
    .find((schema) => schema["name"] === name);

/** A schema as a client reads it. `written` says that this answers a POST or PUT. */
export function presentedSchema(tenant: Tenant, schema: Stored, written = false): JsonObject {
  const { behaviours } = tenant.settings;
  const attributes = (Array.isArray(schema["attributes"]) ? schema["attributes"] : []).filter(isObject);
  const unreliable = written && behaviours.unreliableSchemaAnswers;
  const { configuration, identityAttribute, displayAttribute, ...rest } = schema;
  const hasConfiguration = isObject(configuration) && Object.keys(configuration).length > 0;
  return {
    ...rest,
    ...(typeof identityAttribute === "string" ? { identityAttribute } : {}),
    ...(typeof displayAttribute === "string" ? { displayAttribute } : {}),
    ...(hasConfiguration ? { configuration } : emptyConfigurations[behaviours.emptyConfiguration]),
    attributes: tenant
      .shuffled(attributes, ({ name }) => textOf(name))
      .map((attribute) => (behaviours.managedAttributes ? { isManaged: false, ...attribute } : attribute))
      .map((attribute) =>
        unreliable ? { ...attribute, isMulti: false, isEntitlement: false, isGroup: false } : attribute,
      ),
  };
}

const emptyConfigurations = { empty: { configuration: {} }, null: { configuration: null }, absent: {} };

function list(call: Call) {
  const sourceId = call.param("sourceId");
  if (call.storage.collection("sources").get(sourceId) === undefined) throw notFound();
  const names = call
    .query("include-names")
    ?.split(",")
    .map((name) => name.trim());
  const schemas = call.storage.collection("schemas", sourceId).list();
  const kept =
    call.query("include-types") === "group"
      ? schemas.filter((schema) => schema["name"] !== "account")
      : schemas.filter((schema) => names === undefined || names.includes(textOf(schema["name"])));
  return ok(call.tenant.inListOrder(kept).map((schema) => presentedSchema(call.tenant, schema)));
}

function create(call: Call) {
  const sourceId = call.param("sourceId");
  existingSource(call.tenant, sourceId);
  const sent = bodyAs(schemaSchema, call.body);
  if (schemaNamed(call.tenant.storage, sourceId, sent.name) !== undefined) {
    const { duplicateSchema } = call.tenant.settings.behaviours;
    throw refuse(duplicateSchema, `A schema with the name "${sent.name}" already exists on the source.`);
  }
  return created(presentedSchema(call.tenant, addSchema(call.tenant, sourceId, sent), true));
}

function get(call: Call) {
  const schema = call.storage.collection("schemas", call.param("sourceId")).get(call.param("schemaId"));
  if (schema === undefined) throw notFound();
  return ok(presentedSchema(call.tenant, schema));
}

function put(call: Call) {
  const before = existing(call);
  const sent = bodyAs(schemaSchema, call.body);
  const body = isObject(call.body) ? call.body : {};
  if (body["id"] !== before["id"]) throw immutable("id");
  for (const field of ["name", "created", "modified"]) {
    const value = body[field];
    const absent = value === undefined || value === null;
    if (!absent && !sameMoment(value, before[field])) throw immutable(field);
  }
  return ok(presentedSchema(call.tenant, write(call, before, sent), true));
}

/** A client may write the same time in another form. */
const sameMoment = (sent: unknown, stored: unknown): boolean =>
  sent === stored ||
  (typeof sent === "string" && typeof stored === "string" && Date.parse(sent) === Date.parse(stored));

const neverByPatch = ["id", "name", "created", "modified"];

function update(call: Call) {
  const before = existing(call);
  const after = patched(before, call.body, neverByPatch, call.tenant.settings.behaviours);
  return ok(presentedSchema(call.tenant, write(call, before, bodyAs(schemaSchema, after))));
}

function remove(call: Call) {
  existing(call);
  call.tenant.storage.collection("schemas", call.param("sourceId")).remove(call.param("schemaId"));
  return noContent;
}

function existing(call: Call): Stored {
  existingSource(call.tenant, call.param("sourceId"));
  const schema = call.tenant.storage.collection("schemas", call.param("sourceId")).get(call.param("schemaId"));
  if (schema === undefined) throw notFound();
  return schema;
}

/** Stores a new schema. */
function addSchema(tenant: Tenant, sourceId: string, sent: SentSchema): JsonObject {
  const id = tenant.ids.next("schema", `${sourceId}/${sent.name}`);
  const schema = {
    id,
    name: sent.name,
    ...content(tenant, sourceId, sent),
    created: tenant.timestamp(),
    modified: null,
  };
  tenant.storage.collection("schemas", sourceId).put(id, schema);
  return schema;
}

/** Stores what a schema has become. */
export function replaceSchema(tenant: Tenant, sourceId: string, before: Stored, sent: SentSchema): JsonObject {
  const schema = {
    ...before,
    ...content(tenant, sourceId, sent),
    modified: tenant.timestamp(),
  };
  tenant.storage.collection("schemas", sourceId).put(textOf(before["id"]), schema);
  return schema;
}

function write(call: Call, before: Stored, sent: SentSchema): JsonObject {
  const settable = call.tenant.settings.behaviours.identityAttributeSettable;
  if (!settable && before["identityAttribute"] === null && typeof sent.identityAttribute === "string") {
    throw immutable("identityAttribute");
  }
  return replaceSchema(call.tenant, call.param("sourceId"), before, sent);
}

function content(tenant: Tenant, sourceId: string, sent: SentSchema): JsonObject {
  return {
    nativeObjectType: sent.nativeObjectType ?? sent.name,
    identityAttribute: sent.identityAttribute ?? null,
    displayAttribute: sent.displayAttribute ?? null,
    hierarchyAttribute: sent.hierarchyAttribute ?? null,
    includePermissions: sent.includePermissions ?? false,
    features: sent.features ?? [],
    configuration: sent.configuration ?? {},
    attributes: (sent.attributes ?? []).map(({ isMultiValued, ...attribute }) => ({
      ...attribute,
      nativeName: attribute.nativeName ?? null,
      type: attribute.type ?? "STRING",
      schema: referencedSchema(tenant, sourceId, attribute),
      description: attribute.description ?? "",
      isMulti: attribute.isMulti ?? isMultiValued ?? false,
      isEntitlement: attribute.isEntitlement ?? false,
      isGroup: attribute.isGroup ?? false,
    })),
  };
}

type SentAttribute = NonNullable<SentSchema["attributes"]>[number];

function referencedSchema(tenant: Tenant, sourceId: string, attribute: SentAttribute): JsonObject | null {
  const reference = attribute.schema ?? null;
  if (attribute.isGroup === true && attribute.isEntitlement !== true) {
    throw invalid(`Attribute "${attribute.name}": isGroup needs isEntitlement.`);
  }
  if (attribute.isGroup === true && reference === null) {
    throw invalid(`Attribute "${attribute.name}": isGroup needs the schema of the group.`);
  }
  if (reference === null) return null;
  const schema = tenant.storage.collection("schemas", sourceId).get(reference.id);
  if (schema === undefined) throw invalid(`Attribute "${attribute.name}": its schema does not exist on the source.`);
  return { type: "CONNECTOR_SCHEMA", id: schema["id"], name: schema["name"] };
}

function sentSchema(tenant: Tenant, sourceId: string, template: SchemaTemplate): SentSchema {
  return {
    name: template.name,
    nativeObjectType: template.nativeObjectType,
    identityAttribute: template.identityAttribute,
    displayAttribute: template.displayAttribute,
    hierarchyAttribute: template.hierarchyAttribute,
    attributes: template.attributes.map((attribute) => {
      const group = attribute.group === undefined ? undefined : schemaNamed(tenant.storage, sourceId, attribute.group);
      return {
        name: attribute.name,
        type: attribute.type,
        isMulti: attribute.multi ?? false,
        isEntitlement: attribute.entitlement ?? false,
        isGroup: group !== undefined,
        ...(group === undefined ? {} : { schema: { id: textOf(group["id"]) } }),
      };
    }),
  };
}
