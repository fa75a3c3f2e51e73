import type { Change, Path } from "./change";
import { type Json, type Maybe, isBlank, isObject, own, same } from "./json";
import { type ObjectRule, type Rule, counterpart, equal, merges, ruleOf } from "./rules";

/**
 * The top-level fields whose change replaces the object: those of which the program asks for another value than it had
 * applied. No longer declaring one replaces nothing. One that is only declared now replaces nothing either, unless it
 * is known what it was: by `live`, as far as the caller knows it, else by a default. What is there already as the
 * program asks for it (a vendor has moved it, and the program follows) replaces nothing.
 */
export function replaces(changes: readonly Change[], rule: ObjectRule, live?: Maybe): string[] {
  const fields = changes.flatMap((change): string[] => {
    const [name] = change.path;
    if (typeof name !== "string") return [];
    const field = ruleOf(rule, name);
    if (field?.immutable === undefined || isBlank(change.to)) return [];
    const there = change.path.length === 1 ? own(live, name) : undefined;
    if (!isBlank(there)) return equal(field, change.to, there, live) ? [] : [name];
    const isDefault = field.is !== "value" || field.absent === undefined || same(change.to, field.absent);
    return change.kind === "added" && isDefault ? [] : [name];
  });
  return [...new Set(fields)];
}

export interface ImmutableDrift {
  path: Path;
  declared: Json;
  live: Json;
  /** Why it cannot be written. */
  why: string;
}

/**
 * Immutable fields that the tenant has otherwise than declared. Nothing can be written there, and nothing is replaced
 * for it: this is for a warning. What the tenant does not tell is no drift.
 */
export function immutableDrift(
  declared: Maybe,
  live: Maybe,
  rule: Rule,
  path: Path = [],
  root = live,
): ImmutableDrift[] {
  if (declared === undefined || isBlank(declared)) return [];
  if (rule.immutable !== undefined) {
    if (live === undefined || isBlank(live) || equal(rule, declared, live, root)) return [];
    return [{ path, declared, live, why: rule.immutable }];
  }
  if (rule.is === "keyed" && Array.isArray(declared)) {
    return declared.flatMap((member) => {
      const step = { by: rule.by, key: own(member, rule.by) ?? null };
      return immutableDrift(member, counterpart(rule, live, member), rule.of, [...path, step], root);
    });
  }
  if (!merges(rule) || !isObject(declared)) return [];
  return Object.entries(declared).flatMap(([key, value]) => {
    const field = ruleOf(rule, key);
    return field ? immutableDrift(value, own(live, key), field, [...path, key], root) : [];
  });
}
