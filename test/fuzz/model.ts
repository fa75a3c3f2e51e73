import { isDeepStrictEqual } from "node:util";
import {
  type FreeRule,
  type Json,
  type JsonObject,
  type ListRule,
  type Maybe,
  type ObjectRule,
  type Rule,
  positions,
} from "../../provider/src/reconcile";

/**
 * What the live object must be after the patch, told as a plain three-way merge of values: no changes, no paths, no
 * patch. It shares no code with what it judges but the one for which members of lists correspond, which has a judge of
 * its own.
 */
export function expected(desired: Maybe, applied: Maybe, live: Maybe, rule: ObjectRule): JsonObject {
  const result = merge(desired ?? {}, applied, live ?? {}, rule, true);
  return isPlain(result) ? result : {};
}

function merge(desired: Maybe, applied: Maybe, live: Maybe, rule: Rule, isRoot = false): Maybe {
  if (desired === undefined || desired === null) return withoutOurs(applied, live, rule);
  if (typeof rule.equal === "function") return rule.equal(desired, live, live) ? live : desired;
  if (rule.is === "commaSet" && [desired, live].every((side) => typeof side === "string" || isShallowNothing(side))) {
    return mergeWords(desired, applied, live);
  }
  if (rule.is === "set" && Array.isArray(desired)) return mergeSet(desired, applied, live);
  if (rule.is === "keyed" && Array.isArray(desired)) return mergeKeyed(desired, applied, live, rule.by, rule.of);
  if (rule.is === "list" && Array.isArray(desired)) return mergeList(desired, applied, live, rule);
  if (rule.is === "free" && Array.isArray(desired))
    return mergeList(desired, applied, live, { is: "list", of: within(rule) });
  if ((rule.is === "object" || rule.is === "free") && isPlain(desired)) {
    if (isPlain(live) && rule.variant !== undefined) {
      const [ours, theirs] = [said(desired, rule.variant), said(live, rule.variant)];
      if (theirs !== undefined) {
        if (isShallowNothing(desired)) return isRoot ? {} : undefined;
        if (ours !== undefined && ours !== theirs) return bare(desired, rule);
      }
      const before = said(applied, rule.variant);
      if (ours !== undefined && before !== undefined && ours !== before) {
        return mergeObject(desired, undefined, live, rule);
      }
    }
    if (isPlain(live)) return mergeObject(desired, applied, live, rule);
    if (isNothing(live)) return !isRoot && met(desired, live, rule) ? live : bare(desired, rule);
  }
  return met(desired, live, rule) ? live : bare(desired, rule);
}

function withoutOurs(applied: Maybe, live: Maybe, rule: Rule): Maybe {
  if (isNothing(applied) || isNothing(live)) return live;
  if (typeof rule.equal === "function") return rule.equal(undefined, live, live) ? live : undefined;
  if (rule.is === "commaSet" && typeof live === "string") return mergeWords("", applied, live);
  if ((rule.is === "object" || rule.is === "free") && isPlain(applied) && isPlain(live)) {
    const { variant } = rule;
    if (variant !== undefined && [applied, live].every((side) => said(side, variant) !== undefined)) return undefined;
    const left = mergeObject({}, applied, live, rule);
    return Object.keys(left).length === 0 && Object.keys(live).length > 0 ? undefined : left;
  }
  if (rule.is === "keyed" && Array.isArray(live)) return mergeKeyed([], applied, live, rule.by, rule.of);
  if (rule.is === "set" && Array.isArray(live)) return mergeSet([], applied, live);
  if (rule.is === "value" && rule.absent !== undefined && canonical(rule.absent) === canonical(live)) return live;
  return undefined;
}

function mergeObject(desired: JsonObject, applied: Maybe, live: JsonObject, rule: ObjectRule | FreeRule): JsonObject {
  const entries: [string, Maybe][] = [];
  for (const key of new Set([...Object.keys(live), ...Object.keys(desired)])) {
    const field = fieldOf(rule, key);
    const there = get(live, key);
    entries.push([key, field ? merge(get(desired, key), get(applied, key), there, field) : there]);
  }
  return build(entries);
}

