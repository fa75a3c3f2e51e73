import { z } from "zod";

import { bodyAs } from "../http/body";
import { invalid, notFound } from "../http/errors";
import { from2024, ok, type Call, type Operation } from "../http/operation";
import { requiredFile } from "../http/uploads";
import { isObject, textOf, type JsonObject } from "../json";
import type { Tenant } from "../tenant";
import { madeUpObjects } from "./accounts";
import { afterConnectorRan, connectorOf, movedAttributes } from "./connector-attributes";
import { connectorDetail } from "./connector-detail";
import { existingSource } from "./references";
import { schemaNamed } from "./schemas";
import { presentedSource } from "./source-presentation";

const action = (name: string) => ({
  method: "POST" as const,
  path: `/sources/:sourceId/connector/${name}`,
  versions: from2024,
});

export const connectorActionOperations: readonly Operation[] = [
  { id: "testSourceConnection", ...action("check-connection"), handle: checkConnection },
  { id: "testSourceConfiguration", ...action("test-configuration"), handle: testConfiguration },
  { id: "pingCluster", ...action("ping-cluster"), handle: pingCluster },
  { id: "searchResourceObjects", ...action("peek-resource-objects"), accepts: "json", handle: peek },
  {
    id: "importConnectorFile",
    method: "POST",
    path: "/sources/:sourceId/upload-connector-file",
    accepts: "multipart",
    handle: uploadFile,
  },
  {
    id: "getSourceConfig",
    method: "GET",
    path: "/sources/:id/connectors/source-config",
    versions: from2024,
    handle: sourceConfig,
  },
];

/** Tests the way to the system, and keeps what came of it in the source's health. */
function checkConnection(call: Call) {
  const source = existingSource(call.tenant, call.param("sourceId"));
  const broken = clusterProblem(call.tenant, source);
  const wrong = broken ?? configurationProblem(source);
  const failure = broken === undefined ? "SOURCE_STATE_FAILURE_SOURCE" : "SOURCE_STATE_FAILURE_CLUSTER";
  keepHealth(call.tenant, source, wrong === undefined ? "SOURCE_STATE_HEALTHY" : failure);
  return status(source, wrong);
}

function testConfiguration(call: Call) {
  const source = existingSource(call.tenant, call.param("sourceId"));
  return status(source, configurationProblem(source));
}

function pingCluster(call: Call) {
  const source = existingSource(call.tenant, call.param("sourceId"));
  const problem = isObject(source["cluster"]) ? clusterProblem(call.tenant, source) : "The source has no cluster.";
  return status(source, problem);
}

const status = (source: Readonly<JsonObject>, problem: string | undefined) =>
  ok({
    id: source["id"],
    name: source["name"],
    status: problem === undefined ? "SUCCESS" : "FAILURE",
    elapsedMillis: 0,
    details: problem === undefined ? {} : { error: problem },
  });

/** Why the source's cluster cannot be reached. A source without one is connected from the cloud. */
function clusterProblem(tenant: Tenant, source: Readonly<JsonObject>): string | undefined {
  if (!isObject(source["cluster"])) return undefined;
  const cluster = tenant.storage.collection("managed-clusters").get(textOf(source["cluster"]["id"]));
  if (cluster === undefined) return "The cluster no longer exists.";
  const works = cluster["operational"] === true && cluster["status"] !== "FAILED";
  return works ? undefined : `The cluster "${textOf(cluster["name"])}" is not operational.`;
}

/** What the connector needs and was not given: the address of its system, if its template has a place for one. */
function configurationProblem(source: Readonly<JsonObject>): string | undefined {
  const attributes = isObject(source["connectorAttributes"]) ? source["connectorAttributes"] : {};
  if (attributes["idnProxyType"] === "sp-connect" && textOf(attributes["spConnectorInstanceId"]) === "") {
    return "The source is linked to no instance of its connector: spConnectorSpecId was missing when it was made.";
  }
  const defaults: JsonObject = connectorOf(source["connector"])?.defaults ?? {};
  const missing = ["url", "host"].find((key) => defaults[key] === null && textOf(attributes[key]) === "");
  return missing === undefined ? undefined : `connectorAttributes.${missing} is missing.`;
}

