import type { Path } from "./change";
import { type ComparatorName, type Equal, comparators } from "./comparators";
import { type Json, type JsonObject, type Maybe, isBlank, own, same } from "./json";

interface Common {
  /**
   * Why this field can never change on an existing object. Only the program asking for another value than it had
   * applied replaces the object; drift of it, or no longer declaring it, changes nothing.
   */
  immutable?: string;
  /** Equality of this field, where it is not the usual one of its kind: the name of a comparator, or a function. */
  equal?: ComparatorName | Equal;
  /**
   * The field has an endpoint of its own, or is ours alone: it is compared, but never part of the object's PATCH.
   */
  apart?: true;
  /** A program has to declare it, also where it says no more than the default. */
  required?: true;
}
interface Ownable extends Common {
  /** Why the tenant alone decides this field: whoever declares it, it is never compared, written, removed or shown. */
  owned?: string;
}
/** A scalar, or a structure that is one value. */
export interface ValueRule extends Ownable {
  is: "value";
  /** What a blank value means, declared or live: for example `false` for a flag. */
  absent?: Json;
  /** Nobody knows whether the tenant keeps it: it is sent when it is declared, and one that does not is not asked again. */
  carried?: true;
}
interface Merging {
  /**
   * The key that says what an object is: another value of it makes it another object, which is set as a whole, and
   * without it nothing is left. `{}` then declares that there is none.
   */
  variant?: string;
}
/** Merges by key; only these keys exist for us. */
export interface ObjectRule extends Ownable, Merging {
  is: "object";
  fields: Readonly<Record<string, Rule>>;
  /** The rule of all other keys; without, they do not exist for us. */
  rest?: ValueRule;
}
/**
 * JSON of any form: objects merge by key at any depth, members of lists correspond by what names them or by likeness,
 * scalars compare loosely. A `variant` holds at any depth.
 */
export interface FreeRule extends Common, Merging {
  is: "free";
  /** Known keys of the outermost object which follow a rule of their own. */
  fields?: Readonly<Record<string, Rule>>;
  /** Why all of it is the tenant's own, or the keys of the outermost object that are. */
  owned?: string | ReadonlySet<string> | readonly string[];
}
/**
 * A list whose order and membership are ours. Members merge with the live ones they correspond to: those with the same
 * `by`; where `by` is several keys, those with all of them the same first, then those with one of them the same; or,
 * without `by`, by what names them or by likeness.
 */
export interface ListRule extends Ownable {
  is: "list";
  of: Rule;
  by?: string | readonly string[];
}
/** A list that merges by the key `by` of its members; order does not matter, other members are left alone. */
export interface KeyedRule extends Ownable {
  is: "keyed";
  by: string;
  of: Rule;
  /** A flag beside the list that makes its membership ours, too: other members go. */
  exact?: string;
  /** That flag is on. */
  complete?: true;
}
/** A list of scalars that merges by membership; order does not matter, other members are left alone. */
export interface SetRule extends Ownable {
  is: "set";
}
/** One text that is a set, its members separated by commas: merges like a set. */
export interface CommaSetRule extends Ownable {
  is: "commaSet";
}
/** A reference to another object of the tenant, compared by id once it is resolved. */
export interface ReferenceRule extends Ownable {
  is: "reference";
  /** What it refers to: a key of the reference table. */
  to: string;
  /** The API has nothing but its id there, as a text. */
  asId?: true;
}
export type Rule = ValueRule | ObjectRule | FreeRule | ListRule | KeyedRule | SetRule | CommaSetRule | ReferenceRule;

export const FREE: FreeRule = { is: "free" };

/** Numbers and booleans that the API gives back as text are the same value. */
const sameScalar = (left: Maybe, right: Maybe): boolean =>
  same(left, right) || (isScalar(left) && isScalar(right) && String(left) === String(right));
const isScalar = (value: Maybe): boolean => value !== undefined && typeof value !== "object";

const sameReference: Equal = (declared, live) => {
  const ids = [own(declared, "id"), own(live, "id")];
  if (ids.every((id) => !isBlank(id))) return ids[0] === ids[1];
  const names = [own(declared, "name"), own(live, "name")];
  return names.every((name) => !isBlank(name)) ? names[0] === names[1] : same(declared, live);
};

