import { isDeepStrictEqual } from "node:util";
import {
  type Json,
  type JsonObject,
  type Maybe,
  type Patch,
  type Rule,
  compare,
  put,
  toPatch,
} from "../../provider/src/reconcile";
import type { Triple } from "./arbitraries";
import { GuardFailed, applyStrictly, copy } from "./json-patch";
import { fail } from "./judge";
import { expected, fieldOf, get } from "./model";
import { unmanagedDifference } from "./properties";

/**
 * Somebody edits the live object between our read and our PATCH. Either a guard refuses the whole patch, or the result
 * is right for the object as it is now: no work of others is lost, and no member is taken for another.
 */
export function checkConcurrency({ rule, desired, applied, live }: Triple): Patch {
  const patch = toPatch(compare(desired, applied, live, rule), live);
  const moves = patch.length === 0 ? [] : movesOf(live, rule, live, []);
  for (const { what, path, moved } of moves) {
    const after = refusedOrDone(moved, patch);
    if (after === undefined) continue;
    if (what === "members") {
      const right = expected(desired, applied, moved, rule);
      if (!isDeepStrictEqual(after, right))
        fail("a member was taken for another", { path, moved, patch, after, right });
    }
    if (what === "list" && Array.isArray(at(after, path)) && !isDeepStrictEqual(at(after, path), at(moved, path))) {
      fail("a list was overwritten although it had moved", { path, moved, patch, after });
    }
    const lost = unmanagedDifference(moved, after, desired, applied, rule, []);
    if (lost) fail("work of others was lost", { lost, moved, patch, after });
  }
  return patch;
}

function refusedOrDone(moved: JsonObject, patch: Patch): JsonObject | undefined {
  try {
    return applyStrictly(moved, patch) as JsonObject;
  } catch (error) {
    if (error instanceof GuardFailed) return undefined;
    throw error;
  }
}

interface Move {
  what: "members" | "list" | "key";
  path: string[];
  moved: JsonObject;
}

/** What others may do anywhere below: bring members in, turn their order round, add a key of their own. */
function movesOf(value: Maybe, rule: Rule, root: JsonObject, path: string[]): Move[] {
  const move = (what: Move["what"], to: Json): Move => ({
    what,
    path,
    moved: replacedAt(root, path, to) as JsonObject,
  });
  if (Array.isArray(value)) {
    const isOrdered = rule.is === "list" || rule.is === "free";
    const stranger: Json = rule.is === "keyed" ? { [rule.by]: "stranger", kept: 1 } : "stranger";
    const what = isOrdered ? "list" : "members";
    if (rule.is !== "keyed" && rule.is !== "set" && !isOrdered) return [];
    const turned = value.toReversed();
    return [
      move(what, [stranger, ...value]),
      move(what, [...value, stranger]),
      ...(isDeepStrictEqual(turned, value) ? [] : [move(what, turned)]),
    ];
  }
  if ((rule.is !== "object" && rule.is !== "free") || typeof value !== "object" || value === null) return [];
  const withOthers = copy(value);
  put(withOthers, "others", "kept");
  return [
    move("key", withOthers),
    ...Object.keys(value).flatMap((key) => {
      const field = fieldOf(rule, key);
      return field ? movesOf(get(value, key), field, root, [...path, key]) : [];
    }),
  ];
}

function replacedAt(value: Maybe, [key, ...rest]: string[], to: Json): Json {
  if (key === undefined) return to;
  const replaced = copy(value as JsonObject);
  put(replaced, key, replacedAt(get(value, key), rest, to));
  return replaced;
}

const at = (value: Maybe, path: string[]): Maybe => path.reduce<Maybe>(get, value);
