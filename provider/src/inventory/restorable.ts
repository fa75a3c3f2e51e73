import { tellingInputs } from "../kinds/imported";
import type { Kind } from "../kinds/kind";
import type { Fields } from "../kinds/tree/field";
import { type Json, type JsonObject, type Maybe, isObject, own, put } from "../reconcile";

/** A program names an object by one key; what is kept has all that are known. */
export function spelledOnce(inputs: JsonObject, fields: Fields): JsonObject {
  const spelled = (value: Json, field: Fields[string] | undefined): Json => {
    if (field?.type === "reference" && isObject(value)) {
      const key = field.by.find((one) => own(value, one) !== undefined) ?? "name";
      return { [key]: own(value, key) ?? "" };
    }
    if ((field?.type === "list" || field?.type === "keyed") && Array.isArray(value)) {
      return value.map((member) => spelled(member, field.of));
    }
    return field?.type === "object" && isObject(value) ? spelledOnce(value, field.fields) : value;
  };
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(inputs)) put(result, name, spelled(value, fields[name]));
  return result;
}

/** What of a live object a restoration may take away: all that a program could declare, but names in a comma list. */
export function removable(kind: Kind, live: JsonObject, id: string): JsonObject {
  const inputs = tellingInputs(kind, live, id);
  for (const [name, field] of Object.entries(kind.fields)) {
    const value = own(inputs, name);
    if (field.type !== "json" || !isObject(value)) continue;
    const kept = Object.entries(value).filter(([key]) => own(field.fields as Maybe, key) === undefined);
    inputs[name] = Object.fromEntries(kept);
  }
  return inputs;
}
