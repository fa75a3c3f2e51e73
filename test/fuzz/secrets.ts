import fc, { type Arbitrary } from "fast-check";
import {
  type IsSecret,
  type Json,
  type JsonObject,
  type Maybe,
  type ObjectRule,
  type Patch,
  FREE,
  SECRET_CHANGED,
  changedSecrets,
  compare,
  fingerprints,
  project,
  put,
  reveal,
  toPatch,
  unmarkedChanges,
} from "../../provider/src/reconcile";
import { applyStrictly } from "./json-patch";
import { fail, identical, nothing } from "./judge";
import { expected } from "./model";

/** What is declared, what was applied, what else the tenant holds, and what somebody did there since. */
export interface SecretsCase {
  desired: JsonObject;
  applied: JsonObject;
  others: JsonObject;
  /** Which of the secrets is changed on the tenant, if any; or all is as `others` put it. */
  since: number | "others";
}

const rule: ObjectRule = { is: "object", fields: { attributes: FREE } };
const SECRETS = ["password", "pass/w~rd", "key.pass"];
const isSecret: IsSecret = (key) => SECRETS.includes(key);

const plain = fc.constantFrom<Json>("p1", "p2", "p3", "");
const open = fc.constantFrom<Json>(null, "a", "b", 1, true);
const attributes = (depth: number): Arbitrary<Json> =>
  fc
    .array(
      fc.oneof(
        fc.tuple(
          fc.constantFrom(...SECRETS),
          fc.oneof({ weight: 8, arbitrary: plain }, fc.array(plain, { maxLength: 2 })),
        ),
        fc.tuple(fc.constantFrom("a", "b.c", "list/x"), depth === 0 ? open : nested(depth - 1)),
      ),
      { maxLength: 4 },
    )
    .chain((entries) =>
      fc.option(fc.constantFrom("n1", "n2", "n3"), { nil: undefined, freq: 2 }).map((name) => ({ entries, name })),
    )
    .map(({ entries, name }) => {
      // Some members have names, so that they correspond wherever they stand.
      const object: JsonObject = name === undefined ? {} : { name };
      for (const [key, value] of entries) put(object, key, value);
      return object;
    });
const nested = (depth: number): Arbitrary<Json> =>
  fc.oneof(open, attributes(depth), fc.array(attributes(depth), { maxLength: 3 }));

const whole = attributes(2).map((value): JsonObject => ({ attributes: value }));
export const secretsCases: Arbitrary<SecretsCase> = fc
  .tuple(
    whole,
    whole,
    whole,
    fc.boolean(),
    fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, fc.constant("others" as const)),
  )
  .map(([desired, applied, others, isSame, since]) => ({
    desired,
    applied: isSame ? desired : applied,
    others,
    since,
  }));

/** The same tenant that the model sees in plain text answers with cipher text; nothing else may be different. */
export function checkSecrets({ desired, applied, others, since }: SecretsCase): Patch {
  // As it was right after we wrote.
  const written = laid(others, applied);
  const known = fingerprints(applied, encrypted(written), isSecret);
  nothing(changedSecrets(applied, encrypted(written), isSecret, known), "no secret was changed");
  const unchanged = reveal(applied, encrypted(written), isSecret, known);
  nothing(compare(applied, applied, unchanged, rule), "what is applied and unchanged is no drift");

  // Since then somebody was there.
  const paths = Object.keys(known);
  const path = since === "others" ? undefined : paths[since % (paths.length + 1)];
  const now = since === "others" ? others : path === undefined ? written : changedAt(written, path, "");
  const live = encrypted(now);
  const view = reveal(applied, live, isSecret, known);
  if (since !== "others") {
    const changed = changedSecrets(applied, live, isSecret, known);
    identical(changed, path === undefined ? [] : [path], "the changed secret is known");
    const isShown = JSON.stringify(project(applied, view, rule)).includes(SECRET_CHANGED);
    identical(isShown, path !== undefined, "a changed secret, and only that, is shown as changed");
  }

  // The update: computed with secrets made comparable, sent to the tenant that has cipher text.
  const { value: changes, missing } = unmarkedChanges(compare(desired, applied, view, rule), live, rule);
  nothing(missing, "the mark of a change always has cipher text to stand for");
  const patch = toPatch(changes, live);
  if (JSON.stringify(patch).includes(SECRET_CHANGED)) fail("the mark of a change is never written", patch);
  const after = decrypted(applyStrictly(live, patch));
  if (!JSON.stringify([desired, applied, now]).includes("[")) {
    identical(after, expected(desired, applied, now, rule), "the tenant has what a merge in plain text gives");
  }
  // In lists, cipher text that is not ours cannot tell which member is which, as plain text could.
  const told = expected(desired, applied, view, rule);
  if (!JSON.stringify(told).includes(SECRET_CHANGED)) {
    identical(after, decrypted(told), "the tenant has what a merge with our secrets in plain text gives");
  }
  return patch;
}

const encrypted = (value: Json): Json =>
  transformed(value, (text, key) => (isSecret(key, text, text) ? cipher(text) : text));
const decrypted = (value: Json): Json =>
  transformed(value, (text) => (text.startsWith("1:") ? Buffer.from(text.slice(2), "base64").toString() : text));
const cipher = (text: string): string => (text === "" ? "" : `1:${Buffer.from(text).toString("base64")}`);

function transformed(value: Json, change: (text: string, key: string) => string, key = ""): Json {
  if (typeof value === "string") return change(value, key);
  if (Array.isArray(value)) return value.map((member) => transformed(member, change, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, transformed(member, change, name)]));
}

function changedAt<T extends Json>(value: T, pointer: string, here: string): T;
function changedAt(value: Json, pointer: string, here: string): Json {
  if (here === pointer) return `changed ${String(value)}`;
  if (Array.isArray(value)) return value.map((member, i) => changedAt(member, pointer, `${here}/${String(i)}`));
  if (typeof value !== "object" || value === null) return value;
  const step = (name: string) => `${here}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, changedAt(member, pointer, step(name))]),
  );
}

/** One value laid over another, lists member by member. */
function laid<T extends Json>(below: Maybe, above: T): T {
  if (Array.isArray(above) && Array.isArray(below)) return above.map((member, i) => laid(below[i], member)) as T;
  if (typeof above !== "object" || above === null || Array.isArray(above)) return above;
  if (typeof below !== "object" || below === null || Array.isArray(below)) return above;
  const result: JsonObject = { ...below };
  for (const [name, value] of Object.entries(above)) result[name] = laid(below[name], value);
  return result as T;
}
