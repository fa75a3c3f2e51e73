import { isDeepStrictEqual } from "node:util";
import type { Change, Path } from "./change";
import { compare } from "./compare";
import { counterparts } from "./correspondence";
import type { Found } from "./found-tree";
import { type Json, type Maybe, holdsNothing, isBlank, isObject, own } from "./json";
import { type Rule, counterpart, merges, ruleBeside, settle } from "./rules";

/**
 * What a preview can say, which knows of live only what the state has seen of the managed paths: what differs from
 * `applied`, and every path that was not declared before, since its live value is not known, even if it declares what
 * is blank or a default. Immutable fields are among them, for `replaces`. What was there before the program declared it
 * (`found`) is not taken away.
 */
export function planned(desired: Maybe, applied: Maybe, rule: Rule, found?: Found): Change[] {
  if (isDeepStrictEqual(desired, applied)) return []; // almost always so, and found much sooner
  const changes = compare(desired, applied, applied, rule, applied, { immutable: true, found });
  const seen = new Set(changes.map(({ path }) => JSON.stringify(path)));
  const isSeen = (path: Path) => path.some((_, i) => seen.has(JSON.stringify(path.slice(0, i + 1))));
  return [...changes, ...newlyDeclared(desired, applied, rule, []).filter(({ path }) => !isSeen(path))];
}

function newlyDeclared(desired: Maybe, applied: Maybe, unsettled: Rule, path: Path): Change[] {
  if (desired === undefined || desired === null) return [];
  // Of an object, too, the state has seen only the members that were declared, not what a list in its place would meet.
  const isUnseen = applied === undefined || applied === null || (isObject(applied) && !isObject(desired));
  if (isUnseen) return [{ kind: "added", path, to: desired }];
  const rule = settle(unsettled, desired, applied);
  if (rule.equal) return [];
  if (rule.is === "keyed" && Array.isArray(desired)) {
    return desired.flatMap((member) => {
      const before = counterpart(rule, applied, member);
      return newlyDeclared(member, before, rule.of, [...path, { by: rule.by, key: own(member, rule.by) ?? null }]);
    });
  }
  if (rule.is === "list" && Array.isArray(desired) && Array.isArray(applied)) {
    // An ordered list is written as a whole.
    const before = counterparts(rule, desired, applied);
    const isUnseen = desired.some((member, i) =>
      member === null ? isObject(before[i]) : newlyDeclared(member, before[i], rule.of, path).length > 0,
    );
    return isUnseen ? [{ kind: "modified", path, from: applied, to: desired }] : [];
  }
  if (!merges(rule) || !isObject(desired)) return [];
  // Declared as none, it goes, whatever others have made of it; blanks that were declared before look like none.
  const wasBlank = isObject(applied) && !isBlank(applied) && holdsNothing(applied);
  const isNow = rule.variant !== undefined && isBlank(desired) && wasBlank;
  if (isNow) return [{ kind: "modified", path, from: applied, to: desired }];
  return Object.entries(desired).flatMap(([key, value]: [string, Json]) => {
    const [field, before] = [desired, applied].map((side) => ruleBeside(rule, key, side));
    if (!field) return [];
    const at = [...path, key];
    // Of a list that becomes complete, the state has seen only the members that were declared.
    const becomes = field.is === "keyed" && field.complete === true && !(before?.is === "keyed" && before.complete);
    if (becomes) return [{ kind: "modified", path: at, from: own(applied, key) ?? null, to: value }];
    return newlyDeclared(value, own(applied, key), field, at);
  });
}
