import { type Json, type Maybe, isBlank, isObject, own } from "./json";
import { SECRET_CHANGED } from "./marker";
import { type ListRule, type Rule, FREE, counterpart } from "./rules";

/**
 * Keys that name a member of a list among the others, the surest first. They are names only where every member of both
 * lists has one and all are different. Addresses (`host`, `url`) are no names: a server that moves is still the same
 * member. They count as content.
 */
const NAMING_KEYS = ["uniqueNameForEndPoint", "domainDN", "forestName", "searchDN", "id", "name", "key"] as const;

/**
 * Where each member of an ordered list stands in another one, or nothing where none corresponds to it. Whichever of the
 * two lists is asked about, the same members correspond.
 *
 * Members with the same name correspond. Of the others, and of members without names, those that have the most in
 * common: no two that are left apart have more in common with each other than with what they correspond to; position
 * decides only between equals. Members that have different names correspond only where nothing else tells them apart.
 */
export function positions(rule: ListRule, list: readonly Json[], other: readonly Json[]): (number | undefined)[] {
  const lists = { list, other };
  const pairs = rule.by === undefined ? byLikeness(lists) : byKeys([rule.by].flat(), lists);
  return paired(pairs, list.length);
}

/** The member of another list that corresponds to each member of an ordered one. */
export const counterparts = (rule: ListRule, list: readonly Json[], other: readonly Json[]): Maybe[] =>
  positions(rule, list, other).map((j) => (j === undefined ? undefined : other[j]));

/** Where each member of a list under any rule stands in another one. */
export function places(rule: Rule, list: readonly Json[], other: readonly Json[]): (number | undefined)[] {
  if (rule.is !== "keyed") return positions(rule.is === "list" ? rule : { is: "list", of: FREE }, list, other);
  return list.map((member) => {
    const there = counterpart(rule, [...other], member);
    return there === undefined ? undefined : other.indexOf(there);
  });
}

/** What names each member within its own list, as text; nothing for a list that has no names. */
export function namesIn({ by }: ListRule, list: readonly Json[]): string[] | undefined {
  const naming = by ?? namingKey([list]);
  if (naming === undefined) return undefined;
  const names = list.map((member) => JSON.stringify([naming].flat().map((key) => own(member, key) ?? null)));
  return new Set(names).size === names.length ? names : undefined;
}

interface Lists {
  list: readonly Json[];
  other: readonly Json[];
}

/** Two members that may correspond. Of two ranks, the one with the greater number at the first difference goes first. */
interface Pair {
  i: number;
  j: number;
  rank: readonly number[];
}

/** Each member once, the pairs of the highest rank first. */
function paired(pairs: Pair[], length: number): (number | undefined)[] {
  const places = Array<number | undefined>(length).fill(undefined);
  const taken = new Set<number>();
  for (const { i, j } of pairs.sort(byRank)) {
    if (places[i] !== undefined || taken.has(j)) continue;
    places[i] = j;
    taken.add(j);
  }
  return places;
}

function byRank(left: Pair, right: Pair): number {
  const theirs = orderOf(right);
  const differences = orderOf(left).map((number, at) => (theirs[at] ?? 0) - number);
  return differences.find((difference) => difference !== 0) ?? 0;
}

const orderOf = ({ i, j, rank }: Pair): number[] => [...rank, -Math.abs(i - j), -(i + j)];

/** By keys that a rule names: all of them the same, or some of them where there are several. */
function byKeys(keys: readonly string[], lists: Lists): Pair[] {
  const common = commonIn(lists);
  const name = (member: Maybe) => JSON.stringify(keys.map((key) => keyText(member, key)));
  return candidates(lists, common, name).flatMap(({ i, j }): Pair[] => {
    const agreeing = keys.filter((key) => keyText(lists.list[i], key) === keyText(lists.other[j], key)).length;
    if (agreeing === 0) return [];
    const { telling, equal, conflicts } = common.between(i, j);
    return [{ i, j, rank: [agreeing, telling, equal, -conflicts] }];
  });
}

const keyText = (member: Maybe, key: string): string => JSON.stringify(own(member, key) ?? null);

function byLikeness(lists: Lists): Pair[] {
  const naming = namingKey([lists.list, lists.other]);
  const common = commonIn(lists, naming);
  const isEdit = lists.list.length === lists.other.length;
  const name = (member: Maybe) => (naming === undefined ? undefined : text(own(member, naming)));
  return candidates(lists, common, name).flatMap(({ i, j }): Pair[] => {
    const { telling, equal, conflicts } = common.between(i, j);
    const pair = (tier: number): Pair[] => [{ i, j, rank: [tier, telling, equal, -conflicts] }];
    if (naming !== undefined) {
      if (name(lists.list[i]) === name(lists.other[j])) return pair(2);
      return telling > 0 && conflicts === 0 ? pair(1) : [];
    }
    if (telling > 0 || (equal > 0 && conflicts === 0)) return pair(1);
    return isEdit && i === j ? pair(0) : [];
  });
}

