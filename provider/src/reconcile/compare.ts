import type { Change, Path } from "./change";
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
  merges,
  positions,
  ruleOf,
  settle,
} from "./rules";

interface Sides {
  desired: Maybe;
  applied: Maybe;
  live: Maybe;
}

/**
 * What must change on the tenant so that it is as declared, by the three-way rule: a path is set when it is desired
 * and live differs; it is removed when we applied it, no longer want it and it is still there; anything else is left
 * alone. `root` is the whole live object, where `live` is only a part of it.
 */
export function compare(desired: Maybe, applied: Maybe, live: Maybe, rule: Rule, root: Maybe = live): Change[] {
  return walk({ desired, applied, live: merges(rule) ? (live ?? {}) : live }, rule, [], root);
}

function walk(sides: Sides, unsettled: Rule, path: Path, root: Maybe): Change[] {
  const rule = settle(unsettled, sides.desired, sides.applied);
  if (sides.desired === undefined || sides.desired === null) return withdrawn(sides, rule, path, root);
  if (rule.equal) return whole(sides, rule, path, root);
  if (rule.is === "keyed" && Array.isArray(sides.desired)) return keyed(sides, rule, path, root);
  if (rule.is === "set" && Array.isArray(sides.desired)) return members(sides, path);
  if (rule.is === "list" && Array.isArray(sides.desired)) return ordered(sides, rule, path, root);
  if (merges(rule) && isObject(sides.desired) && (isObject(sides.live) || isBlank(sides.live))) {
    return byKey(sides, rule, path, root);
  }
  return whole(sides, rule, path, root);
}

/** A value taken as a whole. */
function whole({ desired, live }: Sides, rule: Rule, path: Path, root: Maybe): Change[] {
  return desired === undefined || equal(rule, desired, live, root) ? [] : [set(path, live, written(desired, rule))];
}

const set = (path: Path, live: Maybe, to: Json): Change =>
  live === undefined || live === null ? { kind: "added", path, to } : { kind: "modified", path, from: live, to };

/** No longer declared: what we applied of it goes, what others put there stays. */
function withdrawn({ applied, live }: Sides, rule: Rule, path: Path, root: Maybe): Change[] {
  if (same(applied, undefined) || live === undefined || same(live, undefined)) return [];
  const removal: Change[] = [{ kind: "removed", path, from: live }];
  if (rule.equal) return rule.equal(undefined, live, root) ? [] : removal;
  if (merges(rule) && isObject(applied) && isObject(live)) {
    const changes = byKey({ desired: {}, applied, live }, rule, path, root);
    const nothingLeft = Object.keys(live).every((key) => changes.some((change) => isRemovalOf(change, path, key)));
    return changes.length > 0 && path.length > 0 && nothingLeft ? removal : changes;
  }
  if (rule.is === "keyed" && Array.isArray(live)) return keyed({ desired: [], applied, live }, rule, path, root);
  if (rule.is === "set" && Array.isArray(live)) return members({ desired: [], applied, live }, path);
  return rule.is === "value" && same(live, rule.absent) ? [] : removal;
}

const isRemovalOf = (change: Change, parent: Path, key: string): boolean =>
  change.kind === "removed" && change.path.length === parent.length + 1 && change.path[parent.length] === key;

function byKey({ desired, applied, live }: Sides, rule: ObjectRule | FreeRule, path: Path, root: Maybe): Change[] {
  const keys = new Set([desired, applied].flatMap((side) => (isObject(side) ? Object.keys(side) : [])));
  const changes = [...keys].flatMap((key) => {
    const field = ruleOf(rule, key);
    if (!field) return [];
    return walk(
      { desired: own(desired, key), applied: own(applied, key), live: own(live, key) },
      field,
      [...path, key],
      root,
    );
  });
  // A parent that is not there, or is there as null, "" or [], is set in one piece.
  if (changes.length > 0 && !isObject(live) && isObject(desired)) return [set(path, live, written(desired, rule))];
  return changes;
}

