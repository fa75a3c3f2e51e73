import { splitId } from "../kinds/children";
import type { Fields } from "../kinds/tree/field";
import {
  type Change,
  type Json,
  type Maybe,
  type ObjectRule,
  type Path,
  type Rule,
  FREE,
  compare,
  isBlank,
  isObject,
  own,
  pathText,
  positions,
  ruleAt,
  settle,
  telling,
} from "../reconcile";
import { driftOf } from "./drift";
import { parentOf } from "./entries";
import {
  type Entry,
  type Inventory,
  type Note,
  SECRET,
  type SourceEntry,
  byText,
  secretsIn,
  titleOf,
} from "./inventory";

export type Side = "left" | "right";

/** One value that the two sides have otherwise. What one side lacks is absent. */
export interface Difference {
  path: string;
  left?: Json;
  right?: Json;
}

export interface ObjectComparison {
  /** `Source "HR Feed"`, `Schema "account"` … */
  title: string;
  only?: Side;
  differences: Difference[];
  /** Secrets that both sides have, where it cannot be known whether they are the same. */
  secrets: number;
}

export interface SourceComparison {
  name: string;
  only?: Side;
  /** Those that differ. */
  objects: ObjectComparison[];
  secrets: number;
  /** The last change on the tenant, where it was asked for. */
  last?: { at: string; what: string; by: string };
}

export interface Comparison {
  left: string;
  right: string;
  sources: SourceComparison[];
  notes: Note[];
}

/** Whether anything differs. */
export const isDifferent = ({ sources }: Comparison): boolean => sources.some(isOther);
export const isOther = ({ only, objects }: SourceComparison): boolean => only !== undefined || objects.length > 0;

/**
 * What two sides have otherwise: sources by name, references by what they name, and nothing that a tenant owns. Of a side
 * that is a program only what it declares counts.
 */
export function comparison(left: Inventory, right: Inventory): Comparison {
  const pairs = paired(left.sources, right.sources, ({ name }) => name);
  const notes = [...left.notes, ...right.notes];
  const ofSome = [left, right].filter(({ excerpt }) => excerpt === true);
  // Where both hold some only, a source that one of them lacks is a difference: else the two could be the same in nothing.
  const excerpt = ofSome.length === 1 ? ofSome[0] : undefined;
  if (excerpt) notes.push({ source: excerpt.title, title: "other sources", why: "some were kept, not all of them" });
  for (const { title, partial, sources } of [left, right]) {
    if (partial !== true || sources.length > 0) continue;
    notes.push({ source: title, title: "sources", why: "it declares none, so nothing was compared" });
  }
  // What a program does not declare is none of its business; what was not kept may be there all the same.
  const isSilent = (side: Inventory) => side.partial === true || side === excerpt;
  const sources = pairs.flatMap(([ours, theirs]): SourceComparison[] => {
    const one = ours ?? theirs;
    if (one === undefined) return [];
    const only = onlySide(ours, theirs, isSilent(left), isSilent(right));
    if (only === "unsaid") return [];
    if (only !== undefined) return [{ name: one.name, only, objects: [], secrets: 0 }];
    const note = (title: string, why: string) => notes.push({ source: one.name, title, why });
    const objects = objectsOf(ours, theirs, left, right, note);
    return [
      {
        name: one.name,
        objects: objects.filter((object) => object.only !== undefined || object.differences.length > 0),
        secrets: objects.reduce((sum, { secrets }) => sum + secrets, 0),
      },
    ];
  });
  return { left: left.title, right: right.title, sources, notes };
}

/** The items of both sides by what tells them, in its order. */
function paired<T>(
  left: readonly T[],
  right: readonly T[],
  key: (item: T) => string,
): [T | undefined, T | undefined][] {
  const [ours, theirs] = [left, right].map((items) => new Map(items.map((item) => [key(item), item])));
  const keys = [...new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])].sort(byText);
  return keys.map((one) => [ours?.get(one), theirs?.get(one)]);
}

/** Which side alone has something; a side that is silent says nothing by lacking it. */
function onlySide(ours: unknown, theirs: unknown, left: boolean, right: boolean): Side | "unsaid" | undefined {
  if (ours !== undefined && theirs !== undefined) return undefined;
  const [has, isUnsaid]: [Side, boolean] = ours === undefined ? ["right", left] : ["left", right];
  return isUnsaid ? "unsaid" : has;
}

function objectsOf(
  ours: SourceEntry | undefined,
  theirs: SourceEntry | undefined,
  left: Inventory,
  right: Inventory,
  note: (title: string, why: string) => unknown,
): ObjectComparison[] {
  const all = (source: SourceEntry | undefined): Entry[] => (source ? [source, ...source.children] : []);
  const isItsTenant = left.tenant !== undefined && left.tenant === right.tenant;
  const key = (entry: Entry) => JSON.stringify([entry.kind.name, isItsTenant ? keyThere(entry) : entry.key]);
  const order = new Map([...all(ours), ...all(theirs)].map((entry, i) => [key(entry), i]));
  const pairs = paired(all(ours), all(theirs), key).sort(
    ([a, b], [c, d]) => placeOf(order, key, a ?? b) - placeOf(order, key, c ?? d),
  );
  return pairs.flatMap(([mine, other]): ObjectComparison[] => {
    const entry = mine ?? other;
    if (entry === undefined) return [];
    const knowsNot = (side: Inventory, source: SourceEntry | undefined) =>
      side.partial === true || source?.unsaid?.includes(entry.kind.name) === true;
    const only = onlySide(mine, other, knowsNot(left, ours), knowsNot(right, theirs));
    if (only === "unsaid") return [];
    const title = titleOf(entry);
    if (mine === undefined || other === undefined) {
      return [{ title, ...(only === undefined ? {} : { only }), differences: [], secrets: 0 }];
    }
    const onBoth = Math.min(secretsIn(mine.inputs), secretsIn(other.inputs));
    const told = isItsTenant ? [mine, other].map(({ applied }) => telling(applied?.secrets ?? {})) : [0];
    const secrets = Math.max(0, onBoth - Math.max(...told));
    const { differences, unknown } = differencesOf(mine, other, left, right);
    for (const path of unknown) note(title, `${pathText(path)}: ${HIDDEN}`);
    return [{ title, differences, secrets }];
  });
}

