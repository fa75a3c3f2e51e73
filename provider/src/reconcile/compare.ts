import { isDeepStrictEqual } from "node:util";
import type { Change, Path } from "./change";
import { membersOf, united } from "./comma-set";
import { namesIn, positions } from "./correspondence";
import { type Found, WHOLE, isFound, memberStep } from "./found-tree";
import { type Json, type JsonObject, type Maybe, isBlank, isObject, own, put, same } from "./json";
import { patched, toPatch } from "./patch";
import {
  type FreeRule,
  type KeyedRule,
  type ListRule,
  type ObjectRule,
  type Rule,
  counterpart,
  equal,
  isNone,
  merges,
  ownEqual,
  ruleBeside,
  ruleOf,
  sameVariant,
  settle,
  variantOf,
} from "./rules";

interface Sides {
  desired: Maybe;
  applied: Maybe;
  live: Maybe;
  /** What of it was there before the program declared it. */
  found: Maybe;
}

export interface CompareOptions {
  /** What was there before the program declared it (see `found`): no longer declared, it stays as it is. */
  found?: Found | undefined;
  /** What is desired was applied before: what the tenant did not keep of what is only carried is no difference. */
  settled?: true;
  /** Also immutable fields, for telling what a program asks for. They never belong into a write. */
  immutable?: true;
}

interface Context extends CompareOptions {
  root: Maybe;
}

/**
 * What must change on the tenant so that it is as declared, by the three-way rule: a path is set when it is desired
 * and live differs; it is removed when we applied it, no longer want it and it is still there; anything else is left
 * alone. What cannot be written is no change: fields of the tenant's own, and immutable ones. `root` is the whole live
 * object, where `live` is only a part of it.
 */
export function compare(
  desired: Maybe,
  applied: Maybe,
  live: Maybe,
  rule: Rule,
  root: Maybe = live,
  options: CompareOptions = {},
): Change[] {
  const sides = { desired, applied, live: merges(rule) ? (live ?? {}) : live, found: options.found };
  return walk(sides, rule, [], { ...options, root });
}

function walk(sides: Sides, unsettled: Rule, path: Path, context: Context): Change[] {
  if (unsettled.immutable !== undefined && context.immutable !== true) return [];
  const rule = settle(unsettled, sides.desired, sides.applied);
  if (sides.desired === undefined || sides.desired === null) return withdrawn(sides, rule, path, context);
  if (rule.is === "value" && rule.carried === true && isBlank(sides.live)) {
    const isSettled = context.settled === true || same(sides.applied, sides.desired);
    return isSettled ? [] : whole(sides, rule, path, context);
  }
  if (rule.equal) return whole(sides, rule, path, context);
  if (rule.is === "keyed" && Array.isArray(sides.desired)) return keyed(sides, rule, path, context);
  if (rule.is === "set" && Array.isArray(sides.desired)) return members(sides, path);
  if (rule.is === "commaSet" && isWords(sides)) return commaMembers(sides, path);
  if (rule.is === "list" && Array.isArray(sides.desired)) return ordered(sides, rule, path, context);
  if (merges(rule) && isObject(sides.desired) && (isObject(sides.live) || isBlank(sides.live))) {
    if (isNone(rule, sides.desired, sides.live)) return cleared(sides.live ?? null, path);
    // The keys that we applied to another variant mean nothing in this one.
    const applied = sameVariant(rule, sides.applied, sides.desired) ? sides.applied : undefined;
    if (sameVariant(rule, sides.desired, sides.live)) return byKey({ ...sides, applied }, rule, path, context);
    // What others put into the other variant since we read it is not to go unseen.
    return whole(sides, rule, path, context).map(guarded);
  }
  return whole(sides, rule, path, context);
}

const guarded = (change: Change): Change =>
  change.kind === "modified" ? { ...change, guarded: true as const } : change;

/** A value taken as a whole. */
function whole({ desired, live }: Sides, rule: Rule, path: Path, { root }: Context): Change[] {
  return desired === undefined || equal(rule, desired, live, root) ? [] : [set(path, live, written(desired, rule))];
}