function mergeSet(desired: Json[], applied: Maybe, live: Maybe): Maybe {
  const there = Array.isArray(live) ? live : [];
  const ours = Array.isArray(applied) ? applied : [];
  const wanted = new Set(desired);
  const stays = there.filter((member) => wanted.has(member) || !ours.includes(member));
  const result = [...stays, ...[...wanted].filter((member) => !there.includes(member))];
  return result.length === there.length && stays.length === there.length ? live : result;
}

function mergeKeyed(desired: Json[], applied: Maybe, live: Maybe, by: string, of: Rule): Maybe {
  const rule: Rule = { is: "keyed", by, of };
  if (!Array.isArray(live) && !(isShallowNothing(live) && desired.length > 0)) {
    return desired.length === 0 ? live : bare(desired, rule);
  }
  const there = Array.isArray(live) ? live : [];
  const ours = Array.isArray(applied) ? applied : [];
  const seen = new Set<Maybe>();
  const stays = there.flatMap((member): Json[] => {
    const name = get(member, by);
    const isSecond = name === undefined || seen.has(name);
    seen.add(name);
    if (isSecond) return [member];
    const named = (list: Json[]) => list.find((candidate) => get(candidate, by) === name);
    const wanted = named(desired);
    if (wanted !== undefined) return [merge(wanted, named(ours), member, of) ?? null];
    return named(ours) === undefined ? [member] : [];
  });
  const come = desired.filter((member) => !there.some((other) => get(other, by) === get(member, by)));
  return [...stays, ...come.map((member) => bare(member, of))];
}

function mergeList(desired: Json[], applied: Maybe, live: Maybe, rule: ListRule): Maybe {
  if (!Array.isArray(live)) return isNothing(live) && desired.length === 0 ? live : bare(desired, rule);
  const before = Array.isArray(applied) ? applied : [];
  const ours = positions(rule, desired, before);
  const laid = (member: Json, i: number, base: Maybe): Json => {
    if (base === undefined) return bare(member, rule.of);
    if (member === null) return isNothing(base) ? base : null;
    const merged = merge(member, before[ours[i] ?? -1], base, rule.of);
    return merged === undefined ? emptied(rule.of) : merged;
  };
  const inPlace = desired.map((member, i) => laid(member, i, live[i]));
  if (isDeepStrictEqual(inPlace, live)) return live;
  const there = positions(rule, desired, live);
  return desired.map((member, i) => laid(member, i, live[there[i] ?? -1]));
}

/** What an object says that it is. */
export function said(value: Maybe, variant: string): string | undefined {
  const says = get(value, variant);
  return isShallowNothing(says) || typeof says === "object" ? undefined : String(says);
}

/** A member that is declared as none. */
const emptied = (rule: Rule): Json => ((rule.is === "object" || rule.is === "free") && rule.variant ? {} : null);

/** A text that is a set. */
function mergeWords(desired: Json, applied: Maybe, live: Maybe): Maybe {
  const words = (text: Maybe) => (typeof text === "string" ? text.split(",").map((word) => word.trim()) : []);
  const there = [...new Set(words(live))].filter((word) => word !== "");
  const wanted = [...new Set(words(desired))].filter((word) => word !== "");
  const stays = there.filter((word) => wanted.includes(word) || !words(applied).includes(word));
  const come = wanted.filter((word) => !there.includes(word));
  return come.length === 0 && stays.length === there.length ? live : [...stays, ...come].join(",");
}

