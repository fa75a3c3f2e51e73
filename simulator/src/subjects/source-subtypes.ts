import { z } from "zod";

import { bodyAs } from "../http/body";
import { listed } from "../http/collection";
import { invalid, notFound } from "../http/errors";
import { created, noContent, ok, type Call, type Operation } from "../http/operation";

const path = "/source-subtypes";
const common = { versions: ["services"], experimentalIn: ["services"] } as const;

/** The kinds of machine accounts that a source has. */
export const subtypeOperations: readonly Operation[] = [
  { id: "listSourceSubtypes", method: "GET", path, ...common, handle: list },
  { id: "createSourceSubtype", method: "POST", path, accepts: "json", ...common, handle: create },
  { id: "getSourceSubtypeById", method: "GET", path: `${path}/:subtypeId`, ...common, handle: get },
  { id: "deleteMachineAccountSubtype", method: "DELETE", path: `${path}/:subtypeId`, ...common, handle: remove },
];

const subtypeSchema = z.object({
  sourceId: z.string(),
  technicalName: z.string().min(1),
  displayName: z.string(),
  description: z.string(),
  type: z.string().optional(),
});

function list(call: Call) {
  const filterable = {
    "source.id": ["eq", "in"],
    sourceId: ["eq", "in"],
    technicalName: ["eq", "sw"],
    id: ["eq", "in"],
  };
  const sortable = ["technicalName", "displayName", "created", "modified"];
  const rows = call.storage.collection("source-subtypes").list();
  return listed(call, rows, { filterable, sortable }, ({ sourceId: _sourceId, ...subtype }) => subtype);
}

function get(call: Call) {
  const subtype = call.storage.collection("source-subtypes").get(call.param("subtypeId"));
  if (subtype === undefined) throw notFound();
  const { sourceId: _sourceId, ...shown } = subtype;
  return ok(shown);
}

function create(call: Call) {
  const { tenant } = call;
  const { sourceId, ...sent } = bodyAs(subtypeSchema, call.body);
  const source = tenant.storage.collection("sources").get(sourceId);
  if (source === undefined) throw invalid(`sourceId: there is no source "${sourceId}".`);
  const collection = tenant.storage.collection("source-subtypes");
  const isTaken = collection
    .list()
    .some((other) => other["sourceId"] === sourceId && other["technicalName"] === sent.technicalName);
  if (isTaken) throw invalid(`technicalName: the source already has a subtype "${sent.technicalName}".`);
  const id = tenant.ids.nextUuid("subtype", `${sourceId}/${sent.technicalName}`);
  const now = tenant.timestamp();
  const subtype = {
    id,
    ...sent,
    type: sent.type ?? "MACHINE",
    source: { type: "SOURCE", id: sourceId, name: source["name"] },
    systemManaged: false,
    created: now,
    modified: now,
  };
  collection.put(id, { ...subtype, sourceId });
  return created(subtype);
}

function remove(call: Call) {
  if (!call.tenant.storage.collection("source-subtypes").remove(call.param("subtypeId"))) throw notFound();
  return noContent;
}
