import { createHash } from "node:crypto";
import { escapePathComponent, unescapePathComponent } from "fast-json-patch";
import { pathText } from "./change";
import { type Json, type JsonObject, type Maybe, isBlank, isObject, own, put } from "./json";

/** What stands in a diff where a secret was changed on the tenant without us. */
export const SECRET_CHANGED = "[secret changed on the tenant]";
/** A fingerprint's place is taken by this where the tenant returns other cipher text at every read. */
export const UNSTABLE = "unstable";

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
  path: string;
  applied: Json;
  live: string;
}

/** The secrets among the managed paths which the tenant returns as cipher text. */
function secretLeaves(applied: Maybe, live: Maybe, isSecret: IsSecret, path = "", key = ""): Leaf[] {
  if (Array.isArray(applied)) {
    // Members correspond by position, and only while no member came or went: the rule by which lists are compared.
    return !Array.isArray(live) || live.length !== applied.length
      ? []
      : applied.flatMap((member, i) => secretLeaves(member, live[i], isSecret, `${path}/${String(i)}`, key));
  }
  if (isObject(applied)) {
    return Object.entries(applied).flatMap(([name, value]) =>
      secretLeaves(value, own(live, name), isSecret, `${path}/${escapePathComponent(name)}`, name),
    );
  }
  if (applied === undefined || isBlank(applied) || typeof live !== "string" || live === "" || live === applied)
    return [];
  return isSecret(key, live, applied) ? [{ path, applied, live }] : [];
}

/** Fingerprints of what the tenant returned for the secrets we applied. */
export function fingerprints(applied: Maybe, live: Maybe, isSecret: IsSecret, known: Fingerprints = {}): Fingerprints {
  return Object.fromEntries(
    secretLeaves(applied, live, isSecret).map(({ path, live: cipherText }) => [
      path,
      known[path] === UNSTABLE ? UNSTABLE : fingerprint(cipherText),
    ]),
  );
}

/** The secrets whose cipher text is not the one we know. */
export function changedSecrets(applied: Maybe, live: Maybe, isSecret: IsSecret, known: Fingerprints): string[] {
  return secretLeaves(applied, live, isSecret)
    .filter((leaf) => {
      const recorded = known[leaf.path];
      return recorded !== undefined && recorded !== UNSTABLE && !isOf(recorded, leaf.live);
    })
    .map(({ path }) => path);
}

/** Where a secret stands, for people. */
export const secretText = (pointer: string): string => pathText(pointer.split("/").slice(1).map(unescapePathComponent));

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
export function reveal(applied: Maybe, live: Maybe, isSecret: IsSecret, known: Fingerprints): Maybe {
  const changed = new Set(changedSecrets(applied, live, isSecret, known));
  const values = new Map(
    secretLeaves(applied, live, isSecret).map((leaf): [string, Json] => [
      leaf.path,
      changed.has(leaf.path) ? SECRET_CHANGED : leaf.applied,
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
