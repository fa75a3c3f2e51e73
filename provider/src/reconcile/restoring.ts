import type { Change } from "./change";
import { type JsonObject, type Maybe, isObject } from "./json";
import { at } from "./patch";
import { project } from "./project";
import type { Rule } from "./rules";

/**
 * The managed part of live, for putting it back one day: as `project` has it, but list members that nothing declared
 * corresponds to stay whole, with what we know nothing of.
 */
export const managed = (applied: JsonObject, live: JsonObject, rule: Rule): JsonObject =>
  project(applied, live, rule, live, (member) => member) as JsonObject;

/**
 * Changes towards a content that was there before: members that come back into a list bring along the keys that we know
 * nothing of, which a declared member never has.
 */
export const restoring = (changes: readonly Change[], former: Maybe): Change[] =>
  changes.map((change) => {
    if (change.kind === "removed" || !Array.isArray(change.to)) return change;
    const before = at(former, change.path);
    if (!Array.isArray(before)) return change;
    const to = change.to.map((member, i) => {
      const whole = before[i];
      return isObject(member) && isObject(whole) ? { ...whole, ...member } : member;
    });
    return { ...change, to };
  });