/** What tells an object on the tenant that both sides know; a program may name it in several ways. */
function keyThere({ kind, key, applied, live }: Entry): string {
  const id = applied?.id ?? (live && kind.id({ ...live, source: "" }, live));
  return id === undefined || parentOf(kind) === undefined ? key : splitId(id).key;
}

const placeOf = (order: ReadonlyMap<string, number>, key: (entry: Entry) => string, entry: Entry | undefined): number =>
  (entry && order.get(key(entry))) ?? 0;

const HIDDEN = "the state keeps all of it as one secret, so it was not compared";

function differencesOf(
  mine: Entry,
  other: Entry,
  left: Inventory,
  right: Inventory,
): { differences: Difference[]; unknown: Path[] } {
  const rules = byName(mine.kind.fields);
  const isItsTenant = left.tenant !== undefined && left.tenant === right.tenant;
  if (left.partial !== right.partial) {
    const [side, declared, there]: [Side, Entry, Entry] =
      left.partial === true ? ["left", mine, other] : ["right", other, mine];
    const { changes, unknown } = driftOf(declared, there, rules, isItsTenant);
    return { differences: told(changes, rules, side), unknown };
  }
  const changes = compare(mine.inputs, other.inputs, other.inputs, rules, other.inputs, { immutable: true });
  return { differences: told(changes, rules, "left"), unknown: [] };
}

/** The rules of a kind, where references are the same that have the same alias, or else the same name. */
const byName = (fields: Fields): ObjectRule => ({ is: "object", fields: inFields(fields) });

const inFields = (fields: Readonly<Record<string, Rule>>): Record<string, Rule> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, named(field)]));

function named(rule: Rule): Rule {
  if (rule.is === "reference") return { ...rule, equal: sameNamed };
  if (rule.is === "list" || rule.is === "keyed") return { ...rule, of: named(rule.of) };
  return rule.is === "object" ? { ...rule, fields: inFields(rule.fields) } : rule;
}

function sameNamed(left: Maybe, right: Maybe): boolean {
  if (isBlank(left) || isBlank(right)) return isBlank(left) && isBlank(right);
  const keys = ["id", "alias", "name"].filter((key) => !isBlank(own(left, key)) && !isBlank(own(right, key)));
  return keys.length > 0 && own(left, keys[0] ?? "") === own(right, keys[0] ?? "");
}

/** Changes as differences; `wanted` is the side whose values they want. */
function told(changes: readonly Change[], rules: ObjectRule, wanted: Side): Difference[] {
  const sides = (to: Maybe, from: Maybe): Omit<Difference, "path"> => {
    const [left, right] = wanted === "left" ? [to, from] : [from, to];
    return { ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) };
  };
  const tell = ({ path, from, to }: Change): Difference[] => {
    const rule = settle(ruleAt(rules, path) ?? FREE, to, from);
    if (Array.isArray(to) && Array.isArray(from) && rule.is === "list") {
      const inner = inList(to, from, rule.of, path, tell, (moved) => ({ path: pathText(path), ...sides(moved, from) }));
      if (inner.length > 0) return inner;
    }
    return [{ path: pathText(path), ...sides(to, from) }];
  };
  return changes.flatMap(tell);
}

/** An ordered list member by member, so that what differs in a long one is seen. */
function inList(
  to: Json[],
  from: Json[],
  of: Rule,
  path: Path,
  tell: (change: Change) => Difference[],
  whole: (to: Json[]) => Difference,
): Difference[] {
  const there = positions({ is: "list", of }, to, from);
  const kept = there.filter((j) => j !== undefined);
  const differences = to.flatMap((member, i): Difference[] => {
    const j = there[i];
    const before = from[j ?? -1];
    if (j === undefined || before === undefined) return tell({ kind: "added", path: [...path, i], to: member });
    return compare(member, before, before, of).flatMap((change) =>
      tell({ ...change, path: [...path, i, ...change.path] }),
    );
  });
  const gone = from.flatMap((member, j) =>
    kept.includes(j) ? [] : tell({ kind: "removed", path: [...path, j], from: member }),
  );
  const isMoved = kept.some((j, n) => j < (kept[n - 1] ?? -1));
  return [...differences, ...gone, ...(isMoved ? [whole(to)] : [])];
}

/** A value for people, in one text: a reference by its name, a secret as one. */
export function shownValue(value: Json): string {
  if (value === SECRET) return "[secret]";
  if (typeof value === "string") return JSON.stringify(value);
  if (isObject(value)) {
    const keys = Object.keys(value);
    const name = own(value, "alias") ?? own(value, "name") ?? own(value, "id");
    if (keys.every((key) => ["alias", "name", "id", "type"].includes(key)) && typeof name === "string") {
      return JSON.stringify(name);
    }
  }
  return JSON.stringify(value).replaceAll(JSON.stringify(SECRET), '"[secret]"');
}
