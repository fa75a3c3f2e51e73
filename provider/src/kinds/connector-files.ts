import { basename } from "node:path";
import { type Json, type JsonObject, type Maybe, own } from "../reconcile";
import { asObject } from "../tenant/wire";
import { contentOf, isAsset, nameOf } from "./assets";
import type { Part } from "./kind";

const assets = (list: Maybe): JsonObject[] => (Array.isArray(list) ? list.filter(isAsset) : []);
const part: Part = {
  /** Uploads each file; the tenant lists what it has in `connector_files`. A file no longer declared stays there. */
  async apply({ client }, id, desired) {
    let live: JsonObject | undefined;
    for (const asset of assets(desired)) {
      const file = { name: nameOf(asset), content: await contentOf(asset) };
      live = asObject(await client.call("importConnectorFile", { sourceId: id, body: { file } }));
    }
    return live;
  },
};

export const connectorFiles = {
  /** The applied files that the tenant still lists. */
  present: (applied: Maybe, names: ReadonlySet<string>): Json =>
    assets(applied).filter((asset) => names.has(nameOf(asset))),
  part,
};

/** The files that a live source lists. */
export function fileNames(live: JsonObject): ReadonlySet<string> {
  const listed = own(live["connectorAttributes"], "connector_files");
  return new Set(typeof listed === "string" ? listed.split(",").map((name) => basename(name.trim())) : []);
}
