import type { Change, Path } from "./change";
import { counterparts } from "./correspondence";
import { type Json, type Maybe, isBlank, isObject, own, same } from "./json";
import { at } from "./patch";
import { type Rule, FREE, counterpart, merges, ownEqual, ruleAt, ruleOf, settle } from "./rules";

/**
 * What others put on the tenant and these changes take away: keys that hung on a list member or an object that goes,
 * and members of others in a list whose membership is ours. For a preview, and for a warning.
 */
export function lost(changes: readonly Change[], applied: Maybe, rule: Rule): Path[] {
  return changes.flatMap(({ path, from, to }) =>
    inside({ from, to, applied: at(applied, path) }, ruleAt(rule, path) ?? FREE, path),
  );
}

interface Sides {
  from: Maybe;
  to: Maybe;
  applied: Maybe;
}

function inside({ from, to, applied }: Sides, unsettled: Rule, path: Path): Path[] {
  if (isBlank(from)) return [];
  const rule = settle(unsettled, from, undefined);
  if (rule.is === "value" && same(from, rule.absent)) return [];
  if (isBlank(to) && isBlank(applied)) return [path];
  if (ownEqual(rule)) return [];
  if (isObject(from) && merges(rule)) {
    return Object.entries(from).flatMap(([key, value]) =>
      inside({ from: value, to: own(to, key), applied: own(applied, key) }, ruleOf(rule, key) ?? FREE, [...path, key]),
    );
  }
  if (!Array.isArray(from) || (rule.is !== "list" && rule.is !== "keyed")) return [];
  const [stays, ours] = [asList(to), asList(applied)];
  if (rule.is === "keyed") {
    return from.flatMap((member) => {
      const sides = { from: member, to: counterpart(rule, stays, member), applied: counterpart(rule, ours, member) };
      return inside(sides, rule.of, [...path, { by: rule.by, key: own(member, rule.by) ?? null }]);
    });
  }
  const [there, before] = [counterparts(rule, from, stays), counterparts(rule, from, ours)];
  return from.flatMap((member, i) => inside({ from: member, to: there[i], applied: before[i] }, rule.of, [...path, i]));
}

const asList = (value: Maybe): Json[] => (Array.isArray(value) ? value : []);
