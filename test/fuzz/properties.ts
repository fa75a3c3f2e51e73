import { isDeepStrictEqual } from "node:util";
import { applyPatch } from "rfc6902";
import {
  type Change,
  type FreeRule,
  type Json,
  type JsonObject,
  type Maybe,
  type ObjectRule,
  type Patch,
  type Path,
  type Rule,
  compare,
  patched,
  planned,
  project,
  toPatch,
} from "../../provider/src/reconcile";
import type { Triple } from "./arbitraries";
import { applyStrictly, copy, tokensOf } from "./json-patch";
import { fail, identical, nothing } from "./judge";
import { expected, fieldOf, get, isNothing, said } from "./model";

/** All that must hold of any triple. Throws with the first thing that does not; returns the patch. */
export function check(triple: Triple): Patch {
  const { rule, desired, applied, live } = frozen(triple);
  const changes = compare(desired, applied, live, rule);
  const patch = frozen(toPatch(changes, live));
  const after = patched(live, patch);

  // The right result, and nothing else.
  identical(after, expected(desired, applied, live, rule), "the patch leads to what a three-way merge gives");
  const touched = unmanagedDifference(live, after, desired, applied, rule, []);
  if (touched) fail("an unmanaged path was touched", touched);
  nothing(compare(desired, applied, after, rule), "a second round finds nothing");
  nothing(compare(desired, desired, after, rule), "nothing differs once it is applied");
  const withdrawn = patched(after, toPatch(compare({}, desired, after, rule), after));
  identical(withdrawn, expected({}, desired, after, rule), "withdrawing all leaves what others put there");

  // A good patch.
  identical(
    applyStrictly(live, patch),
    after,
    "the patch is valid to the letter, its guards hold, and it gives the same",
  );
  if (!usesKeysThatRfc6902Refuses(patch, live)) identical(byRfc6902(live, patch), after, "rfc6902 agrees");
  if (changes.length === 0 && patch.length > 0) fail("no change, no operation", patch);
  isMinimal(patch, triple);

  // What read and preview show.
  const seen = project(desired, after, rule);
  identical(known(seen, rule), known(desired, rule), "once applied, the projection spells live as the program does");
  const projected = project(applied, live, rule);
  const shown = isPlain(projected) ? projected : {};
  const stranger = unmanagedKey(shown, applied, live, rule, []);
  if (stranger) fail("the projection shows an unmanaged key", stranger);
  previewNames(triple, shown);
  const refreshed = patched(live, toPatch(compare(desired, shown, live, rule), live));
  identical(refreshed, expected(desired, shown, live, rule), "the same with what was read as what was applied");

  if (Object.getOwnPropertyNames(Object.prototype).length !== PROTOTYPE) fail("the prototype was polluted", null);
  return patch;
}

const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype).length;

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

function byRfc6902(live: Json, patch: Patch): Json {
  const document = copy(live);
  const errors = applyPatch(document, patch);
  const error = errors.find((found) => found !== null);
  if (error) fail("rfc6902 refuses the patch", error.message);
  return document;
}

/** That package leaves out keys which could reach a prototype, wherever they stand. */
function usesKeysThatRfc6902Refuses(patch: Patch, live: Json): boolean {
  const banned = ["__proto__", "constructor", "prototype", "hasOwnProperty"];
  return banned.some((key) => JSON.stringify([patch, live]).includes(key));
}

/** Each operation is needed: without it the object is not as declared. */
function isMinimal(patch: Patch, { rule, desired, applied, live }: Triple): void {
  const isOne = patch.filter(({ op }) => op !== "test").length === 1;
  patch.forEach((operation, i) => {
    if (operation.op === "test" || isOne) return;
    const without = patched(live, [...patch.slice(0, i), ...patch.slice(i + 1)]);
    if (compare(desired, applied, without, rule).length === 0) fail("an operation is not needed", operation);
  });
  const paths = patch.filter(({ op, path }) => op !== "test" && !path.endsWith("/-")).map(({ path }) => path);
  if (new Set(paths).size !== paths.length) fail("a path is written twice", paths);
  for (const { path } of patch) tokensOf(path);
}

/** The first path that nobody declared and that is not what it was; found by walking the live object. */
export function unmanagedDifference(
  before: Maybe,
  after: Maybe,
  desired: Maybe,
  applied: Maybe,
  rule: Rule,
  path: string[],
): string[] | undefined {
  if ((rule.is !== "object" && rule.is !== "free") || !isPlain(before)) return undefined;
  if ([desired, applied].some((side) => isPlain(side) && isReplaced(rule, side, before))) return undefined;
  for (const [key, value] of Object.entries(before)) {
    const field = fieldOf(rule, key);
    const sides = [get(desired, key), get(applied, key)];
    const here = [...path, key];
    if (!field || sides.every((side) => side === undefined || side === null)) {
      if (!isDeepStrictEqual(value, get(after, key))) return here;
    } else if (sides.every((side) => side === undefined || side === null || isPlain(side))) {
      // Below a path that is declared as an object, others may have keys of their own.
      if (!isPlain(value)) continue;
      const found = unmanagedDifference(value, get(after, key), sides[0], sides[1], field, here);
      if (found) return found;
    }
  }
  return undefined;
}