function keepHealth(tenant: Tenant, source: Readonly<JsonObject>, state: string): void {
  const health = { healthy: state === "SOURCE_STATE_HEALTHY", status: state, since: tenant.timestamp() };
  const ran = tenant.settings.behaviours.connectorWritesItself ? afterConnectorRan(tenant, source) : source;
  tenant.storage
    .collection("sources")
    .put(textOf(source["id"]), { ...ran, ...health, connectorAttributes: movedAttributes(ran, health) });
}

const peekSchema = z.object({
  objectType: z.string().min(1).default("account"),
  maxCount: z.number().int().min(1).max(10_000).default(25),
});

/** Objects as the connector reads them: what was aggregated, or what its system would hold. */
function peek(call: Call) {
  const { tenant } = call;
  const sourceId = call.param("sourceId");
  const source = existingSource(tenant, sourceId);
  const { objectType, maxCount } = bodyAs(peekSchema, call.body);
  const schema = schemaNamed(tenant.storage, sourceId, objectType);
  if (schema === undefined) throw invalid(`objectType: the source has no schema "${objectType}".`);
  const problem = clusterProblem(tenant, source);
  if (problem !== undefined) throw invalid(problem);
  const collection = objectType === "account" ? "accounts" : "entitlements";
  const stored = tenant.storage.collection(collection, sourceId).list().slice(0, maxCount);
  const read =
    stored.length > 0 ? stored.map(({ attributes }) => attributes) : madeUpObjects(schema, Math.min(maxCount, 5));
  const objects = read.filter(isObject);
  return ok({
    id: source["id"],
    name: source["name"],
    objectCount: objects.length,
    elapsedMillis: 0,
    resourceObjects: objects.map((attributes) => resourceObject(tenant, objectType, schema, attributes)),
  });
}

function resourceObject(
  tenant: Tenant,
  objectType: string,
  schema: Readonly<JsonObject>,
  attributes: JsonObject,
): JsonObject {
  const identity = textOf(attributes[textOf(schema["identityAttribute"])]);
  const name = textOf(attributes[textOf(schema["displayAttribute"])]);
  return {
    instance: "",
    identity,
    uuid: tenant.ids.digest(`object ${identity}`).slice(0, 32),
    previousIdentity: "",
    name: name === "" ? identity : name,
    objectType,
    incomplete: false,
    incremental: false,
    delete: false,
    remove: false,
    missing: [],
    attributes,
    finalUpdate: false,
  };
}

/** The file's name joins the comma list `connector_files`; a file of the same name takes the place of the former. */
function uploadFile(call: Call) {
  const { tenant } = call;
  const sourceId = call.param("sourceId");
  const source = existingSource(tenant, sourceId);
  const sent = requiredFile(call);
  // Whatever path the client's form names, a server keeps the last part of it.
  const file = { ...sent, name: sent.name.split(/[/\\]/).at(-1) ?? "" };
  if (file.name === "" || file.name.includes(",")) throw invalid(`"${file.name}" is no name for a connector file.`);
  const attributes = isObject(source["connectorAttributes"]) ? source["connectorAttributes"] : {};
  const names = textOf(attributes["connector_files"]).split(",");
  const inFolder = tenant.settings.behaviours.connectorFileNames === "folder";
  const listed = inFolder ? `connectorFiles/${sourceId}/${file.name}` : file.name;
  const all = [...new Set([...names, listed])].filter((name) => name !== "");
  const changed = {
    ...source,
    modified: tenant.timestamp(),
    connectorAttributes: movedAttributes(source, { connector_files: all.join(",") }),
  };
  const content = { name: file.name, size: file.bytes.length, text: file.bytes.toString("base64") };
  tenant.storage.collection("connector-files", sourceId).put(file.name, content);
  tenant.storage.collection("sources").put(sourceId, changed);
  return ok(presentedSource(tenant, tenant.storage, changed));
}

const locales = "de false fi sv ru pt ko zh-TW en it fr zh-CN hu es cs ja pl da nl no".split(" ");

function sourceConfig(call: Call) {
  const source = call.storage.collection("sources").get(call.param("id"));
  if (source === undefined) throw notFound();
  const locale = call.query("locale");
  if (locale !== undefined && !locales.includes(locale)) throw invalid(`There is no locale "${locale}".`);
  const connector = connectorOf(source["connector"]);
  if (connector === undefined) throw notFound();
  return ok(connectorDetail(connector));
}
