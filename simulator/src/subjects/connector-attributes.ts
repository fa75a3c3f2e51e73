import { immutable, invalid } from "../http/errors";
import { equalJson, isObject, textOf, type JsonObject } from "../json";
import { connectors } from "../seed/connectors";
import type { Connector } from "../seed/connector";
import type { Tenant } from "../tenant";

const suffix = "-angularsc";

/** A script name without the suffix that tenants add. */
export const bareScriptName = (scriptName: string): string =>
  scriptName.endsWith(suffix) ? scriptName.slice(0, -suffix.length) : scriptName;

/** The connector with this script name, with or without the suffix. */
export function connectorOf(scriptName: unknown): Connector | undefined {
  if (typeof scriptName !== "string") return undefined;
  return connectors.find((connector) => connector.scriptName === bareScriptName(scriptName));
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
  "connector_files",
];

/** The connector attributes of a new source: what was sent, over the template's defaults, under what the server adds. */
export function initialAttributes(tenant: Tenant, connector: Connector, source: JsonObject, sent: unknown): JsonObject {
  const given = isObject(sent) ? sent : {};
  const attributes = { ...connector.defaults, ...given, ...injected(tenant, connector, source, given) };
  requireEncrypted(attributes);
  return tenant.vault.of(textOf(source["id"])).seal(attributes, {});
}

/** The connector attributes after a write: secrets sealed, the server's own keys as they were or as they follow. */
export function writtenAttributes(tenant: Tenant, before: Readonly<JsonObject>, after: JsonObject): JsonObject {
  const former = isObject(before["connectorAttributes"]) ? before["connectorAttributes"] : {};
  const sent = after["connectorAttributes"];
  if (!isObject(sent)) throw invalid("connectorAttributes must be an object.");
  requireUntouched(tenant, sent, former);
  requireEncrypted(sent);
  const isSaas = former["idnProxyType"] === "sp-connect";
  const isOwned = (key: string) => owned.includes(key) || (isSaas && linksInstance(key));
  const kept = Object.entries(former).filter(([key]) => isOwned(key));
  const dropped = Object.keys(sent).filter((key) => isOwned(key) && !Object.hasOwn(former, key));
  const attributes = { ...sent, ...Object.fromEntries(kept), ...mirrored(after) };
  for (const key of dropped) Reflect.deleteProperty(attributes, key);
  return tenant.vault.of(textOf(before["id"])).seal(attributes, former);
}

/** Health is never the client's; whether the other keys of the server are refused or dropped differs. */
function requireUntouched(tenant: Tenant, sent: JsonObject, former: JsonObject): void {
  const all = tenant.settings.behaviours.ownedAttributes === "refused";
  for (const key of all ? [...refused, ...owned] : refused) {
    if (!equalJson(sent[key], former[key])) throw immutable(key);
  }
}

/** Whether a key links a source to its instance of a SaaS connector: set at creation, dropped from every later write. */
const linksInstance = (key: string) => key === "idnProxyType" || /^sp[A-Z]/.test(key);

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
  return tenant.vault.of(textOf(source["id"])).present(attributes, how);
}

/** The source after its connector has worked, where it writes into its own settings: another token, and a cursor that moved on. */
export function afterConnectorRan(tenant: Tenant, source: Readonly<JsonObject>): JsonObject {
  const writes = connectorOf(source["connector"])?.writesItself;
  if (writes === undefined) return { ...source };
  const id = textOf(source["id"]);
  const former = isObject(source["connectorAttributes"]) ? source["connectorAttributes"] : {};
  const token = `rotated-${tenant.ids.next("token of connector", id)}`;
  const attributes = { ...former, [writes.token]: token, [writes.cursor]: tenant.timestamp() };
  return { ...source, connectorAttributes: tenant.vault.of(id).seal(attributes, former) };
}

/** The attributes with what an aggregation, a test or an upload moved. */
export function movedAttributes(source: Readonly<JsonObject>, moved: JsonObject): JsonObject {
  const attributes = source["connectorAttributes"];
  return { ...(isObject(attributes) ? attributes : {}), ...moved };
}

function injected(tenant: Tenant, connector: Connector, source: JsonObject, given: JsonObject): JsonObject {
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
    ...instance(tenant, source, given),
    ...mirrored(source),
  };
}

/** The instance of a SaaS connector that is made for a source whose creation names its specification. */
function instance(tenant: Tenant, source: JsonObject, given: JsonObject): JsonObject {
  if (textOf(given["spConnectorSpecId"]) === "") return {};
  return { spConnectorInstanceId: tenant.ids.nextUuid("connector instance", textOf(source["id"])) };
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
