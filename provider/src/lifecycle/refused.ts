import type { SailPointError } from "../api/errors";
import type { Kind } from "../kinds/kind";
import {
  type Change,
  type IsSecret,
  type JsonObject,
  type Patch,
  compare,
  masked,
  patched,
  sameInAnyOrder,
  toPatch,
  unguarded,
} from "../reconcile";
import type { Session } from "../tenant/session";

/** Whether a refusal can be due to live having moved since we read it. Any other refusal is thrown again. */
export async function moved(
  session: Session,
  kind: Kind,
  id: string,
  live: JsonObject,
  error: SailPointError,
): Promise<boolean> {
  if (error.kind !== "conflict" && error.kind !== "rejected") throw error;
  const now = await kind.api.get(session, id, true, live);
  if (now === undefined) return true;
  const isAs = (left: JsonObject, right: JsonObject) => alike(kind, kind.view(left, {}, id), kind.view(right, {}, id));
  if (isAs(now, live)) return false;
  if (!kind.secrets || !isAs(withoutSecrets(kind.secrets, now), withoutSecrets(kind.secrets, live))) return true;
  // Only cipher text differs: a secret was changed, unless the tenant gives other cipher text at every read.
  const again = await kind.api.get(session, id, true, now);
  return again === undefined || isAs(again, now);
}

/** Members of a set, or told by a key, may come in another order at every read; that nobody moved. */
const alike = (kind: Kind, left: JsonObject, right: JsonObject): boolean =>
  sameInAnyOrder(left, right) && compare(left, {}, right, kind.rules).length === 0;

const withoutSecrets = (secrets: (live: JsonObject) => IsSecret, live: JsonObject): JsonObject =>
  masked(live, secrets(live)) as JsonObject;

/**
 * Refused although nothing moved. A patch that relies on list positions can fail where the tenant stores members in
 * another order than it returns them: then the whole object is written, or the patch without its guards.
 */
export async function insist(
  session: Session,
  kind: Kind,
  id: string,
  live: JsonObject,
  changes: readonly Change[],
  error: SailPointError,
): Promise<JsonObject> {
  const patch = toPatch(changes, live);
  if (!patch.some(({ op }) => op === "test")) throw error;
  try {
    if (kind.api.put) return await kind.api.put(session, id, patched(live, patch));
    if (kind.api.patch && !reliesOnPositions(patch)) return await kind.api.patch(session, id, live, unguarded(patch));
    throw error;
  } finally {
    session.reads.forget(kind.sourceOf(id));
  }
}

/** Guards of members protect positions and cannot be left out; guards of whole lists only protect against others. */
const reliesOnPositions = (patch: Patch): boolean =>
  patch.some(({ op, path }) => op === "test" && !patch.some((other) => other.op !== "test" && other.path === path));
