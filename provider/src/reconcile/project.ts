import { compare } from "./compare";
import { type Json, type JsonObject, type Maybe, isBlank, isObject, own, put, same } from "./json";
import {
  type FreeRule,
  type ListRule,
  type ObjectRule,
  type Rule,
  counterpart,
  equal,
  merges,
  positions,
  ruleOf,
  settle,
} from "./rules";

/**
 * Live as the program would have to spell it, for the managed paths only: where it means the same as what was applied,
 * the applied spelling; where it differs, the live value; where it is gone, nothing. `null` declares nothing, and stays.
 */
export function project(applied: Maybe, live: Maybe, unsettled: Rule, root: Maybe = live): Maybe {
  if (applied === undefined || applied === null) return applied;
  const rule = settle(unsettled, applied, undefined);
  if (rule.equal) return equal(rule, applied, live, root) ? applied : (live ?? undefined);
  if (merges(rule) && isObject(applied) && (isObject(live) || isBlank(live))) {
    return objectOf(applied, live, rule, root);
  }
  if ((rule.is === "keyed" || rule.is === "set") && Array.isArray(applied) && applied.length > 0 && isBlank(live)) {
    return Array.isArray(live) ? [] : undefined;
  }
  if (rule.is === "keyed" && Array.isArray(applied) && Array.isArray(live)) {
    return applied.flatMap((member) => {
      const there = counterpart(rule, live, member);
      return there === undefined ? [] : [project(member, there, rule.of, root) ?? there];
    });
  }
  if (rule.is === "set" && Array.isArray(applied) && Array.isArray(live)) {
    return applied.filter((member) => live.some((candidate) => same(candidate, member)));
  }
  if (rule.is === "list" && Array.isArray(applied)) return listOf(applied, live, rule, root);
  if (equal(rule, applied, live, root)) return applied;
  return isBlank(live) ? (rule.is === "value" && rule.absent !== undefined ? rule.absent : undefined) : live;
}

function objectOf(applied: JsonObject, live: Maybe, rule: ObjectRule | FreeRule, root: Maybe): Maybe {
  if (!isObject(live)) return compare(applied, undefined, live, rule, root).length === 0 ? applied : undefined;
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(applied)) {
    const field = ruleOf(rule, key);
    const projected = field && project(value, own(live, key), field, root);
    if (projected !== undefined) put(kept, key, projected);
  }
  return kept;
}

function listOf(applied: Json[], live: Maybe, rule: ListRule, root: Maybe): Maybe {
  if (compare(applied, undefined, live, rule, root).length === 0) return applied;
  if (!Array.isArray(live)) return live ?? undefined;
  const ours = positions(rule, live, applied);
  return live.map((member, i) => project(applied[ours[i] ?? -1], member, rule.of, root) ?? member);
}
