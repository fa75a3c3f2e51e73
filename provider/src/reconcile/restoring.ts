import type { Change } from "./change";
import { type JsonObject, type Maybe, isObject, own, put } from "./json";
import { at } from "./patch";
import { project } from "./project";
import type { Rule } from "./rules";

/**
 * The managed part of live, for putting it back one day: as `project` has it, but list members that nothing declared
 * corresponds to stay whole, with what we know nothing of.
 */
export const managed = (applied: JsonObject, live: JsonObject, rule: Rule): JsonObject =>
  withNulls(project(applied, live, rule, live, (member) => member) as JsonObject, applied, live);

/** Null means what absence means, and is given back as null all the same. */
function withNulls(kept: JsonObject, applied: JsonObject, live: Maybe): JsonObject {
  const whole = { ...kept };
  for (const [key, value] of Object.entries(applied)) {
    const [before, there] = [own(live, key), own(kept, key)];
    if (before === null && there === undefined) put(whole, key, null);
    if (isObject(value) && isObject(there)) put(whole, key, withNulls(there, value, before));
  }
  return whole;
}

/**
 * Changes towards a content that was there before: members that come back into a list bring along the keys that we know
 * nothing of, which a declared member never has. What was null becomes null where the object is written as a whole; in a
 * JSON Patch, nobody knows what null does.
 */
export const restoring = (changes: readonly Change[], former: Maybe, isWhole: boolean): Change[] =>
  changes.map((change) => {
    if (change.kind === "removed") {
      const { path, from } = change;
      return isWhole && at(former, path) === null ? { kind: "modified", path, from, to: null } : change;
    }
    if (!Array.isArray(change.to)) return change;
    const before = at(former, change.path);
    if (!Array.isArray(before)) return change;
    const to = change.to.map((member, i) => {
      const whole = before[i];
      return isObject(member) && isObject(whole) ? { ...whole, ...member } : member;
    });
    return { ...change, to };
  });