function keyed({ desired, applied, live }: Sides, rule: KeyedRule, path: Path, root: Maybe): Change[] {
  const wanted = asList(desired);
  if (!Array.isArray(live) && !isBlank(live)) {
    return wanted.length === 0 ? [] : [set(path, live, written(wanted, rule))];
  }
  const step = (member: Json): Path => [...path, { by: rule.by, key: own(member, rule.by) ?? null }];
  const kept = wanted.flatMap((member): Change[] => {
    const there = counterpart(rule, live, member);
    if (there === undefined) return [{ kind: "added", path: step(member), to: written(member, rule.of) }];
    const before = counterpart(rule, applied, member);
    return walk({ desired: member, applied: before, live: there }, rule.of, step(member), root);
  });
  const gone = asList(applied).flatMap((member): Change[] => {
    const there = counterpart(rule, live, member);
    return counterpart(rule, wanted, member) === undefined && there !== undefined
      ? [{ kind: "removed", path: step(member), from: there }]
      : [];
  });
  return [...kept, ...gone];
}

function members({ desired, applied, live }: Sides, path: Path): Change[] {
  const [wanted, before, there] = [distinct(asList(desired)), distinct(asList(applied)), asList(live)];
  return [
    ...wanted
      .filter((member) => !has(there, member))
      .map((member): Change => ({ kind: "added", path: [...path, { member }], to: member })),
    ...before
      .filter((member) => !has(wanted, member) && has(there, member))
      .map((member): Change => ({ kind: "removed", path: [...path, { member }], from: member })),
  ];
}

const has = (list: readonly Json[], member: Json): boolean => list.some((candidate) => same(candidate, member));
const distinct = (list: readonly Json[]): Json[] => list.filter((member, i) => !has(list.slice(0, i), member));

/** Order and membership are ours: the list is set as a whole, its members laid over the live ones they correspond to. */
function ordered({ desired, applied, live }: Sides, rule: ListRule, path: Path, root: Maybe): Change[] {
  const wanted = asList(desired);
  if (wanted.length === 0 && same(live, undefined)) return [];
  if (!Array.isArray(live)) return [set(path, live, written(wanted, rule))];
  const [there, before] = [positions(rule, wanted, live), positions(rule, wanted, asList(applied))];
  const laid = wanted.map((member, i) => {
    const base = live[there[i] ?? -1];
    if (base === undefined) return { value: written(member, rule.of), unchanged: false };
    // In a list null is a value: leaving the member out would move the others.
    if (member === null) return { value: isBlank(base) ? base : null, unchanged: isBlank(base) && there[i] === i };
    const sides = { desired: member, applied: asList(applied)[before[i] ?? -1], live: base };
    const changes = walk(sides, rule.of, [], root);
    return { value: patched(base, toPatch(changes, base)), unchanged: changes.length === 0 && there[i] === i };
  });
  if (laid.length === live.length && laid.every(({ unchanged }) => unchanged)) return [];
  return [{ kind: "modified", path, from: live, to: laid.map(({ value }) => value) }];
}

const asList = (value: Maybe): Json[] => (Array.isArray(value) ? value : []);

/** A declared value as it is written: members declared as null are not declared, keys without a rule do not exist. */
function written(value: Json, unsettled: Rule): Json {
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

/**
 * The top-level fields whose change replaces the object. One that is only declared now, and was not before, replaces
 * nothing unless it is known what it was: the object may have that value already.
 */
export function replaces(changes: readonly Change[], rule: ObjectRule): string[] {
  const fields = changes.flatMap((change): string[] => {
    const [name] = change.path;
    const field = typeof name === "string" ? ruleOf(rule, name) : undefined;
    if (typeof name !== "string" || field?.immutable === undefined) return [];
    const wasDefault = field.is === "value" && field.absent !== undefined;
    const isUnknown = change.kind === "added" && !(wasDefault && !same(change.to, field.absent));
    return isUnknown ? [] : [name];
  });
  return [...new Set(fields)];
}
