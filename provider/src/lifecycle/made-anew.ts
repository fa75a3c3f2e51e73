import type { Kind } from "../kinds/kind";
import { type JsonObject, managed } from "../reconcile";
import type { Session } from "../tenant/session";
import type { Kept } from "./record";
import { inputsOf } from "./state";

/** Whether somebody deleted the object of this state, and made another under its key. */
export function isMadeAnew({ identity, outputs }: Kind, state: JsonObject, live: JsonObject): boolean {
  if (identity === undefined) return false;
  const [before, now] = [state[identity], outputs[identity]?.of?.(live)];
  return typeof before === "string" && typeof now === "string" && before !== now;
}

/** What is known of one that was made anew: it stood so before us, and is given back so. */
export function foundAnew(
  session: Session,
  kind: Kind,
  record: Kept,
  { applied, view }: { applied: JsonObject; view: JsonObject },
): Kept {
  session.report.warn(
    `${kind.title(applied)}: somebody deleted it on the tenant and made it anew. It is not deleted with this resource ` +
      `any more, but left as it is`,
  );
  return { ...record, found: {}, former: managed(applied, view, kind.rules) };
}

/** True, and told, where what would be deleted or restored is another's. */
export async function isKept(session: Session, kind: Kind, id: string, state: JsonObject): Promise<boolean> {
  if (kind.identity === undefined) return false;
  const live = await kind.api.get(session, id, true, state);
  if (live === undefined || !isMadeAnew(kind, state, live)) return false;
  session.report.warn(
    `${kind.title(inputsOf(kind, state))} (${id}) is kept: somebody deleted ours on the tenant and made it anew`,
  );
  return true;
}
