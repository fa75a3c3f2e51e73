import { isDeepStrictEqual } from "node:util";
import {
  type Change,
  type Json,
  type JsonObject,
  type ObjectRule,
  type Path,
  at,
  compare,
  isObject,
  ofCipherText,
  own,
  put,
  reveal,
} from "../reconcile";
import { type Applied, type Entry, SECRET } from "./inventory";
import { hidden } from "./secrecy";

export interface Drift {
  changes: Change[];
  /** Where all that is known of the program's value is that it is a secret: it was not compared. */
  unknown: Path[];
}

/**
 * What a program declares and the other side has otherwise. On the tenant that the program was deployed to, ids tell more
 * than names, and cipher text tells whether a secret is still the one that was set.
 */
export function driftOf(declared: Entry, other: Entry, rules: ObjectRule, isItsTenant: boolean): Drift {
  const { applied, inputs } = declared;
  const { live } = other;
  if (!isItsTenant || applied === undefined || live === undefined) {
    const { known, unknown } = knowable(inputs, other.inputs);
    return { changes: compare(known, {}, other.inputs, rules), unknown };
  }
  return onItsTenant(declared, applied, live);
}

function onItsTenant({ kind, inputs }: Entry, applied: Applied, live: JsonObject): Drift {
  const view = kind.view(live, applied.inputs, applied.id);
  const isSecret = kind.secrets?.(live);
  const { known, unknown } = knowable(applied.inputs, view);
  const shown = isSecret ? reveal(known, view, isSecret, ofCipherText(applied.secrets), kind.rules) : view;
  const changes = compare(known, {}, isObject(shown) ? shown : {}, kind.rules);
  const told = changes.map((change): Change => {
    if (change.kind === "removed") return change;
    const key = change.path.findLast((step) => typeof step === "string") ?? "";
    const safe = (value: Json) => (isSecret ? hidden(value, key, isSecret) : value);
    const spelled = at(inputs, change.path) ?? change.to;
    // In a list, what others have beside the declared keys is no difference: a reference alone is spelled otherwise.
    const isSpelledSo = isDeepStrictEqual(spelled, at(known, change.path));
    const to = isSpelledSo ? safe(change.to) : spelled;
    return change.kind === "added" ? { ...change, to } : { ...change, to, from: safe(change.from) };
  });
  return { changes: told, unknown };
}

/** Pulumi keeps a list that holds a secret anywhere as one secret: then nothing is known of it that could be compared. */
function knowable(declared: JsonObject, live: JsonObject, path: Path = []): { known: JsonObject; unknown: Path[] } {
  const known: JsonObject = {};
  const unknown: Path[] = [];
  for (const [key, value] of Object.entries(declared)) {
    const there = own(live, key);
    const place = [...path, key];
    if (value === SECRET && typeof there === "object") unknown.push(place);
    else if (isObject(value) && isObject(there)) {
      const inner = knowable(value, there, place);
      put(known, key, inner.known);
      unknown.push(...inner.unknown);
    } else put(known, key, value);
  }
  return { known, unknown };
}
