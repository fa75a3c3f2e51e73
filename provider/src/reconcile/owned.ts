import type { Path } from "./change";
import { type Maybe, isObject, own } from "./json";
import { type Rule, merges, ownedBecause, ruleOf, settle } from "./rules";

/** A declared path that the tenant alone decides, so that declaring it has no effect: for a warning. */
export interface Owned {
  path: Path;
  why: string;
}

/** The declared paths that the tenant alone decides. */
export function ownedPaths(declared: Maybe, unsettled: Rule, path: Path = []): Owned[] {
  const rule = settle(unsettled, declared, undefined);
  if ((rule.is === "keyed" || rule.is === "list") && Array.isArray(declared)) {
    return declared.flatMap((member, i) => {
      const step = rule.is === "keyed" ? { by: rule.by, key: own(member, rule.by) ?? null } : i;
      return ownedPaths(member, rule.of, [...path, step]);
    });
  }
  if (!merges(rule) || !isObject(declared)) return [];
  return Object.entries(declared).flatMap(([key, value]): Owned[] => {
    const why = value === null ? undefined : ownedBecause(rule, key);
    if (why !== undefined) return [{ path: [...path, key], why }];
    const field = ruleOf(rule, key);
    return field ? ownedPaths(value, field, [...path, key]) : [];
  });
}
