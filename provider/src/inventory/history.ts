import { SailPointError } from "../api/errors";
import { own } from "../reconcile";
import type { Session } from "../tenant/session";
import { atOnce } from "./at-once";
import type { Inventory } from "./inventory";
import type { Comparison } from "./comparison";

/** A change of a source, as the tenant's audit events tell: who and when, never which values. */
export interface Happened {
  /** ISO 8601. */
  at: string;
  source: string;
  /** "source updated" */
  what: string;
  /** The tenant's word: `SOURCE_UPDATE`. */
  action: string;
  by: string;
  /** `PASSED`, or what else became of it. */
  status: string;
}

/** The events that tell of a changed configuration, in words. Tenants have more, of aggregations for example. */
const CHANGES: Readonly<Record<string, string>> = {
  SOURCE_CREATE: "source created",
  SOURCE_UPDATE: "source updated",
  SOURCE_DELETE: "source deleted",
  SOURCE_UPDATE_DELETE_THRESHOLD: "delete threshold updated",
  SOURCE_FEATURES_STRING_UPDATE: "features updated",
  SOURCE_RESET: "source reset",
  SCHEMA_CREATED: "schema created",
  SCHEMA_UPDATED: "schema updated",
  SCHEMA_DELETED: "schema deleted",
  SOURCE_SCHEMA_ATTRIBUTE_ADDED: "schema attribute added",
  SOURCE_SCHEMA_ATTRIBUTES_UPDATED: "schema attributes updated",
  SOURCE_SCHEMA_ATTRIBUTES_DELETED: "schema attributes deleted",
  ACCOUNT_PROFILE_CREATED: "provisioning policy created",
  ACCOUNT_PROFILE_UPDATED: "provisioning policy updated",
  ACCOUNT_PROFILE_DELETED: "provisioning policy deleted",
  NATIVE_CHANGE_DETECTION_CONFIGURATION_UPDATE: "native change detection updated",
  SOURCE_AGGREGATION_SCHEDULE_UPDATED: "aggregation schedule updated",
  SOURCE_SCHEDULE_CREATED: "schedule created",
  SOURCE_SCHEDULE_UPDATED: "schedule updated",
  SOURCE_SCHEDULE_REMOVED: "schedule removed",
  CORRELATION_CONFIG_UPDATED: "correlation config updated",
  SOURCE_PASSWORD_POLICY_ASSIGNED: "password policy assigned",
  ACTION_ENABLE_ATTRIBUTE_SYNC: "attribute synchronization enabled",
  ACTION_DISABLE_ATTRIBUTE_SYNC: "attribute synchronization disabled",
  CONNECTOR_FILE_UPLOAD: "connector file uploaded",
  CONNECTOR_FILE_DELETE: "connector file deleted",
};

export const NEEDS = "the scope sp:search:read";

/** The changes of a tenant's sources, or of one, since a time, the last first. */
export async function history(session: Session, since: Date, source?: string): Promise<Happened[]> {
  const { client, signal } = session;
  const actions = `action:(${Object.keys(CHANGES).join(" OR ")})`;
  const times = `created:[${since.toISOString()} TO now]`;
  // Texts match by their words; which source it is exactly, the answers tell.
  const named = source !== undefined && /[\p{L}\p{N}]/u.test(source) ? ` AND target.name:${phrase(source)}` : "";
  const body = { indices: ["events"], query: { query: `${actions} AND ${times}${named}` }, sort: ["-created", "id"] };
  const found: Happened[] = [];
  const how = { signal, context: `Cannot read the audit events, for which a client needs ${NEEDS}` };
  for await (const event of client.paginate("searchPost", { body }, how)) {
    const { action, created, actor, status } = event;
    const name = event.target?.name ?? textOf(own(event.attributes as never, "sourceName"));
    const what = typeof action === "string" ? CHANGES[action] : undefined;
    if (what === undefined || action === undefined || action === null || typeof created !== "string") continue;
    if (typeof name !== "string" || (source !== undefined && name !== source)) continue;
    found.push({ at: created, source: name, what, action, by: actor?.name ?? "", status: status ?? "" });
  }
  return found;
}

const phrase = (text: string): string => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Sources whose last change is asked for together. */
const AT_ONCE = 4;

/** Adds to each source that differs who changed it last on the tenant, where the tenant tells. */
export async function withLastChanges(
  session: Session,
  { title }: Pick<Inventory, "title">,
  result: Comparison,
  since: Date,
): Promise<Comparison> {
  const others = result.sources.filter(({ objects }) => objects.length > 0);
  try {
    const last = new Map(
      await atOnce(others, AT_ONCE, async ({ name }) => [name, (await history(session, since, name))[0]] as const),
    );
    const sources = result.sources.map((source) => {
      const change = last.get(source.name);
      return change === undefined ? source : { ...source, last: change };
    });
    return { ...result, sources };
  } catch (error) {
    if (!(error instanceof SailPointError) || (error.kind !== "permission" && error.kind !== "rejected")) throw error;
    const note = { source: title, title: "who changed it", why: error.message };
    return { ...result, notes: [...result.notes, note] };
  }
}
