import { type Json, type JsonObject, type Maybe, isBlank, isObject, own, put, same } from "./json";
import {
  type FreeRule,
  type KeyedRule,
  type ListRule,
  type ObjectRule,
  type Rule,
  counterpart,
  equal,
  merges,
  ruleOf,
  settle,
} from "./rules";

/** A step of a path: a key, a member of a keyed list, or a member of a set. */
export type Step = string | { by: string; key: Json } | { member: Json };
export type Path = readonly Step[];

/** One path that is to change. `from` is the live value; `to` the value the path shall have. */
export type Change =
  | { kind: "added"; path: Path; to: Json }
  | { kind: "modified"; path: Path; from: Json; to: Json }
  | { kind: "removed"; path: Path; from: Json };

interface Sides {
  desired: Maybe;
  applied: Maybe;
  live: Maybe;
}

/**
 * What must change on the tenant so that it is as declared, by the three-way rule: a path is set when it is desired
 * and live differs; it is removed when we applied it, no longer want it and it is still there; anything else is left
 * alone.
 */
export function compare(desired: Maybe, applied: Maybe, live: Maybe, rule: Rule): Change[] {
  return walk({ desired, applied, live }, rule, [], live);
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
  return desired === undefined || equal(rule, desired, live, root) ? [] : [set(path, live, desired)];
}

const set = (path: Path, live: Maybe, to: Json): Change =>
  live === undefined || live === null ? { kind: "added", path, to } : { kind: "modified", path, from: live, to };

/** No longer declared: what we applied of it goes, what others put there stays. */
function withdrawn({ applied, live }: Sides, rule: Rule, path: Path, root: Maybe): Change[] {
  if (isBlank(applied) || live === undefined || live === null) return [];
  const removal: Change[] = [{ kind: "removed", path, from: live }];
  if (rule.equal) return rule.equal(undefined, live, root) ? [] : removal;
  if (merges(rule) && isObject(applied) && isObject(live)) {
    const changes = byKey({ desired: {}, applied, live }, rule, path, root);
    return Object.keys(live).every((key) => changes.some((change) => isRemovalOf(change, path, key)))
      ? removal
      : changes;
  }
  if (rule.is === "keyed" && Array.isArray(live)) return keyed({ desired: [], applied, live }, rule, path, root);
  if (rule.is === "set" && Array.isArray(live)) return members({ desired: [], applied, live }, path);
  return isBlank(live) || (rule.is === "value" && same(live, rule.absent)) ? [] : removal;
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
  // A parent that is not there is added in one piece.
  if (changes.length > 0 && path.length > 0 && (live === undefined || live === null) && desired !== undefined) {
    return [{ kind: "added", path, to: withoutBlanks(desired) }];
  }
  return changes;
}

/** Members declared as null are members not declared. */
function withoutBlanks(value: Json): Json {
  if (!isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [key, member] of Object.entries(value)) if (member !== null) put(kept, key, withoutBlanks(member));
  return kept;
}

function keyed({ desired, applied, live }: Sides, rule: KeyedRule, path: Path, root: Maybe): Change[] {
  const wanted = asList(desired);
  if (!Array.isArray(live)) return wanted.length === 0 ? [] : [set(path, live, wanted)];
  const step = (member: Json): Path => [...path, { by: rule.by, key: own(member, rule.by) ?? null }];
  const kept = wanted.flatMap((member): Change[] => {
    const there = counterpart(rule, live, member);
    if (there === undefined) return [{ kind: "added", path: step(member), to: withoutBlanks(member) }];
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
  const [wanted, before, there] = [asList(desired), asList(applied), asList(live)];
  const has = (list: readonly Json[], member: Json) => list.some((candidate) => same(candidate, member));
  return [
    ...wanted
      .filter((member) => !has(there, member))
      .map((member): Change => ({ kind: "added", path: [...path, { member }], to: member })),
    ...before
      .filter((member) => !has(wanted, member) && has(there, member))
      .map((member): Change => ({ kind: "removed", path: [...path, { member }], from: member })),
  ];
}

/** Order and membership are ours: the list is set as a whole, its members laid over the live ones they correspond to. */
function ordered({ desired, applied, live }: Sides, rule: ListRule, path: Path, root: Maybe): Change[] {
  const wanted = asList(desired);
  if (isBlank(live)) return wanted.length === 0 ? [] : [set(path, live, wanted.map(withoutBlanks))];
  if (!Array.isArray(live)) return [set(path, live, wanted)];
  const aligned = live.length === wanted.length;
  const counterpartIn = (list: Maybe, member: Json, i: number) =>
    counterpart(rule, list, member, Array.isArray(list) && list.length === wanted.length ? i : undefined);
  const laid = wanted.map((member, i) => {
    const there = counterpartIn(live, member, i);
    const changes =
      there === undefined
        ? undefined
        : walk({ desired: member, applied: counterpartIn(applied, member, i), live: there }, rule.of, [], root);
    return {
      value: there === undefined || changes === undefined ? withoutBlanks(member) : overlay(there, changes, rule.of),
      unchanged: aligned && changes?.length === 0 && there === live[i],
    };
  });
  return laid.every(({ unchanged }) => unchanged)
    ? []
    : [
        set(
          path,
          live,
          laid.map(({ value }) => value),
        ),
      ];
}

const asList = (value: Maybe): Json[] => (Array.isArray(value) ? value : []);

/** A live member with the changes of its own paths applied. */
function overlay(live: Json, changes: Change[], rule: Rule): Json {
  return changes.reduce((value, change) => overlaid(value, change, change.path, rule), live);
}

function overlaid(value: Json, change: Change, path: Path, rule: Rule): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change.kind === "removed" ? null : change.to;
  if (typeof step !== "string" || !isObject(value)) {
    throw new Error(`Bug: a member of a list cannot hold ${JSON.stringify(step)} (rule ${rule.is})`);
  }
  const copy: JsonObject = {};
  for (const [key, member] of Object.entries(value)) put(copy, key, member);
  if (rest.length === 0 && change.kind === "removed") {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key is one of the copy's own
    delete copy[step];
  } else put(copy, step, overlaid(own(value, step) ?? {}, change, rest, rule));
  return copy;
}

/** The top-level fields whose change replaces the object. */
export function replaces(changes: readonly Change[], rule: ObjectRule): string[] {
  const fields = changes.map(({ path }) => path[0]).filter((step) => typeof step === "string");
  return [...new Set(fields)].filter((field) => rule.fields[field]?.immutable !== undefined);
}

/** A path as people read it: `connectorAttributes["group.hasHeader"]`, `attributes[name=id].type`. */
export function pathText(path: Path): string {
  return path
    .map((step, i) => {
      if (typeof step === "object")
        return "by" in step ? `[${step.by}=${String(step.key)}]` : `[${String(step.member)}]`;
      if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join("");
}
