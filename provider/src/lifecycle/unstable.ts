import type { Kind } from "../kinds/kind";
import { type Fingerprints, type JsonObject, UNSTABLE, changedSecrets, fingerprints } from "../reconcile";
import type { Session } from "../tenant/session";

/** Cipher text that is another at every read says nothing: two reads tell. */
export async function withUnstable(
  session: Session,
  kind: Kind,
  id: string,
  applied: JsonObject,
  live: JsonObject,
  known: Fingerprints,
): Promise<Fingerprints> {
  if (!kind.secrets) return known;
  const changed = changedSecrets(applied, live, kind.secrets(live), known, kind.rules);
  if (changed.length === 0) return known;
  const again = await kind.api.get(session, id, true);
  if (!again) return known;
  const [first, second] = [live, again].map((answer) =>
    fingerprints(applied, answer, kind.secrets?.(answer) ?? (() => false), {}, kind.rules),
  );
  const unstable = changed.filter((path) => first?.[path] !== second?.[path]);
  return { ...known, ...Object.fromEntries(unstable.map((path) => [path, UNSTABLE])) };
}
