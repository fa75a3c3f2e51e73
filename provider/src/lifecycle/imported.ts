import type { Kind } from "../kinds/kind";
import { type JsonObject, declarable, isObject } from "../reconcile";
import { spelled } from "../tenant/references";

/**
 * The inputs that a program would declare an existing object with: what the kind knows, names for ids, and nothing
 * that the tenant puts there by itself.
 */
export function importedInputs(kind: Kind, live: JsonObject, id: string): JsonObject {
  const inputs = declarable(kind.imported(live, id), kind.rules, spelled);
  return isObject(inputs) ? inputs : {};
}
