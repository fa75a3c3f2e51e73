import { type Json, type JsonObject, isBlank } from "../reconcile";

/** What the kinds that hang on a source have in common: ids that read `sourceId/key`, and an input `source`. */

export const childId = (sourceId: unknown, key: unknown): string => `${String(sourceId)}/${String(key)}`;

/** The two halves of a child's id. A key may hold slashes, a source's id does not. */
export function splitId(id: string): { sourceId: string; key: string } {
  const slash = id.indexOf("/");
  return slash < 0 ? { sourceId: id, key: "" } : { sourceId: id.slice(0, slash), key: id.slice(slash + 1) };
}

export const sourceOf = (id: string): string => splitId(id).sourceId;

/** The object without members that are null, for an API that wants them absent. */
export const withoutNulls = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter((entry): entry is [string, Json] => !isBlank(entry[1])));
