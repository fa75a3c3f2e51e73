import type { Change, Path } from "./change";
import { compare } from "./compare";
import { type Json, type Maybe, isBlank, same } from "./json";
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
  return changes.flatMap((change): Untaken[] => {
    const { path } = change;
    const field = ruleAt(rule, path) ?? FREE;
    const answered = at(answer, path);
    if (change.kind === "removed") {
      const isGone = same(answered, undefined) || (field.is === "value" && same(answered, field.absent));
      return isGone ? [] : [{ path, sent: undefined, answered }];
    }
    const seen = shown(change.to, answered, field, isSecret, path);
    // What was there before and is not in what was sent is to be gone.
    const before = change.kind === "modified" ? change.from : undefined;
    const left = compare(change.to, before, seen, field, answer, { settled: true });
    if (isBlank(seen) && left.length > 0) return [{ path, sent: change.to, answered }];
    return left.map((inner) => ({
      path: [...path, ...inner.path],
      sent: inner.kind === "removed" ? undefined : inner.to,
      answered: inner.kind === "added" ? undefined : inner.from,
    }));
  });
}

/** The answer with our secrets where their cipher text stands. */
function shown(sent: Json, answered: Maybe, rule: Rule, isSecret: IsSecret, path: Path): Maybe {
  const key = path.findLast((step) => typeof step === "string") ?? "";
  const wrapped: Rule = { is: "object", fields: { [key]: rule } };
  const revealed = reveal({ [key]: sent }, { [key]: answered ?? null }, isSecret, {}, wrapped);
  return at(revealed, [key]) ?? answered;
}
