import { withUnstable } from "../lifecycle/unstable";
import type { Session } from "../tenant/session";
import type { Inventory } from "./inventory";

/**
 * Notes which secrets of what a stack declares tell nothing, because the tenant gives other cipher text at every read: what
 * seems to have changed is read a second time.
 */
export async function noteUnstable(session: Session, declared: Inventory, tenant: Inventory): Promise<void> {
  if (declared.tenant !== tenant.tenant) return;
  for (const entry of declared.sources) {
    const { applied, kind } = entry;
    const live = tenant.sources.find((source) => source.live?.["id"] === applied?.id)?.live;
    if (applied === undefined || live === undefined) continue;
    const { id, inputs, secrets } = applied;
    entry.applied = { ...applied, secrets: await withUnstable(session, kind, id, inputs, live, secrets) };
  }
}
