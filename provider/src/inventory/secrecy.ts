import type { Fields } from "../kinds/tree/field";
import { type IsSecret, type Json, type JsonObject, SECRET_CHANGED, isBlank, isObject, put } from "../reconcile";
import { SECRET } from "./inventory";

/** Inputs with {@link SECRET} in the place of every secret, whatever stood there. */
export function withoutSecrets(inputs: JsonObject, fields: Fields, isSecret: IsSecret): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(inputs)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const holds = field?.type === "json" && field.holdsSecrets === true;
    put(result, name, holds ? hidden(value, name, isSecret) : value);
  }
  return result;
}

/** A value, and {@link SECRET} in the place of what is secret of it; `key` is the innermost one on the way to it. */
export function hidden(value: Json, key: string, isSecret: IsSecret): Json {
  if (isBlank(value) || value === SECRET_CHANGED) return value;
  const isStructure = typeof value === "object";
  // All that stands at the key of a secret is one: nothing of it is to be shown by mistake.
  if (isSecret(key, isStructure ? undefined : value, undefined)) return SECRET;
  if (Array.isArray(value)) return value.map((member) => hidden(member, key, isSecret));
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [name, member] of Object.entries(value)) put(result, name, hidden(member, name, isSecret));
  return result;
}
