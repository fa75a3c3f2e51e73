import type { Session } from "../tenant/session";
import type { JsonObject } from "../reconcile";
import { absentAsUndefined } from "../tenant/wire";
import type { Endpoints, Kind } from "./kind";

/**
 * A configuration that a source always has: it cannot be made or deleted, only written whole. It is taken over, and
 * its former content is restored when the resource is deleted. Its id is the source's.
 */
export function singleton(
  what: string,
  read: (session: Session, sourceId: string) => Promise<JsonObject>,
  write: (session: Session, sourceId: string, whole: JsonObject) => Promise<JsonObject>,
): Pick<Kind, "adoption" | "id" | "sourceOf" | "title" | "outputs" | "view" | "imported"> & { api: Endpoints } {
  const get = async (session: Session, sourceId: string): Promise<JsonObject | undefined> => {
    const live = await absentAsUndefined(read(session, sourceId));
    if (live !== undefined) return live;
    // Some tenants answer 404 while nobody has set it: it is there as long as its source is.
    return (await session.reads.source(sourceId, true)) === undefined ? undefined : {};
  };
  return {
    adoption: "always",
    id: ({ source }) => String(source),
    sourceOf: (id) => id,
    title: ({ source }) => `${what} of source ${String(source)}`,
    outputs: () => ({}),
    view: (live, _applied, id) => ({ ...live, source: id }),
    imported: (live, id) => ({ ...live, source: id }),
    api: {
      find: (session, { source }) => get(session, String(source)),
      get: (session, id) => get(session, id),
      put: (session, id, whole) => write(session, id, whole),
    },
  };
}
