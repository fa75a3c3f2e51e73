import {
  type Change,
  type Json,
  type JsonObject,
  type ObjectRule,
  at,
  compare,
  isObject,
  own,
  put,
  reveal,
} from "../reconcile";
import { type Applied, type Entry, SECRET } from "./inventory";
import { hidden } from "./secrecy";

/**
 * What a program declares and the other side has otherwise. On the tenant that the program was deployed to, ids tell more
 * than names, and cipher text tells whether a secret is still the one that was set.
 */
export function driftOf(declared: Entry, other: Entry, rules: ObjectRule, isItsTenant: boolean): Change[] {
  const { applied, inputs } = declared;
  const { live } = other;
  if (!isItsTenant || applied === undefined || live === undefined) {
    return compare(knowable(inputs, other.inputs), {}, other.inputs, rules);
  }
  return onItsTenant(declared, applied, live);
}

function onItsTenant({ kind, inputs }: Entry, applied: Applied, live: JsonObject): Change[] {
  const view = kind.view(live, applied.inputs, applied.id);
  const isSecret = kind.secrets?.(live);
  const known = knowable(applied.inputs, view);
  const shown = isSecret ? reveal(known, view, isSecret, applied.secrets, kind.rules) : view;
  const changes = compare(known, {}, isObject(shown) ? shown : {}, kind.rules);
  return changes.map((change): Change => {
    if (change.kind === "removed") return change;
    const to = at(inputs, change.path) ?? change.to;
    const key = change.path.findLast((step) => typeof step === "string") ?? "";
    const safe = (value: Json) => (isSecret ? hidden(value, key, isSecret) : value);
    return change.kind === "added" ? { ...change, to } : { ...change, to, from: safe(change.from) };
  });
}

/** Pulumi keeps a list that holds a secret anywhere as one secret: then nothing is known of it that could be compared. */
function knowable(declared: JsonObject, live: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(declared)) {
    const there = own(live, key);
    if (value === SECRET && typeof there === "object") continue;
    put(result, key, isObject(value) && isObject(there) ? knowable(value, there) : value);
  }
  return result;
}
