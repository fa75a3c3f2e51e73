import { basename } from "node:path";
import { type Json, type JsonObject, type Maybe, own } from "../reconcile";
import { asObject } from "../tenant/wire";
import { contentOf, hashOf, isAsset, nameOf } from "./assets";
import type { Part } from "./kind";

const assets = (list: Maybe): JsonObject[] => (Array.isArray(list) ? list.filter(isAsset) : []);
const part: Part = {
  /** Uploads each file whose content the tenant does not have; the tenant lists what it has in `connector_files`. A file no longer declared stays there. */
  async apply({ client }, id, desired, before, applied) {
    const there = fileNames(before);
    const known = new Set(assets(applied).map(hashOf));
    let live: JsonObject | undefined;
    for (const asset of assets(desired)) {
      if (there.has(nameOf(asset)) && known.has(hashOf(asset))) continue;
      const file = { name: nameOf(asset), content: await contentOf(asset) };
      live = asObject(await client.call("importConnectorFile", { sourceId: id, body: { file } }));
    }
    return live;
  },
  foretold(desired, applied) {
    const [now, before] = [assets(desired), assets(applied)];
    const known = new Set(before.map(hashOf));
    const sent = now.filter((asset) => !known.has(hashOf(asset)));
    const left = before.filter((asset) => !now.some((other) => nameOf(other) === nameOf(asset)));
    return [
      ...sent.map((asset) => `${called(asset)} will be uploaded (SHA-256 ${hashOf(asset).slice(0, 8)}…)`),
      ...left.map((asset) => `${called(asset)} stays on the tenant, which deletes no file`),
    ];
  },
};

const called = (asset: JsonObject): string => (nameOf(asset) === "" ? "a file" : JSON.stringify(nameOf(asset)));

export const connectorFiles = {
  /**
   * The applied files that the tenant still lists. A look at the tenant is told of assets what they hold, and not how they
   * are called: then as many as it lists.
   */
  present(applied: Maybe, names: ReadonlySet<string>): Json {
    const all = assets(applied);
    const nameless = all.filter((asset) => nameOf(asset) === "");
    const named = all.filter((asset) => names.has(nameOf(asset)));
    const left = names.size - named.length;
    return all.filter((asset) => named.includes(asset) || (nameless.includes(asset) && nameless.indexOf(asset) < left));
  },
  part,
};

/** The files that a live source lists. */
export function fileNames(live: JsonObject): ReadonlySet<string> {
  const listed = own(live["connectorAttributes"], "connector_files");
  return new Set(typeof listed === "string" ? listed.split(",").map((name) => basename(name.trim())) : []);
}
