import type { Change, Path } from "./change";
import { compare } from "./compare";
import { type Json, type Maybe, isBlank, own, same } from "./json";
import { at } from "./patch";
import { type Rule, FREE, ruleAt } from "./rules";
import { type IsSecret, reveal } from "./secrets";

/** A change that was sent and that the tenant's answer does not show. */
export interface Untaken {
  path: Path;
  /** What was sent; nothing where the path was to go. */
  sent: Maybe;
  /** What the tenant has there all the same. */
  answered: Maybe;
}

const NO_SECRET: IsSecret = () => false;

/**
 * The changes that the tenant did not take: set, and there is still another value; removed, and it is still there. What
 * the rules call the same is taken, however the tenant spells it, and so is cipher text in the place of a secret.
 */
export function untaken(
  changes: readonly Change[],
  answer: Maybe,
  rule: Rule,
  isSecret: IsSecret = NO_SECRET,
): Untaken[] {
  return changes.flatMap(({ kind, path, from, to }): Untaken[] => {
    const field = ruleAt(rule, path) ?? FREE;
    const answered = at(answer, path);
    if (kind === "removed") {
      const isGone = same(answered, undefined) || (field.is === "value" && same(answered, field.absent));
      return isGone ? [] : [{ path, sent: undefined, answered }];
    }
    const seen = shown(to, answered, isSecret, path);
    // What was there before and is not in what was sent is to be gone.
    const left = compare(to, from, seen, field, answer, { settled: true });
    if (isBlank(seen) && left.length > 0) return [{ path, sent: to, answered }];
    return left.map((inner) => ({ path: [...path, ...inner.path], sent: inner.to, answered: inner.from }));
  });
}

/** The answer with our secrets where their cipher text stands. */
function shown(sent: Json, answered: Maybe, isSecret: IsSecret, path: Path): Maybe {
  const key = path.findLast((step) => typeof step === "string") ?? "";
  return own(reveal({ [key]: sent }, { [key]: answered ?? null }, isSecret, {}), key);
}
