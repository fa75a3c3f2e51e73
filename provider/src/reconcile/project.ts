import { membersOf } from "./comma-set";
import { compare } from "./compare";
import { counterparts } from "./correspondence";
import { type Json, type JsonObject, type Maybe, isBlank, isObject, own, put, same } from "./json";
import {
  type FreeRule,
  type KeyedRule,
  type ListRule,
  type ObjectRule,
  type Rule,
  counterpart,
  isNone,
  merges,
  ruleBeside,
  ruleOf,
  sameVariant,
  settle,
} from "./rules";

/**
 * Live as the program would have to spell it, for the managed paths only: where it means the same as what was applied,
 * the applied spelling; where it differs, the live value; where it is gone, nothing. `null` declares nothing, and stays.
 * An immutable field stays as it was applied: shown as the tenant has it, its drift would look like the program asking
 * for another value.
 */
export function project(
  applied: Maybe,
  live: Maybe,
  unsettled: Rule,
  root: Maybe = live,
  undeclared: Undeclared = declarable,
): Maybe {
  if (unsettled.immutable !== undefined) return applied;
  const rule = settle(unsettled, applied, undefined);
  if (!rule.equal && isObject(live) && merges(rule) && isObject(applied)) {
    const isOther = !sameVariant(rule, applied, live) || isNone(rule, applied, live);
    return isOther ? undeclared(live, rule) : objectOf(applied, live, rule, root, undeclared);
  }
  if (compare(applied, undefined, live, rule, root, { settled: true }).length === 0) return applied;
  if (!rule.equal && Array.isArray(live) && Array.isArray(applied)) {
    if (rule.is === "keyed") return keyedOf(applied, live, rule, root, undeclared);
    if (rule.is === "set") return applied.filter((member) => live.some((candidate) => same(candidate, member)));
    if (rule.is === "list") return listOf(applied, live, rule, root, undeclared);
  }
  // What is declared and no text is compared as a whole.
  if (
    !rule.equal &&
    rule.is === "commaSet" &&
    typeof live === "string" &&
    (isBlank(applied) || typeof applied === "string")
  ) {
    const there = membersOf(live);
    return membersOf(applied)
      .filter((member) => there.includes(member))
      .join(",");
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
    const field = ruleBeside(rule, key, applied);
    const projected = field && project(value, own(live, key), field, root, undeclared);
    if (projected !== undefined) put(kept, key, projected);
  }
  return kept;
}

function keyedOf(applied: Json[], live: Json[], rule: KeyedRule, root: Maybe, undeclared: Undeclared): Json[] {
  const ours = applied.flatMap((member) => {
    const there = counterpart(rule, live, member);
    return there === undefined ? [] : [project(member, there, rule.of, root, undeclared) ?? there];
  });
  if (rule.complete !== true) return ours;
  const others = live.filter((member) => counterpart(rule, applied, member) === undefined);
  return [...ours, ...others.map((member) => undeclared(member, rule.of) ?? member)];
}

function listOf(applied: Json[], live: Json[], rule: ListRule, root: Maybe, undeclared: Undeclared): Json[] {
  const ours = counterparts(rule, live, applied);
  return live.map((member, i) => {
    const before = ours[i];
    const seen =
      before === undefined ? undeclared(member, rule.of) : project(before, member, rule.of, root, undeclared);
    if (seen !== undefined && !isBlank(seen)) return seen;
    // It counts, even if there is nothing in it that a program could declare, or none is left of what the program does:
    // what it has beside that is the tenant's, and would look like the program's to remove.
    return isObject(before) && isObject(member) ? {} : member;
  });
}

/**
 * A live value that nothing declared corresponds to, as a program would declare it: without what is blank or a flag
 * that is off and need not be declared, and without keys that do not exist for us. `spelled` writes a reference as a program does.
 */
export function declarable(value: Maybe, rule: Rule, spelled = (reference: Maybe): Maybe => reference): Maybe {
  if (isBlank(value)) return undefined;
  if (rule.is === "value" && value === false && rule.absent === false && rule.required !== true) return undefined;
  if (rule.is === "reference") return spelled(value);
  if ((rule.is === "keyed" || rule.is === "list") && Array.isArray(value)) {
    return value.flatMap((member): Json[] => {
      const kept = declarable(member, rule.of, spelled);
      return kept === undefined ? [] : [kept];
    });
  }
  if (!merges(rule) || !isObject(value)) return value;
  // Free JSON is shown as it is, but for the keys that something is known of.
  if (rule.is === "free" && !rule.owned && !rule.fields) return value;
  const kept: JsonObject = {};
  for (const key of Object.keys(rule.is === "free" ? value : rule.fields)) {
    const field = ruleOf(rule, key);
    const member = field && declarable(own(value, key), field, spelled);
    if (member !== undefined) put(kept, key, member);
  }
  return isBlank(kept) ? undefined : kept;
}