const set = (path: Path, live: Maybe, to: Json): Change =>
  live === undefined || live === null ? { kind: "added", path, to } : { kind: "modified", path, from: live, to };

/** Declared as none. A member of a list cannot go: there it becomes empty. */
const cleared = (from: Json, path: Path): Change[] =>
  path.length === 0 ? [{ kind: "modified", path, from, to: {} }] : [{ kind: "removed", path, from }];

/** No longer declared: what we applied of it goes, what others put there or what was there before us stays. */
function withdrawn(sides: Sides, rule: Rule, path: Path, context: Context): Change[] {
  const { applied, live, found } = sides;
  if (isFound(found) || same(applied, undefined) || live === undefined || same(live, undefined)) return [];
  const removal: Change[] = [{ kind: "removed", path, from: live }];
  const special = ownEqual(rule);
  if (special) return special(undefined, live, context.root) ? [] : removal;
  if (merges(rule) && isObject(applied) && isObject(live)) {
    // An object that does not say any more what it is has no meaning: nothing of it is left.
    const says = [applied, live].every((side) => variantOf(rule, side) !== undefined);
    const losesVariant = says && !isFound(own(found, rule.variant ?? ""));
    if (losesVariant) return removal;
    const changes = byKey({ ...sides, desired: {} }, rule, path, context);
    const nothingLeft = Object.keys(live).every((key) => changes.some((change) => isRemovalOf(change, path, key)));
    return path.length > 0 && nothingLeft ? removal : changes;
  }
  if (rule.is === "keyed" && Array.isArray(live)) return keyed({ ...sides, desired: [] }, rule, path, context);
  if (rule.is === "set" && Array.isArray(live)) return members({ ...sides, desired: [] }, path);
  if (rule.is === "commaSet" && typeof live === "string") return commaMembers({ ...sides, desired: "" }, path);
  if (rule.is === "list" && isFound(own(found, WHOLE))) return [];
  return rule.is === "value" && same(live, rule.absent) ? [] : removal;
}

const isRemovalOf = (change: Change, parent: Path, key: string): boolean =>
  change.kind === "removed" && change.path.length === parent.length + 1 && change.path[parent.length] === key;

function byKey(sides: Sides, rule: ObjectRule | FreeRule, path: Path, context: Context): Change[] {
  const { desired, applied, live, found } = sides;
  const keys = new Set([desired, applied].flatMap((side) => (isObject(side) ? Object.keys(side) : [])));
  const changes = [...keys].flatMap((key) => {
    const field = ruleBeside(rule, key, desired);
    if (!field) return [];
    const inner = [desired, applied, live, found].map((side) => own(side, key));
    return walk(
      { desired: inner[0], applied: inner[1], live: inner[2], found: inner[3] },
      field,
      [...path, key],
      context,
    );
  });
  // A parent that is not there, or is there as null, "" or [], is set in one piece.
  if (changes.length > 0 && !isObject(live) && isObject(desired)) return [set(path, live, written(desired, rule))];
  return changes;
}

function keyed(sides: Sides, rule: KeyedRule, path: Path, context: Context): Change[] {
  const { applied, live, found } = sides;
  const wanted = asList(sides.desired);
  if (!Array.isArray(live) && !isBlank(live)) {
    return wanted.length === 0 ? [] : [set(path, live, written(wanted, rule))];
  }
  const step = (member: Json): Path => [...path, { by: rule.by, key: own(member, rule.by) ?? null }];
  const foundOf = (member: Json) => own(found, memberStep(own(member, rule.by) ?? null));
  const kept = wanted.flatMap((member): Change[] => {
    const there = counterpart(rule, live, member);
    if (there === undefined) return [{ kind: "added", path: step(member), to: written(member, rule.of) }];
    const before = counterpart(rule, applied, member);
    const inner = { desired: member, applied: before, live: there, found: foundOf(member) };
    return walk(inner, rule.of, step(member), context);
  });
  const isComplete = rule.complete === true;
  const gone = asList(isComplete ? live : applied).flatMap((member): Change[] => {
    const there = counterpart(rule, live, member);
    if (counterpart(rule, wanted, member) !== undefined || there === undefined) return [];
    const before = foundOf(member);
    // A member that was there before us stays, less what we added to it.
    return !isComplete && isFound(own(before, rule.by))
      ? walk({ desired: undefined, applied: member, live: there, found: before }, rule.of, step(member), context)
      : [{ kind: "removed", path: step(member), from: there }];
  });
  return [...kept, ...gone];
}

