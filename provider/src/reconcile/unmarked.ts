import type { Change, Path } from "./change";
import { places } from "./correspondence";
import { type Json, type JsonObject, type Maybe, isBlank, isObject, own, put } from "./json";
import { SECRET_CHANGED } from "./marker";
import { at } from "./patch";
import { type Rule, FREE, membersRule, merges, ruleAt, ruleOf, settle } from "./rules";

/** A value, or changes, without the text that stands for a secret which others changed. */
export interface Unmarked<T> {
  value: T;
  /** Where that text stands and the tenant has nothing that corresponds: this must not be sent. */
  missing: Path[];
}

/**
 * A value that is to be sent, the tenant's own cipher text in each place of the text that stands for a changed secret:
 * sent back, it keeps the secret. `live` is the tenant's own answer at the same path, nothing revealed in it; members
 * of lists correspond as in `compare`.
 */
export function unmarked(value: Json, live: Maybe, rule: Rule): Unmarked<Json> {
  const missing: Path[] = [];
  return { value: walk(value, live, rule, [], missing), missing };
}

/** The same for changes; `live` is the whole object as the tenant answered it. */
export function unmarkedChanges(changes: readonly Change[], live: Maybe, rule: Rule): Unmarked<Change[]> {
  const missing: Path[] = [];
  const value = changes.map((change) =>
    change.kind === "removed"
      ? change
      : {
          ...change,
          to: walk(change.to, at(live, change.path), ruleAt(rule, change.path) ?? FREE, change.path, missing),
        },
  );
  return { value, missing };
}

/** Whether the text stands anywhere in a value. */
export function holdsMarker(value: Maybe): boolean {
  if (typeof value === "string") return value.includes(SECRET_CHANGED);
  if (Array.isArray(value)) return value.some(holdsMarker);
  return isObject(value) && Object.entries(value).some(([key, member]) => holdsMarker(key) || holdsMarker(member));
}

function walk(value: Json, live: Maybe, unsettled: Rule, path: Path, missing: Path[]): Json {
  if (!holdsMarker(value)) return value;
  const rule = settle(unsettled, value, undefined);
  if (Array.isArray(value)) {
    const tenants = Array.isArray(live) ? live : [];
    const there = places(rule, value, tenants);
    return value.map((member, i) => walk(member, tenants[there[i] ?? -1], membersRule(rule), [...path, i], missing));
  }
  if (isObject(value)) {
    const result: JsonObject = {};
    for (const [key, member] of Object.entries(value)) {
      const field = merges(rule) ? ruleOf(rule, key) : undefined;
      put(result, key, walk(member, own(live, key), field ?? FREE, [...path, key], missing));
    }
    return result;
  }
  if (value === SECRET_CHANGED && typeof live === "string" && !isBlank(live)) return live;
  missing.push(path);
  return value;
}
