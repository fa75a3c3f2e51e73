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
  ruleOf,
  settle,
} from "./rules";

/**
 * Live as the program would have to spell it, for the managed paths only: where it means the same as what was applied,
 * the applied spelling; where it differs, the live value; where it is gone, nothing.
 */
export function project(applied: Maybe, live: Maybe, unsettled: Rule, root: Maybe = live): Maybe {
  if (applied === undefined || applied === null) return undefined;
  const rule = settle(unsettled, applied, undefined);
  if (rule.equal) return equal(rule, applied, live, root) ? applied : (live ?? undefined);
  if (merges(rule) && isObject(applied) && (isObject(live) || isBlank(live))) {
    return objectOf(applied, live, rule, root);
  }
  if (rule.is === "keyed" && Array.isArray(applied)) {
    return applied.flatMap((member) => {
      const there = counterpart(rule, live, member);
      return there === undefined ? [] : [project(member, there, rule.of, root) ?? there];
    });
  }
  if (rule.is === "set" && Array.isArray(applied)) {
    const there = Array.isArray(live) ? live : [];
    return applied.filter((member) => there.some((candidate) => same(candidate, member)));
  }
  if (rule.is === "list" && Array.isArray(applied)) return listOf(applied, live, rule, root);
  if (equal(rule, applied, live, root)) return applied;
  return isBlank(live) ? (rule.is === "value" && rule.absent !== undefined ? rule.absent : undefined) : live;
}

function objectOf(applied: JsonObject, live: Maybe, rule: ObjectRule | FreeRule, root: Maybe): Maybe {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(applied)) {
    const field = ruleOf(rule, key);
    const projected = field && project(value, own(live, key), field, root);
    if (projected !== undefined) put(kept, key, projected);
  }
  const gone = isBlank(kept) && isBlank(live) && !isBlank(applied);
  return gone ? undefined : kept;
}

function listOf(applied: Json[], live: Maybe, rule: ListRule, root: Maybe): Maybe {
  if (compare(applied, undefined, live, rule).length === 0) return applied;
  if (!Array.isArray(live)) return live ?? undefined;
  const aligned = live.length === applied.length;
  return live.map((member, i) => {
    const ours = rule.by === undefined ? (aligned ? applied[i] : undefined) : counterpart(rule, applied, member);
    return project(ours, member, rule.of, root) ?? member;
  });
}
