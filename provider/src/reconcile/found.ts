import { membersOf } from "./comma-set";
import { counterparts, namesIn, positions } from "./correspondence";
import { type Found, WHOLE, isFound, memberStep } from "./found-tree";
import { type Json, type JsonObject, type Maybe, isObject, own, put, same } from "./json";
import { type ListRule, type Rule, counterpart, merges, ownEqual, ruleOf, settle } from "./rules";

interface Sides {
  desired: Maybe;
  applied: Maybe;
  before: Maybe;
  earlier: Maybe;
}

/**
 * What of the declared paths was on the tenant before the program declared it, and is not the program's to remove.
 * `before` is live as it was before this update; `earlier` is what this function said at the last one. A path that
 * somebody else removed since is the program's from now on: the program puts it back. For `compare`, and for the state.
 */
export function found(desired: Maybe, applied: Maybe, before: Maybe, rule: Rule, earlier: Found = {}): Found {
  const tree = walk({ desired, applied, before, earlier }, rule);
  return isObject(tree) ? tree : {};
}

function walk(sides: Sides, unsettled: Rule): Maybe {
  const { desired, applied, before } = sides;
  if (desired === null) return undefined;
  const rule = settle(unsettled, desired, undefined);
  if (!ownEqual(rule)) {
    if (merges(rule) && isObject(desired)) {
      return tree(Object.entries(desired), ([key, value]) => {
        const field = ruleOf(rule, key);
        const of = inner(sides, value, (side) => own(side, key));
        return [key, field && walk(of, field)];
      });
    }
    if (rule.is === "keyed" && Array.isArray(desired)) {
      return tree(desired, (member) => {
        const step = memberStep(own(member, rule.by) ?? null);
        const { earlier } = sides;
        const of = { ...inner(sides, member, (side) => counterpart(rule, side, member)), earlier: own(earlier, step) };
        return [step, walk(of, rule.of)];
      });
    }
    if (rule.is === "set" && Array.isArray(desired)) return inSet(sides, desired, asList);
    if (rule.is === "commaSet") return inSet(sides, membersOf(desired), membersOf);
    if (rule.is === "list" && Array.isArray(desired)) return inList(sides, desired, rule);
  }
  const wasThere = !same(before, undefined) && !(rule.is === "value" && same(before, rule.absent));
  return wasThere && isOthers(applied, sides.earlier) ? true : undefined;
}

/** A path that was not declared before, or that was found when it was. */
const isOthers = (applied: Maybe, earlier: Maybe): boolean =>
  applied === undefined || applied === null || isFound(earlier);

const inner = ({ applied, before, earlier }: Sides, desired: Json, pick: (side: Maybe) => Maybe): Sides => ({
  desired,
  applied: pick(applied),
  before: pick(before),
  earlier: pick(earlier),
});

function inSet({ applied, before, earlier }: Sides, desired: readonly Json[], list: (side: Maybe) => Json[]): Maybe {
  const has = (side: Maybe, member: Json) => list(side).some((candidate) => same(candidate, member));
  return tree(desired, (member) => {
    const step = memberStep(member);
    const isOurs = has(applied, member) && !isFound(own(earlier, step));
    return [step, isOurs || !has(before, member) ? undefined : true];
  });
}

function inList(sides: Sides, desired: Json[], rule: ListRule): Maybe {
  const wasThere = !same(sides.before, undefined) && isOthers(sides.applied, own(sides.earlier, WHOLE));
  const marks: [string, Maybe][] = wasThere ? [[WHOLE, true]] : [];
  return tree([...inMembers(sides, desired, rule), ...marks], (branch) => branch);
}

/** Of members without names nothing can be remembered. */
function inMembers({ applied, before, earlier }: Sides, desired: Json[], rule: ListRule): [string, Maybe][] {
  const names = namesIn(rule, desired);
  if (!names) return [];
  const ours = asList(applied);
  const [mine, there] = [positions(rule, desired, ours), counterparts(rule, desired, asList(before))];
  const earlierNames = namesIn(rule, ours);
  return desired.map((member, i) => {
    const k = mine[i] ?? -1;
    const sides = { desired: member, applied: ours[k], before: there[i] };
    return [names[i] ?? "", walk({ ...sides, earlier: own(earlier, earlierNames?.[k] ?? "") }, rule.of)];
  });
}

/** Nothing where nothing in it was found. */
function tree<T>(
  items: readonly T[],
  branch: (item: T) => readonly [step: string, found: Maybe],
): JsonObject | undefined {
  const result: JsonObject = {};
  for (const item of items) {
    const [step, value] = branch(item);
    if (value !== undefined) put(result, step, value);
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

const asList = (value: Maybe): Json[] => (Array.isArray(value) ? value : []);
