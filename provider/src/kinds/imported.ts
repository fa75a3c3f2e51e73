import { type JsonObject, type Maybe, declarable, isObject } from "../reconcile";
import { spelled } from "../tenant/references";
import type { Kind } from "./kind";

/**
 * The inputs that a program would declare an existing object with: what the kind knows, and nothing that the tenant puts
 * there by itself.
 *
 * @param spelling How a live reference is written. Default: as a program does, by its name.
 */
export function importedInputs(
  kind: Kind,
  live: JsonObject,
  id: string,
  spelling: (reference: Maybe) => Maybe = spelled,
): JsonObject {
  const inputs = declarable(kind.imported(live, id), kind.rules, spelling);
  return isObject(inputs) ? inputs : {};
}
