import { type Change, type Json, type JsonObject, type ObjectRule, at, compare, isObject, reveal } from "../reconcile";
import type { Applied, Entry } from "./inventory";
import { hidden } from "./secrecy";

/**
 * What a program declares and the other side has otherwise. On the tenant that the program was deployed to, ids tell more
 * than names, and cipher text tells whether a secret is still the one that was set.
 */
export function driftOf(declared: Entry, other: Entry, rules: ObjectRule, isItsTenant: boolean): Change[] {
  const { applied, inputs } = declared;
  const { live } = other;
  if (!isItsTenant || applied === undefined || live === undefined) return compare(inputs, {}, other.inputs, rules);
  return onItsTenant(declared, applied, live);
}

function onItsTenant({ kind, inputs }: Entry, applied: Applied, live: JsonObject): Change[] {
  const view = kind.view(live, applied.inputs, applied.id);
  const isSecret = kind.secrets?.(live);
  const shown = isSecret ? reveal(applied.inputs, view, isSecret, applied.secrets, kind.rules) : view;
  const changes = compare(applied.inputs, {}, isObject(shown) ? shown : {}, kind.rules);
  return changes.map((change): Change => {
    if (change.kind === "removed") return change;
    const to = at(inputs, change.path) ?? change.to;
    const key = change.path.findLast((step) => typeof step === "string") ?? "";
    const safe = (value: Json) => (isSecret ? hidden(value, key, isSecret) : value);
    return change.kind === "added" ? { ...change, to } : { ...change, to, from: safe(change.from) };
  });
}