/** Whether a live value is as declared, member by member. */
function met(desired: Maybe, live: Maybe, rule: Rule): boolean {
  if (desired === undefined || desired === null) return true;
  if (typeof rule.equal === "function") return rule.equal(desired, live, live);
  switch (rule.is) {
    case "object":
    case "free":
      if (isPlain(desired) && (isPlain(live) || isShallowNothing(live))) {
        return Object.keys(desired).every((key) => {
          const field = fieldOf(rule, key);
          return !field || met(get(desired, key), get(live, key), field);
        });
      }
      if (Array.isArray(desired)) return desired.length === 0 && isNothing(live);
      return rule.is === "free" ? loose(desired) === loose(live) : canonical(desired) === canonical(live);
    case "value":
      return canonical(isNothing(desired) ? rule.absent : desired) === canonical(isNothing(live) ? rule.absent : live);
    case "reference": {
      const [mine, theirs] = [get(desired, "id"), get(live, "id")];
      if (!isNothing(mine) && !isNothing(theirs)) return mine === theirs;
      const [name, other] = [get(desired, "name"), get(live, "name")];
      return !isNothing(name) && !isNothing(other) ? name === other : canonical(desired) === canonical(live);
    }
    case "commaSet":
      return typeof desired === "string" || isShallowNothing(desired)
        ? mergeWords(desired, undefined, live) === live
        : canonical(desired) === canonical(live);
    default:
      return Array.isArray(desired) && desired.length === 0 && isNothing(live);
  }
}

/** A declared value, less what is declared as null and what does not exist for us. */
function bare(value: Json, rule: Rule): Json {
  if (rule.equal || rule.is === "commaSet" || rule.is === "value" || rule.is === "reference" || rule.is === "set")
    return value;
  if (Array.isArray(value)) {
    const of = rule.is === "list" || rule.is === "keyed" ? rule.of : rule;
    return rule.is === "object" ? value : value.map((member) => bare(member, of));
  }
  if (!isPlain(value) || rule.is === "list" || rule.is === "keyed") return value;
  return build(
    Object.keys(value).flatMap((key): [string, Maybe][] => {
      const field = fieldOf(rule, key);
      const member = get(value, key);
      return field && member !== undefined && member !== null ? [[key, bare(member, field)]] : [];
    }),
  );
}

const isPlain = (value: Maybe): value is JsonObject => Object.prototype.toString.call(value) === "[object Object]";

export const get = (value: Maybe, key: string): Maybe =>
  isPlain(value) ? (Object.getOwnPropertyDescriptor(value, key)?.value as Maybe) : undefined;

export function fieldOf(rule: ObjectRule | FreeRule, key: string): Rule | undefined {
  if (rule.is === "free" && Array.isArray(rule.owned) && rule.owned.includes(key)) return undefined;
  const field = rule.fields && (Object.getOwnPropertyDescriptor(rule.fields, key)?.value as Rule | undefined);
  if (typeof field?.owned === "string") return undefined;
  if (rule.is !== "free" || field) return field;
  return within(rule);
}

/** What is known of a key of free JSON ends there; what tells variants does not. */
const within = ({ variant }: FreeRule): Rule => (variant === undefined ? { is: "free" } : { is: "free", variant });

function build(entries: readonly (readonly [string, Maybe])[]): JsonObject {
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const isShallowNothing = (value: Maybe): boolean =>
  value === undefined || ["null", '""', "[]", "{}"].includes(JSON.stringify(value));

/** Null, absent, empty, or made of nothing else. */
export const isNothing = (value: Maybe): boolean => canonical(value) === "null";

/** One text for all values that mean the same: keys sorted, members that are nothing left out. */
function canonical(value: Maybe): string {
  if (isShallowNothing(value)) return "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isPlain(value)) return JSON.stringify(value);
  const members = Object.entries(value)
    .map(([key, member]) => [JSON.stringify(key), canonical(member)] as const)
    .filter(([, member]) => member !== "null")
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map((member) => member.join(":"));
  return members.length === 0 ? "null" : `{${members.join()}}`;
}

/** One text for all scalars that the API mixes up: a number or a boolean, and the same as text. */
const loose = (value: Maybe): string =>
  isShallowNothing(value) ? "null" : typeof value === "object" ? canonical(value) : String(value);
