import { immutable, invalid } from "../http/errors";
import { equalJson, isObject, type JsonObject } from "../json";
import { connectors } from "../seed/connectors";
import type { Connector } from "../seed/connector";
import type { Tenant } from "../tenant";

const suffix = "-angularsc";

/** The connector with this script name, with or without the suffix that tenants add. */
export function connectorOf(scriptName: unknown): Connector | undefined {
  if (typeof scriptName !== "string") return undefined;
  const bare = scriptName.endsWith(suffix) ? scriptName.slice(0, -suffix.length) : scriptName;
  return connectors.find((connector) => connector.scriptName === bare);
}

export const withSuffix = (tenant: Tenant, connector: Connector) =>
  tenant.settings.behaviours.angularSuffix ? connector.scriptName + suffix : connector.scriptName;

/** Keys whose change the server refuses. */
const refused = ["healthy", "since", "status"];

/** Keys that the server sets; what a client writes there is dropped without a word. */
const owned = [
  "connectionType",
  "connectorName",
  "cloudExternalId",
  "cloudDisplayName",
  "cloudOriginalApplicationType",
  "cloudAuthoritativeSourcePrecedence",
  "cloudEnabled",
  "templateApplication",
  "beforeProvisioningRule",
  "formPath",
  "lockStatus",
  "deleteStatus",
  "hasFullAggregationCompleted",
  "acctAggregationStart",
  "acctAggregationEnd",
  "lastAggregationDate_account",
  "deltaAggregation",
  "md5",
];

/** The connector attributes of a new source: what was sent, over the template's defaults, under what the server adds. */
export function initialAttributes(tenant: Tenant, connector: Connector, source: JsonObject, sent: unknown): JsonObject {
  const given = isObject(sent) ? sent : {};
  const attributes = { encrypted: "password", ...connector.defaults, ...given, ...injected(tenant, connector, source) };
  requireEncrypted(attributes);
  return tenant.vault.seal(attributes, {}, connector.secrets);
}

/** The connector attributes after a write: secrets sealed, the server's own keys as they were or as they follow. */
export function writtenAttributes(
  tenant: Tenant,
  connector: Connector,
  before: Readonly<JsonObject>,
  after: JsonObject,
): JsonObject {
  const former = isObject(before["connectorAttributes"]) ? before["connectorAttributes"] : {};
  const sent = after["connectorAttributes"];
  if (!isObject(sent)) throw invalid("connectorAttributes must be an object.");
  for (const key of refused) if (!equalJson(sent[key], former[key])) throw immutable(key);
  requireEncrypted(sent);
  const kept = Object.fromEntries(owned.filter((key) => Object.hasOwn(former, key)).map((key) => [key, former[key]]));
  const attributes: JsonObject = { ...sent, ...kept, ...mirrored(after) };
  for (const key of owned) if (!Object.hasOwn(former, key)) Reflect.deleteProperty(attributes, key);
  return tenant.vault.seal({ ...attributes, ...mirrored(after) }, former, connector.secrets);
}

/** The threshold after a write, which may have come as the field or as the connector attribute that mirrors it. */
export function writtenThreshold(before: Readonly<JsonObject>, after: JsonObject): unknown {
  const former = before["deleteThreshold"];
  if (!equalJson(after["deleteThreshold"], former)) return after["deleteThreshold"];
  const attributes = after["connectorAttributes"];
  const mirror = isObject(attributes) ? attributes["deleteThresholdPercentage"] : undefined;
  return typeof mirror === "number" ? mirror : former;
}

/** The attributes as a client reads them. */
export function presentedAttributes(tenant: Tenant, source: Readonly<JsonObject>): unknown {
  const attributes = source["connectorAttributes"];
  const how = tenant.settings.behaviours.secrets;
  if (how === "stable" || !isObject(attributes)) return attributes;
  return tenant.vault.present(attributes, connectorOf(source["connector"])?.secrets ?? [], how);
}

/** The attributes with what an aggregation, a test or an upload moved. */
export function movedAttributes(source: Readonly<JsonObject>, moved: JsonObject): JsonObject {
  const attributes = source["connectorAttributes"];
  return { ...(isObject(attributes) ? attributes : {}), ...moved };
}

function injected(tenant: Tenant, connector: Connector, source: JsonObject): JsonObject {
  const number = Number.parseInt(tenant.ids.digest(String(source["id"])).slice(0, 7), 16);
  return {
    healthy: source["healthy"],
    since: source["since"],
    status: source["status"],
    connectionType: source["connectionType"],
    connectorName: connector.name,
    cloudExternalId: String(100000 + (number % 900000)),
    cloudDisplayName: source["name"],
    cloudOriginalApplicationType: connector.type,
    cloudAuthoritativeSourcePrecedence: null,
    cloudEnabled: true,
    templateApplication: `${connector.type} Template`,
    formPath: null,
    ...mirrored(source),
  };
}

/** Connector attributes that repeat fields of the source. */
function mirrored(source: JsonObject): JsonObject {
  const rule = source["beforeProvisioningRule"];
  return {
    cloudDisplayName: source["name"],
    beforeProvisioningRule: isObject(rule) ? rule["name"] : null,
    deleteThresholdPercentage: source["deleteThreshold"],
  };
}

function requireEncrypted(attributes: JsonObject): void {
  if (typeof attributes["encrypted"] !== "string") {
    throw invalid("connectorAttributes.encrypted must be a comma-separated text; it cannot be null.");
  }
}
