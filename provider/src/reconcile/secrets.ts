import { createHash } from "node:crypto";
import { escapePathComponent, unescapePathComponent } from "fast-json-patch";
import { type Step, pathText } from "./change";
import { places } from "./correspondence";
import { type Json, type JsonObject, type Maybe, isBlank, isObject, own, put } from "./json";
import { SECRET_CHANGED } from "./marker";
import { type Rule, FREE, membersRule, merges, ruleOf, settle } from "./rules";

/** A fingerprint's place is taken by this where the tenant returns other cipher text at every read. */
export const UNSTABLE = "unstable";
/** … and by this where the tenant keeps the secret in plain text, as it does with headers: then another is another. */
export const PLAIN = "plain";

/** Fingerprints of the cipher text that the tenant returned, by JSON Pointer. */
export type Fingerprints = Record<string, string>;

/** Whether the value at a path is a secret: by its key, or by what the tenant returns there. */
export type IsSecret = (key: string, live: Maybe, applied: Maybe) => boolean;

/** 66 bits: whether a cipher text is the one we know, not which one it is. */
const fingerprint = (cipherText: string): string =>
  createHash("sha256").update(cipherText).digest("base64url").slice(0, FINGERPRINT_LENGTH);
const FINGERPRINT_LENGTH = 11;
/** Earlier ones were longer. */
const isOf = (recorded: string, cipherText: string): boolean =>
  recorded.slice(0, FINGERPRINT_LENGTH) === fingerprint(cipherText);

interface Leaf {
  /** JSON Pointers: in what was applied, and in live, where the members of a list may stand elsewhere. */
  path: string;
  there: string;
  applied: Json;
  live: string;
}

/** The secrets among the managed paths which the tenant does not return as they were given. */
const secretLeaves = (applied: Maybe, live: Maybe, isSecret: IsSecret, rule: Rule): Leaf[] =>
  allSecrets(applied, live, isSecret, rule).filter((leaf) => leaf.live !== leaf.applied);

const allSecrets = (applied: Maybe, live: Maybe, isSecret: IsSecret, rule: Rule): Leaf[] =>
  leavesOf({ applied, live, path: "", there: "", key: "" }, rule, isSecret).flatMap(({ key, ...leaf }): Leaf[] => {
    const { path, there } = leaf;
    if (leaf.applied === undefined || isBlank(leaf.applied)) return [];
    if (typeof leaf.live !== "string" || leaf.live === "") return [];
    return isSecret(key, leaf.live, leaf.applied) ? [{ path, there, applied: leaf.applied, live: leaf.live }] : [];
  });

interface Place {
  path: string;
  there: string;
  applied: Maybe;
  live: Maybe;
  /** The innermost key on the way. */
  key: string;
}

/** The scalars of what was applied, and what corresponds to them: members of lists as `compare` sees them. */
function leavesOf(place: Place, unsettled: Rule, isSecret: IsSecret): Place[] {
  const { applied, live, path, there, key } = place;
  const rule = settle(unsettled, applied, undefined);
  if (Array.isArray(applied)) {
    if (!Array.isArray(live)) return [];
    const [mine, tenants] = [applied, live].map((list) => list.map((member) => likened(member, isSecret, key)));
    return places(rule, mine ?? [], tenants ?? []).flatMap((j, i) => {
      if (j === undefined) return [];
      const [ours, theirs] = [`${path}/${String(i)}`, `${there}/${String(j)}`];
      return leavesOf(
        { applied: applied[i], live: live[j], path: ours, there: theirs, key },
        membersRule(rule),
        isSecret,
      );
    });
  }
  if (!isObject(applied)) return [place];
  return Object.entries(applied).flatMap(([name, value]) => {
    const step = `/${escapePathComponent(name)}`;
    const inner = { applied: value, live: own(live, name), path: path + step, there: there + step, key: name };
    const field = merges(rule) ? ruleOf(rule, name) : undefined;
    return leavesOf(inner, field ?? FREE, isSecret);
  });
}

/** A value for telling which member is which: that there is a secret says something, its text does not. */
function likened(value: Json, isSecret: IsSecret, key: string): Json {
  if (Array.isArray(value)) return value.map((member) => likened(member, isSecret, key));
  if (!isObject(value)) {
    if (isBlank(value)) return value;
    if (isSecret(key, undefined, undefined)) return "*";
    return isSecret(key, value, undefined) ? null : value;
  }
  const copy: JsonObject = {};
  for (const [name, member] of Object.entries(value)) put(copy, name, likened(member, isSecret, name));
  return copy;
}