function members({ desired, applied, live, found }: Sides, path: Path): Change[] {
  const [wanted, before, there] = [distinct(asList(desired)), distinct(asList(applied)), asList(live)];
  return [
    ...wanted
      .filter((member) => !has(there, member))
      .map((member): Change => ({ kind: "added", path: [...path, { member }], to: member })),
    ...before
      .filter((member) => !has(wanted, member) && has(there, member) && !isFound(own(found, memberStep(member))))
      .map((member): Change => ({ kind: "removed", path: [...path, { member }], from: member })),
  ];
}

const has = (list: readonly Json[], member: Json): boolean => list.some((candidate) => same(candidate, member));
const distinct = (list: readonly Json[]): Json[] => list.filter((member, i) => !has(list.slice(0, i), member));

const isText = (value: Maybe): boolean => typeof value === "string" || isBlank(value);
/** Where nothing is declared of the set, nothing is taken away, whatever stands there. */
const isWords = ({ desired, live }: Sides): boolean =>
  isText(desired) && (isText(live) || membersOf(desired).length === 0);

/** One text. It is never removed but emptied: it is the tenant's, which holds more than ours, and may not be null. */
function commaMembers({ desired, applied, live, found }: Sides, path: Path): Change[] {
  const gone = membersOf(applied).filter((member) => !isFound(own(found, memberStep(member))));
  const to = united(membersOf(desired), gone, live);
  if (to === undefined) return [];
  return isBlank(live) || live === undefined
    ? [set(path, live, to)]
    : [{ kind: "modified", path, from: live, to, guarded: true }];
}

/** Order and membership are ours: the list is set as a whole, its members laid over the live ones they correspond to. */
function ordered({ desired, applied, live, found }: Sides, rule: ListRule, path: Path, context: Context): Change[] {
  const wanted = asList(desired);
  if (wanted.length === 0 && same(live, undefined)) return [];
  if (!Array.isArray(live)) return [set(path, live, written(wanted, rule))];
  const before = asList(applied);
  const ours = positions(rule, wanted, before);
  const names = namesIn(rule, before);
  const laid = (member: Json, i: number, base: Maybe): Json => {
    if (base === undefined) return written(member, rule.of);
    // In a list null is a value: leaving the member out would move the others.
    if (member === null) return same(base, null) ? base : null;
    const k = ours[i] ?? -1;
    const inner = { desired: member, applied: before[k], live: base, found: own(found, names?.[k] ?? "") };
    return patched(base, toPatch(walk(inner, rule.of, [], context), base));
  };
  // What is as declared, member by member, is not asked which member it is.
  const inPlace = wanted.map((member, i) => laid(member, i, live[i]));
  if (isDeepStrictEqual(inPlace, live)) return [];
  const there = positions(rule, wanted, live);
  const to = wanted.map((member, i) => laid(member, i, live[there[i] ?? -1]));
  return [{ kind: "modified", path, from: live, to }];
}

const asList = (value: Maybe): Json[] => (Array.isArray(value) ? value : []);

/**
 * A declared value as it is written: members declared as null are not declared, keys without a rule do not exist, and
 * the tenant's own are left out.
 */
export function written(value: Json, unsettled: Rule): Json {
  const rule = settle(unsettled, value, undefined);
  if (rule.equal) return value;
  if ((rule.is === "list" || rule.is === "keyed") && Array.isArray(value)) {
    return value.map((member) => written(member, rule.of));
  }
  if (!merges(rule) || !isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const field = ruleOf(rule, key);
    if (field && member !== null) put(kept, key, written(member, field));
  }
  return kept;
}
