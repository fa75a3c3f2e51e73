import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { type Equal, type Json, type JsonObject, type Maybe, isObject, own } from "../reconcile";
import { asObject } from "../wire";
import type { Part } from "./kind";

/** How Pulumi marks an asset on the wire. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";

const isAsset = (value: unknown): value is JsonObject => isObject(value) && value[SIGNATURE] === ASSET;
const nameOf = (asset: Maybe): string => basename(String(own(asset, "path") ?? ""));
const assets = (list: Maybe): JsonObject[] => (Array.isArray(list) ? list.filter(isAsset) : []);
const identity = (list: Maybe): string[] =>
  assets(list)
    .map((asset) => `${nameOf(asset)} ${String(asset["hash"])}`)
    .sort();

/** Two lists of files are the same when names and contents are. */
const equal: Equal = (declared, live) => {
  const [left, right] = [identity(declared), identity(live)];
  return left.length === right.length && left.every((file, i) => file === right[i]);
};

const part: Part = {
  /** Uploads each file; the tenant lists what it has in `connector_files`. A file no longer declared stays there. */
  async apply({ client }, id, desired) {
    let live: JsonObject | undefined;
    for (const asset of assets(desired)) {
      const file = { name: nameOf(asset), content: await readFile(String(asset["path"])) };
      live = asObject(await client.call("importConnectorFile", { sourceId: id, body: { file } }));
    }
    return live;
  },
};

export const connectorFiles = {
  input: z.array(
    z.custom<JsonObject>((value) => isAsset(value) && typeof value["path"] === "string", {
      error: "is no file: give new pulumi.asset.FileAsset(path), since the tenant keeps files by their names",
    }),
  ),
  equal,
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