/** The first key that every member of these lists has, each another value of it within its list. */
function namingKey(lists: readonly (readonly Json[])[]): string | undefined {
  return NAMING_KEYS.find((key) =>
    lists.every((list) => {
      const names = list.map((member) => own(member, key));
      return names.every(isName) && new Set(names.map(text)).size === names.length;
    }),
  );
}

const isName = (value: Maybe): boolean => !isBlank(value) && typeof value !== "object";
const text = (value: Maybe): string => String(value);

/** What two members have in common. */
interface Common {
  /** Leaves that both have, and no other member of either list. */
  telling: number;
  /** Leaves that both have. */
  equal: number;
  /** Places where both have something else. */
  conflicts: number;
}

/** Leaves of the members of two lists, and which members have them. */
interface Content {
  between(i: number, j: number): Common;
  /** For each leaf that one member of each list has, these two. */
  telling: readonly { i: number; j: number }[];
}

/** The leaves of a member: the texts at each place, and how often; positions in its lists do not count. */
type Leaves = ReadonlyMap<string, string[]>;
const NONE: Leaves = new Map();

function commonIn({ list, other }: Lists, naming?: string): Content {
  const ours = list.map((member) => leavesOf(member, naming));
  const theirs = other.map((member) => leavesOf(member, naming));
  const [ourOwners, theirOwners] = [ownersOf(ours), ownersOf(theirs)];
  const only = (owners: readonly number[] | undefined) => (owners?.length === 1 ? owners[0] : undefined);
  const isTelling = (leaf: string) =>
    only(ourOwners.get(leaf)) !== undefined && only(theirOwners.get(leaf)) !== undefined;
  return {
    between: (i, j) => between(ours[i] ?? NONE, theirs[j] ?? NONE, isTelling),
    telling: [...ourOwners].flatMap(([leaf, owners]) => {
      const [i, j] = [only(owners), only(theirOwners.get(leaf))];
      return i === undefined || j === undefined ? [] : [{ i, j }];
    }),
  };
}

function between(ours: Leaves, theirs: Leaves, isTelling: (leaf: string) => boolean): Common {
  const common: Common = { telling: 0, equal: 0, conflicts: 0 };
  for (const [place, texts] of ours) {
    const left = [...(theirs.get(place) ?? [])];
    let unmet = 0;
    for (const one of texts) {
      const at = left.indexOf(one);
      if (at < 0) {
        unmet += 1;
        continue;
      }
      left.splice(at, 1);
      common.equal += 1;
      if (isTelling(leafKey(place, one))) common.telling += 1;
    }
    if (unmet > 0 && left.length > 0) common.conflicts += 1;
  }
  return common;
}

const leafKey = (place: string, one: string): string => JSON.stringify([place, one]);

function ownersOf(members: readonly Leaves[]): Map<string, number[]> {
  const owners = new Map<string, number[]>();
  for (const [i, leaves] of members.entries()) {
    for (const [place, texts] of leaves) {
      for (const one of new Set(texts)) {
        collect(owners, leafKey(place, one), i);
      }
    }
  }
  return owners;
}

/** What is blank says nothing, nor does a name, which is compared as such, nor the mark of a changed secret. */
function leavesOf(member: Json, naming: string | undefined): Leaves {
  const leaves = new Map<string, string[]>();
  const visit = (value: Json, place: string) => {
    if (isBlank(value) || value === SECRET_CHANGED) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, `${place}[]`);
    } else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (place !== "" || key !== naming) visit(inner, `${place}.${JSON.stringify(key)}`);
      }
    } else {
      collect(leaves, place, String(value));
    }
  };
  visit(member, "");
  return leaves;
}

function collect<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const known = lists.get(key);
  if (known) known.push(item);
  else lists.set(key, [item]);
}

/** How many pairs are looked at one by one. Of longer lists only those that something tells: the cost stays in bounds. */
const MOST_PAIRS = 10_000;

function candidates(
  { list, other }: Lists,
  { telling }: Content,
  name: (member: Json) => string | undefined = () => undefined,
): { i: number; j: number }[] {
  if (list.length * other.length <= MOST_PAIRS) return list.flatMap((_, i) => other.map((__, j) => ({ i, j })));
  const alike = new Map<string, number[]>();
  const key = (member: Json) => name(member) ?? JSON.stringify(member);
  other.forEach((member, j) => collect(alike, key(member), j));
  const pairs = [
    ...list.flatMap((member, i) => {
      const j = alike.get(key(member))?.shift();
      return j === undefined ? [] : [{ i, j }];
    }),
    ...list.slice(0, other.length).map((_, i) => ({ i, j: i })),
    ...telling,
  ];
  return [...new Map(pairs.map((pair) => [`${String(pair.i)} ${String(pair.j)}`, pair])).values()];
}
