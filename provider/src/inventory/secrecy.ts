import type { Fields } from "../kinds/tree/field";
import {
  type IsSecret,
  type Json,
  type JsonObject,
  type Maybe,
  SECRET_CHANGED,
  isBlank,
  isObject,
  put,
} from "../reconcile";
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

const MASK = /^\*{6,}$/;

/** The mark of reconcile in the place of what is known to be a secret and not known itself. */
export function asMarked(value: JsonObject): JsonObject {
  const marked = (member: Json): Json => {
    if (typeof member === "string") return member === SECRET || MASK.test(member) ? SECRET_CHANGED : member;
    if (Array.isArray(member)) return member.map(marked);
    return isObject(member) ? asMarked(member) : member;
  };
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) put(result, key, marked(member));
  return result;
}

export function withoutMarks(value: Json): JsonObject {
  const left = (member: Json): Maybe => {
    if (member === SECRET_CHANGED) return undefined;
    if (Array.isArray(member)) return member.map((one) => left(one) ?? null);
    return isObject(member) ? withoutMarks(member) : member;
  };
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(isObject(value) ? value : {})) {
    const kept = left(member);
    if (kept !== undefined) put(result, key, kept);
  }
  return result;
}
