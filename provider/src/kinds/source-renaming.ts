import { SailPointError } from "../api/errors";
import type { Session } from "../tenant/session";
import type { JsonObject } from "../reconcile";
import { asObject } from "../tenant/wire";
import { usersOf } from "./source-deletion";

/** What a renaming breaks: transforms and identity profiles name their source, and nobody tells them the new name. */
export async function renamed(
  { client }: Session,
  id: string,
  applied: JsonObject,
  desired: JsonObject,
): Promise<string[]> {
  const [before, after] = [applied["name"], desired["name"]];
  if (before === undefined || before === after) return [];
  const change = `it was renamed from ${JSON.stringify(before)} to ${JSON.stringify(after)}`;
  try {
    const users = usersOf(asObject(await client.call("getSourceConnections", { sourceId: id })));
    if (users.length === 0) return [];
    return [`${change}, and is used by ${users.join(", ")}: correct what names it by the old name there`];
  } catch (error) {
    if (!(error instanceof SailPointError)) throw error;
    return [`${change}. Who uses the old name could not be found out: ${error.message}`];
  }
}
