import type { Action, Kind } from "../../kinds/kind";
import type { Json, JsonObject } from "../../reconcile";
import { UNKNOWN } from "../../reconcile/unknown";

/**
 * What a resource's properties will be, as far as it is known before: what is declared, and what the tenant decided
 * once and an update leaves as it is.
 */
export function outputsInPreview(kind: Kind | Action, inputs: JsonObject, olds?: JsonObject): JsonObject {
  const decided = ["tenant", ...Object.keys(kind.outputs).filter((name) => kind.outputs[name]?.type !== "id")];
  const known = (name: string): [string, Json][] => {
    const value = olds?.[name];
    if (value !== undefined) return [[name, value]];
    // A flag that is off is not in the state.
    return olds && kind.outputs[name]?.type === "flag" ? [] : [[name, UNKNOWN]];
  };
  return { ...Object.fromEntries(decided.flatMap(known)), ...inputs };
}

/** The id that a resource will have, where it follows from what is declared; else nothing. */
export function plannedId(kind: Kind | Action, inputs: JsonObject): string {
  const hangs = Object.values(kind.fields).some(({ type }) => type === "parent");
  const id = hangs ? kind.id(inputs, {}) : "";
  return id.includes(UNKNOWN) ? "" : id;
}
