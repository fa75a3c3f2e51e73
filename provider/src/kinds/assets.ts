import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { UploadFile } from "../api/operations";
import { type JsonObject, type Maybe, isObject, own } from "../reconcile";

/** How Pulumi marks its own values on the wire, and an asset among them. Its path is relative to the program's folder, where this process runs. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";

export const isAsset = (value: unknown): value is JsonObject => isObject(value) && value[SIGNATURE] === ASSET;

/** The hash of an asset's content. */
export const hashOf = (asset: Maybe): string => String(own(asset, "hash"));
export const nameOf = (asset: Maybe): string => basename(String(own(asset, "path") ?? ""));

export async function contentOf(asset: JsonObject): Promise<UploadFile["content"]> {
  return typeof asset["text"] === "string" ? asset["text"] : new Uint8Array(await readFile(String(asset["path"])));
}
