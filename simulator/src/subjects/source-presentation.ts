import type { Listing } from "../http/collection";
import { valueAt } from "../http/filters";
import { isObject, textOf, type JsonObject } from "../json";
import type { Storage } from "../storage";
import type { Tenant } from "../tenant";
import { presentedAttributes } from "./connector-attributes";
import { correlationName } from "./correlation";

/** A source as a client reads it: what is stored, and what follows from other objects. */
export function presentedSource(tenant: Tenant, storage: Storage, source: Readonly<JsonObject>): JsonObject {
  const id = textOf(source["id"]);
  const { behaviours } = tenant.settings;
  const features: unknown[] = Array.isArray(source["features"]) ? source["features"] : [];
  return {
    ...withoutAbsent(source),
    owner: behaviours.ownerNull ? null : source["owner"],
    features: tenant.shuffled(features, String),
    schemas: tenant
      .inListOrder(storage.collection("schemas", id).list())
      .map((schema) => ({ type: "CONNECTOR_SCHEMA", id: schema["id"], name: schema["name"] })),
    accountCorrelationConfig: presentedCorrelation(tenant, source),
    authoritative: isAuthoritative(storage, id),
    connectorAttributes: presentedAttributes(tenant, source),
    ...(behaviours.undocumentedFields ? { accountsFile: null } : {}),
  };
}

/** What may be filtered and sorted by in the list of sources. */
export const sourceListing = (tenant: Tenant, storage: Storage): Listing => ({
  read: (source, path) => {
    if (path === "authoritative") return isAuthoritative(storage, textOf(source["id"]));
    return valueAt(path === "accountCorrelationConfig.name" ? presentedSource(tenant, storage, source) : source, path);
  },
  filterable: {
    id: ["eq", "in", "ge", "gt", "le", "lt", "ne", "isnull", "sw"],
    name: ["co", "eq", "in", "sw", "ge", "gt", "ne", "isnull"],
    type: ["eq", "in", "ge", "gt", "ne", "isnull", "sw"],
    "owner.id": ["eq", "in", "ge", "gt", "le", "lt", "ne", "isnull", "sw"],
    features: ["ca", "co"],
    created: ["eq", "ge", "gt", "in", "le", "lt", "ne", "isnull", "sw"],
    modified: ["eq", "ge", "gt", "in", "le", "lt", "ne", "isnull", "sw"],
    "managementWorkgroup.id": ["eq", "ge", "gt", "in", "le", "lt", "ne", "isnull", "sw"],
    description: ["eq", "sw"],
    authoritative: ["eq", "ne", "isnull"],
    healthy: ["isnull"],
    status: ["eq", "in", "ge", "gt", "le", "lt", "ne", "isnull", "sw"],
    connectionType: ["eq", "ge", "gt", "in", "le", "lt", "ne", "isnull", "sw"],
    connectorName: ["eq", "ge", "gt", "in", "ne", "isnull", "sw"],
    category: ["co", "eq", "ge", "gt", "in", "le", "lt", "ne", "sw"],
  },
  sortable: [
    "type",
    "created",
    "modified",
    "name",
    "owner.name",
    "healthy",
    "status",
    "id",
    "description",
    "owner.id",
    "accountCorrelationConfig.id",
    "accountCorrelationConfig.name",
    "managerCorrelationRule.type",
    "managerCorrelationRule.id",
    "managerCorrelationRule.name",
    "authoritative",
    "managementWorkgroup.id",
    "connectorName",
    "connectionType",
  ],
});

/** Fields that are left out of an answer when nobody set them; others read null. */
const leftOut = ["description", "managerCorrelationMapping", "deleteThreshold"];

function withoutAbsent(source: Readonly<JsonObject>): JsonObject {
  const shown: JsonObject = { ...source };
  for (const key of leftOut) if (shown[key] === null) Reflect.deleteProperty(shown, key);
  return shown;
}

function presentedCorrelation(tenant: Tenant, source: Readonly<JsonObject>): JsonObject | null {
  const reference = source["accountCorrelationConfig"];
  return isObject(reference) ? { ...reference, name: correlationName(tenant, source) } : null;
}

/** Identity profiles make their source authoritative; nobody else can. */
function isAuthoritative(storage: Storage, id: string): boolean {
  return storage
    .collection("identity-profiles")
    .list()
    .some(({ authoritativeSource }) => isObject(authoritativeSource) && authoritativeSource["id"] === id);
}
