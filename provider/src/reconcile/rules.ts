import { type Json, type Maybe, isBlank, own, same } from "./json";

/** Whether a declared value and the live one mean the same. `root` is the whole live object. */
export type Equal = (declared: Maybe, live: Maybe, root: Maybe) => boolean;

interface Common {
  /** Why this field can never change on an existing object: a change of it replaces the object. */
  immutable?: string;
  /** Equality of this field, where it is not the usual one of its kind. */
  equal?: Equal;
  /**
   * The field has an endpoint of its own, or is ours alone: it is compared, but never part of the object's PATCH.
   */
  apart?: true;
}
/** A scalar, or a structure that is one value. */
export interface ValueRule extends Common {
  is: "value";
  /** What a blank value means, declared or live: for example `false` for a flag. */
  absent?: Json;
}
/** Merges by key; only these keys exist for us. */
export interface ObjectRule extends Common {
  is: "object";
  fields: Readonly<Record<string, Rule>>;
}
/** JSON of any form: objects merge by key at any depth, lists are taken by position, scalars compare loosely. */
export interface FreeRule extends Common {
  is: "free";
}
/**
 * A list whose order and membership are ours. Members merge with the live ones they correspond to: those with the
 * same `by`, or, without `by`, those at the same position when the lengths agree.
 */
export interface ListRule extends Common {
  is: "list";
  of: Rule;
  by?: string;
}
/** A list that merges by the key `by` of its members; order does not matter, other members are left alone. */
export interface KeyedRule extends Common {
  is: "keyed";
  by: string;
  of: Rule;
}
/** A list of scalars that merges by membership; order does not matter, other members are left alone. */
export interface SetRule extends Common {
  is: "set";
}
/** A reference to another object of the tenant, compared by id once it is resolved. */
export interface ReferenceRule extends Common {
  is: "reference";
  /** What it refers to: a key of the reference table. */
  to: string;
}
export type Rule = ValueRule | ObjectRule | FreeRule | ListRule | KeyedRule | SetRule | ReferenceRule;

export const FREE: FreeRule = { is: "free" };

/** Numbers and booleans that the API gives back as text are the same value. */
const sameScalar = (left: Maybe, right: Maybe): boolean =>
  same(left, right) ||
  (!isBlank(left) && !isBlank(right) && typeof left !== "object" && typeof right !== "object"
    ? String(left) === String(right)
    : false);

const sameReference: Equal = (declared, live) => {
  const ids = [own(declared, "id"), own(live, "id")];
  if (ids.every((id) => !isBlank(id))) return ids[0] === ids[1];
  const names = [own(declared, "name"), own(live, "name")];
  return names.every((name) => !isBlank(name)) ? names[0] === names[1] : same(declared, live);
};

/** Equality of two values that are compared as wholes under a rule. */
export function equal(rule: Rule, declared: Maybe, live: Maybe, root: Maybe): boolean {
  if (rule.equal) return rule.equal(declared, live, root);
  switch (rule.is) {
    case "value":
      return same(same(declared, undefined) ? rule.absent : declared, same(live, undefined) ? rule.absent : live);
    case "reference":
      return sameReference(declared, live, root);
    case "free":
      return sameScalar(declared, live);
    default:
      return same(declared, live);
  }
}

/** The rule as it applies to these values: free JSON is an object, a list or a scalar, whichever the values are. */
export function settle(rule: Rule, declared: Maybe, applied: Maybe): Rule {
  if (rule.is !== "free") return rule;
  const value = declared ?? applied;
  if (Array.isArray(value)) return { ...rule, is: "list", of: FREE };
  return rule;
}

/** The rule of one key, or nothing when the key does not exist for us. */
export function ruleOf(rule: ObjectRule | FreeRule, key: string): Rule | undefined {
  return rule.is === "free" ? FREE : Object.hasOwn(rule.fields, key) ? rule.fields[key] : undefined;
}

/** Whether objects are taken key by key under this rule. */
export const merges = (rule: Rule): rule is ObjectRule | FreeRule => rule.is === "object" || rule.is === "free";

/** The member of a keyed list that corresponds to a declared one. A member without its key corresponds to none. */
export function counterpart({ by }: KeyedRule, list: Maybe, member: Json): Maybe {
  const key = own(member, by);
  if (!Array.isArray(list) || key === undefined || key === null) return undefined;
  return list.find((candidate) => own(candidate, by) === key);
}

/**
 * Where each member of an ordered list stands in another one: by `by`, the n-th member with a key where the n-th with
 * that key is; without `by`, at the same position when the lists are equally long.
 */
export function positions({ by }: ListRule, list: readonly Json[], other: readonly Json[]): (number | undefined)[] {
  if (by === undefined) return list.map((_, i) => (list.length === other.length ? i : undefined));
  const key = (member: Json) => JSON.stringify(own(member, by) ?? null);
  const places = new Map<string, number[]>();
  other.forEach((member, i) => places.set(key(member), [...(places.get(key(member)) ?? []), i]));
  return list.map((member) => places.get(key(member))?.shift());
}