/**
 * Fingerprints of what the tenant returned for the secrets we applied. `known` are those of `before`, which was applied
 * before: a member of a list may have stood elsewhere there.
 */
export function fingerprints(
  applied: Maybe,
  live: Maybe,
  isSecret: IsSecret,
  known: Fingerprints = {},
  rule: Rule = FREE,
  before: Maybe = applied,
): Fingerprints {
  const earlier = new Map(
    leavesOf({ applied, live: before, path: "", there: "", key: "" }, rule, isSecret).map(({ path, there }) => [
      path,
      there,
    ]),
  );
  return Object.fromEntries(
    allSecrets(applied, live, isSecret, rule).map((leaf) => {
      if (leaf.live === leaf.applied) return [leaf.path, PLAIN];
      return [leaf.path, known[earlier.get(leaf.path) ?? ""] === UNSTABLE ? UNSTABLE : fingerprint(leaf.live)];
    }),
  );
}

/** Those of cipher text: what is kept in plain text tells something only to whom the secret is at hand. */
export const ofCipherText = (all: Fingerprints): Fingerprints =>
  Object.fromEntries(Object.entries(all).filter(([, text]) => text !== PLAIN));

/** How many of them tell whether the secret is still the one that was set. */
export const telling = (all: Fingerprints): number =>
  Object.values(all).filter((text) => text !== PLAIN && text !== UNSTABLE).length;

/** The secrets whose cipher text is not the one we know. */
export function changedSecrets(
  applied: Maybe,
  live: Maybe,
  isSecret: IsSecret,
  known: Fingerprints,
  rule: Rule = FREE,
): string[] {
  return secretLeaves(applied, live, isSecret, rule)
    .filter((leaf) => isChanged(leaf, known))
    .map(({ path }) => path);
}

function isChanged({ path, live }: Leaf, known: Fingerprints): boolean {
  const recorded = known[path];
  return recorded !== undefined && recorded !== UNSTABLE && !isOf(recorded, live);
}

/** Where a secret stands in a value, for people. Without the value, a number is taken for a position in a list. */
export function secretText(pointer: string, value?: Maybe): string {
  let inner = value;
  const path = pointer
    .split("/")
    .slice(1)
    .map((token): Step => {
      const key = unescapePathComponent(token);
      const isIndex = /^\d+$/.test(key) && (inner === undefined || Array.isArray(inner));
      inner = Array.isArray(inner) ? inner[Number(key)] : own(inner, key);
      return isIndex ? Number(key) : key;
    });
  return pathText(path);
}

/** What stands at a JSON Pointer, such as those of {@link changedSecrets}. */
export const valueAt = (value: Maybe, pointer: string): Maybe =>
  pointer
    .split("/")
    .slice(1)
    .map(unescapePathComponent)
    .reduce<Maybe>((inner, key) => (Array.isArray(inner) ? inner[Number(key)] : own(inner, key)), value);

/** A live value with its secrets blanked out, for comparing all but them. */
export function masked(value: Json, isSecret: IsSecret, key = ""): Json {
  if (typeof value === "string") return isSecret(key, value, undefined) ? "" : value;
  if (Array.isArray(value)) return value.map((member) => masked(member, isSecret, key));
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [name, member] of Object.entries(value)) put(copy, name, masked(member, isSecret, name));
  return copy;
}

/**
 * Live with its cipher text made comparable: where it is the one that our secret became, our secret; where it is
 * another, a text that says so. Paths that we do not manage keep their cipher text.
 */
export function reveal(applied: Maybe, live: Maybe, isSecret: IsSecret, known: Fingerprints, rule: Rule = FREE): Maybe {
  const values = new Map(
    secretLeaves(applied, live, isSecret, rule).map((leaf): [string, Json] => [
      leaf.there,
      isChanged(leaf, known) ? SECRET_CHANGED : leaf.applied,
    ]),
  );
  return values.size === 0 ? live : replaceAt(live, values, "");
}

function replaceAt(value: Maybe, values: ReadonlyMap<string, Json>, path: string): Maybe {
  const replacement = values.get(path);
  if (replacement !== undefined) return replacement;
  if (Array.isArray(value)) return value.map((member, i) => replaceAt(member, values, `${path}/${String(i)}`) ?? null);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    put(copy, key, replaceAt(member, values, `${path}/${escapePathComponent(key)}`) ?? null);
  }
  return copy;
}