/** The equality that a rule has of its own. */
export const ownEqual = ({ equal: named }: Rule): Equal | undefined =>
  typeof named === "string" ? comparators[named] : named;

/** Equality of two values that are compared as wholes under a rule. */
export function equal(rule: Rule, declared: Maybe, live: Maybe, root: Maybe): boolean {
  const special = ownEqual(rule);
  if (special) return special(declared, live, root);
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
  if (rule.is !== "free" || !Array.isArray(declared ?? applied)) return rule;
  return { is: "list", of: within(rule), ...(rule.equal === undefined ? {} : { equal: rule.equal }) };
}

/** The rule of what free JSON holds. */
const within = ({ variant }: FreeRule): FreeRule => (variant === undefined ? FREE : { is: "free", variant });

/** The rule of one key, or nothing when the key does not exist for us: it is unknown, or the tenant's own. */
export function ruleOf(rule: ObjectRule | FreeRule, key: string): Rule | undefined {
  return ownedBecause(rule, key) === undefined ? declaredRuleOf(rule, key) : undefined;
}

function declaredRuleOf(rule: ObjectRule | FreeRule, key: string): Rule | undefined {
  const { fields } = rule;
  if (fields && Object.hasOwn(fields, key)) return fields[key];
  return rule.is === "free" ? within(rule) : rule.rest;
}

/** Why the tenant alone decides a key; nothing where it does not. */
export function ownedBecause(rule: ObjectRule | FreeRule, key: string): string | undefined {
  const { owned } = rule;
  if (typeof owned === "string") return owned;
  const listed = owned !== undefined && [...owned].includes(key);
  if (listed) return "the tenant sets it by itself";
  const said = declaredRuleOf(rule, key)?.owned;
  return typeof said === "string" ? said : undefined;
}

/** The rule of one key beside what is declared with it. */
export function ruleBeside(rule: ObjectRule | FreeRule, key: string, declared: Maybe): Rule | undefined {
  const field = ruleOf(rule, key);
  const isComplete = field?.is === "keyed" && field.exact !== undefined && own(declared, field.exact) === true;
  return isComplete ? { ...field, complete: true } : field;
}

/** The rule at a path, or nothing where no rule leads. */
export function ruleAt(rule: Rule | undefined, [step, ...rest]: Path): Rule | undefined {
  if (rule === undefined || step === undefined) return rule;
  if (typeof step === "string") return ruleAt(merges(rule) ? ruleOf(rule, step) : undefined, rest);
  return ruleAt(membersRule(settle(rule, [], undefined)), rest);
}

/** The rule of a list's members. */
export const membersRule = (rule: Rule): Rule =>
  rule.is === "list" || rule.is === "keyed" ? rule.of : rule.is === "free" ? within(rule) : { is: "value" };

/** Whether objects are taken key by key under this rule. */
export const merges = (rule: Rule): rule is ObjectRule | FreeRule => rule.is === "object" || rule.is === "free";

/** What an object says that it is. */
export function variantOf({ variant }: ObjectRule | FreeRule, object: Maybe): string | undefined {
  const value = variant === undefined ? undefined : own(object, variant);
  return isBlank(value) || typeof value === "object" ? undefined : String(value);
}

/** Whether two objects are of one variant, so that they merge. One that does not say what it is may be of any. */
export function sameVariant(rule: ObjectRule | FreeRule, left: Maybe, right: Maybe): boolean {
  const [ours, theirs] = [variantOf(rule, left), variantOf(rule, right)];
  return ours === undefined || theirs === undefined || ours === theirs;
}

/** Whether `{}` is declared where an object of some variant stands: there is to be none. */
export const isNone = (rule: ObjectRule | FreeRule, declared: JsonObject, live: Maybe): boolean =>
  isBlank(declared) && variantOf(rule, live) !== undefined;

/** The member of a keyed list that corresponds to a declared one. A member without its key corresponds to none. */
export function counterpart({ by }: KeyedRule, list: Maybe, member: Json): Maybe {
  const key = own(member, by);
  if (!Array.isArray(list) || key === undefined || key === null) return undefined;
  return list.find((candidate) => own(candidate, by) === key);
}
