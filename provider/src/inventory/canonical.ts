import type { ListField, Field, Fields } from "../kinds/tree/field";
import { type Json, type JsonObject, isObject, own, put } from "../reconcile";
import { membersOf } from "../reconcile/comma-set";
import { byText } from "./inventory";

/**
 * Inputs in an order that is always the same: fields as their kind has them, keys of free JSON by name, members of sets
 * and keyed lists sorted, since tenants give them in any order. Keys that are null are not there.
 */
export function canonical(inputs: JsonObject, fields: Fields): JsonObject {
  const result: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = own(inputs, name);
    if (value !== undefined && value !== null) put(result, name, ordered(value, field));
  }
  return result;
}

function ordered(value: Json, field: Field | undefined): Json {
  switch (field?.type) {
    case "object":
      return isObject(value) ? canonical(value, field.fields) : value;
    case "keyed":
      return inList(value, field.of).sort((left, right) => byText(keyText(left, field.by), keyText(right, field.by)));
    case "list":
      return inList(value, (field satisfies ListField).of);
    case "set":
      return Array.isArray(value) ? [...value].sort((left, right) => byText(String(left), String(right))) : value;
    case "commaSet":
      return membersOf(value).sort(byText).join(",");
    case "json":
      return sorted(value, field.fields as Fields | undefined);
    default:
      return value;
  }
}

const keyText = (member: Json, by: string): string => String(own(member, by));

const inList = (value: Json, of: Field): Json[] =>
  Array.isArray(value) ? value.map((member) => ordered(member, of)) : [];

/** What says what an object is comes first. */
const FIRST = ["type", "name", "id"];
const rank = (key: string): number => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
const byKey = (left: string, right: string): number => rank(left) - rank(right) || byText(left, right);

/** Free JSON. */
function sorted(value: Json, fields: Fields = {}): Json {
  if (Array.isArray(value)) return value.map((member) => sorted(member));
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value).sort(byKey)) {
    const member = own(value, key);
    if (member === undefined || member === null) continue;
    put(result, key, Object.hasOwn(fields, key) ? ordered(member, fields[key]) : sorted(member));
  }
  return result;
}
