import { compare } from "./compare";
import { type Json, type JsonObject, type Maybe, isBlank, isObject, own, put, same } from "./json";
import {
  type FreeRule,
  type KeyedRule,
  type ListRule,
  type ObjectRule,
  type Rule,
  counterpart,
  merges,
  positions,
  ruleOf,
  settle,
} from "./rules";

/**
 * Live as the program would have to spell it, for the managed paths only: where it means the same as what was applied,
 * the applied spelling; where it differs, the live value; where it is gone, nothing. `null` declares nothing, and stays.
 */
export function project(
  applied: Maybe,
  live: Maybe,
  unsettled: Rule,
  root: Maybe = live,
  undeclared: Undeclared = declarable,
): Maybe {
  if (applied === undefined || applied === null) return applied;
  const rule = settle(unsettled, applied, undefined);
  if (!rule.equal && isObject(live) && merges(rule) && isObject(applied)) {
    return objectOf(applied, live, rule, root, undeclared);
  }
  if (compare(applied, undefined, live, rule, root).length === 0) return applied;
  if (!rule.equal && Array.isArray(live) && Array.isArray(applied)) {
    if (rule.is === "keyed") return keyedOf(applied, live, rule, root, undeclared);
    if (rule.is === "set") return applied.filter((member) => live.some((candidate) => same(candidate, member)));
    if (rule.is === "list") return listOf(applied, live, rule, root, undeclared);
  }
  if (!same(live, undefined)) return live;
  return rule.is === "value" ? rule.absent : undefined;
}

/** What stands for a list member that nothing declared corresponds to. */
type Undeclared = (member: Json, rule: Rule) => Maybe;

function objectOf(
  applied: JsonObject,
  live: JsonObject,
  rule: ObjectRule | FreeRule,
  root: Maybe,
  undeclared: Undeclared,
): JsonObject {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(applied)) {
    const field = ruleOf(rule, key);
    const projected = field && project(value, own(live, key), field, root, undeclared);
    if (projected !== undefined) put(kept, key, projected);
  }
  return kept;
}

function keyedOf(applied: Json[], live: Json[], rule: KeyedRule, root: Maybe, undeclared: Undeclared): Json[] {
  return applied.flatMap((member) => {
    const there = counterpart(rule, live, member);
    return there === undefined ? [] : [project(member, there, rule.of, root, undeclared) ?? there];
  });
}

function listOf(applied: Json[], live: Json[], rule: ListRule, root: Maybe, undeclared: Undeclared): Json[] {
  const ours = positions(rule, live, applied);
  return live.map((member, i) => {
    const before = applied[ours[i] ?? -1];
    const seen =
      before === undefined ? undeclared(member, rule.of) : project(before, member, rule.of, root, undeclared);
    return seen ?? member;
  });
}

/**
 * A live value that nothing declared corresponds to, as a program would declare it: without what is blank or a flag
 * that is off, and without keys that do not exist for us. `spelled` writes a reference as a program does.
 */
export function declarable(value: Maybe, rule: Rule, spelled = (reference: Maybe): Maybe => reference): Maybe {
  if (isBlank(value) || (rule.is === "value" && value === false && rule.absent === false)) return undefined;
  if (rule.is === "reference") return spelled(value);
  if ((rule.is === "keyed" || rule.is === "list") && Array.isArray(value)) {
    return value.flatMap((member): Json[] => {
      const kept = declarable(member, rule.of, spelled);
      return kept === undefined ? [] : [kept];
    });
  }
  if (rule.is !== "object" || !isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [key, field] of Object.entries(rule.fields)) {
    const member = declarable(own(value, key), field, spelled);
    if (member !== undefined) put(kept, key, member);
  }
  return isBlank(kept) ? undefined : kept;
}