/** The first key that the projection shows although it was not applied. */
function unmanagedKey(shown: Maybe, applied: Maybe, live: Maybe, rule: Rule, path: string[]): string[] | undefined {
  if ((rule.is !== "object" && rule.is !== "free") || !isPlain(shown) || !isPlain(applied) || !isPlain(live))
    return undefined;
  if (isAnotherVariant(rule, applied, live)) return undefined;
  for (const [key, value] of Object.entries(shown)) {
    const field = fieldOf(rule, key);
    if (!field || get(applied, key) === undefined) return [...path, key];
    const found = unmanagedKey(value, get(applied, key), get(live, key), field, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

/** Another variant is shown whole. */
function isAnotherVariant({ variant }: ObjectRule | FreeRule, applied: JsonObject, live: JsonObject): boolean {
  const theirs = variant === undefined ? undefined : said(live, variant);
  if (variant === undefined || theirs === undefined) return false;
  const ours = said(applied, variant);
  return Object.keys(applied).length === 0 || (ours !== undefined && ours !== theirs);
}

/** What says of itself what it is goes or is set as a whole. */
const isReplaced = (rule: ObjectRule | FreeRule, side: JsonObject, live: JsonObject): boolean =>
  isAnotherVariant(rule, side, live) || (rule.variant !== undefined && said(side, rule.variant) !== undefined);

/** The declared values without keys that do not exist for us: those no projection can know. */
function known(value: Maybe, rule: Rule): Maybe {
  if (rule.is === "keyed" || rule.is === "list")
    return Array.isArray(value) ? value.map((member) => known(member, rule.of) ?? null) : value;
  if ((rule.is !== "object" && rule.is !== "free") || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.keys(value).flatMap((key): [string, Json][] => {
      const field = fieldOf(rule, key);
      const member = field && (rule.is === "free" ? get(value, key) : known(get(value, key), field));
      return member === undefined ? [] : [[key, member]];
    }),
  );
}

/**
 * Preview knows live only as projected. What drifted it names exactly as the update finds it; of a changed program it
 * misses nothing, and names more only where the tenant happens to have already what is newly declared, or has lost
 * what is no longer declared.
 */
function previewNames({ rule, desired, applied, live }: Triple, shown: JsonObject): void {
  const drift = names(compare(applied, applied, live, rule), rule);
  identical(names(compare(applied, shown, shown, rule), rule), drift, "preview names what drifted");
  const real = names(compare(desired, applied, live, rule), rule);
  const previewed = names(planned(desired, shown, rule), rule);
  const missed = real.filter((path) => !previewed.some((other) => covers(other, path) || covers(path, other)));
  if (missed.length > 0) fail("preview misses a change", { missed, previewed });
}

/** The paths of changes; an object that is removed whole stands for its members, less those that are not ours. */
function names(changes: readonly Change[], rule: Rule): string[] {
  const leaves = (value: Json, path: Path): Path[] => {
    const here = ruleAt(rule, path);
    // A default is as good as nothing, also where it goes with what it stands in.
    if (here === undefined || (here.is === "value" && value === here.absent)) return [];
    // What says of itself what it is goes as one.
    const isOne = (here.is !== "object" && here.is !== "free") || here.variant !== undefined;
    return isOne || !isPlain(value) || Object.keys(value).length === 0
      ? [path]
      : Object.entries(value).flatMap(([key, member]) => (isNothing(member) ? [] : leaves(member, [...path, key])));
  };
  return changes
    .flatMap((change) => (change.kind === "removed" ? leaves(change.from, change.path) : [change.path]))
    .map((path) => JSON.stringify(path))
    .sort();
}

function ruleAt(rule: Rule, [step, ...rest]: Path): Rule | undefined {
  if (step === undefined) return rule;
  if (typeof step !== "string") return rule.is === "keyed" && rest.length > 0 ? ruleAt(rule.of, rest) : { is: "value" };
  const field = rule.is === "free" || rule.is === "object" ? fieldOf(rule, step) : undefined;
  return field && ruleAt(field, rest);
}

const covers = (outer: string, inner: string): boolean => inner.startsWith(outer.slice(0, -1));

const isPlain = (value: Maybe): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
