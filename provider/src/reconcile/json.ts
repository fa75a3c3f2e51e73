/** A JSON value, as it stands in a request, an answer or the state. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}
/** A value that may not be there. */
export type Maybe = Json | undefined;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Null, absent and empty, decided once: the API mixes `null`, no key, `""`, `{}` and `[]` freely, so all of them are
 * blank, and blank equals blank. `false` and `0` are values.
 */
export const isBlank = (value: Maybe): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

/** An own key of an object: inherited names such as `constructor` are never read from the tenant's JSON. */
export const own = (object: Maybe, key: string): Maybe =>
  isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;

/** Sets a key as data, also one named `__proto__`. */
export function put(object: JsonObject, key: string, value: Json): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Deep equality in which blank members of objects do not count. */
export function same(left: Maybe, right: Maybe): boolean {
  if (left === right || (holdsNothing(left) && holdsNothing(right))) return true;
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, i) => same(item, right[i]));
  }
  if (isObject(left) && isObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every((key) => same(own(left, key), own(right, key)));
  }
  return false;
}

/** The same but for the order in which lists have their members. */
export const sameInAnyOrder = (left: Maybe, right: Maybe): boolean => ordered(left) === ordered(right);

function ordered(value: Maybe): string {
  if (Array.isArray(value)) return `[${value.map(ordered).sort().join()}]`;
  if (holdsNothing(value)) return "null";
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => !holdsNothing(member));
  return `{${members
    .map(([key, member]) => `${JSON.stringify(key)}:${ordered(member)}`)
    .sort()
    .join()}}`;
}

/** Blank, or an object of nothing but such members. */
export const holdsNothing = (value: Maybe): boolean =>
  isBlank(value) || (isObject(value) && Object.values(value).every(holdsNothing));
