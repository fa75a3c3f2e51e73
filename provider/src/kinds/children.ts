import type { OperationId } from "../api/operations";
import type { JsonObject } from "../reconcile";
import type { ChildList } from "../tenant/reads";
import { type CallParameters, absentAsUndefined, ask, asObject, asSettings } from "../tenant/wire";
import type { Session } from "../tenant/session";
import { type Endpoints, type Kind, type KindDefinition, kind } from "./kind";
import { sourceTitle } from "./source-names";
import { type Fields, parent } from "./tree/field";

/** The kinds that hang on a source: those told by a key among the others of the source, and those it has one of. */

export const childId = (sourceId: unknown, key: unknown): string => `${String(sourceId)}/${String(key)}`;

/** The two halves of a child's id. A key may hold slashes, a source's id does not. */
export function splitId(id: string): { sourceId: string; key: string } {
  const slash = id.indexOf("/");
  return slash < 0 ? { sourceId: id, key: "" } : { sourceId: id.slice(0, slash), key: id.slice(slash + 1) };
}

type Special = Pick<KindDefinition, "name" | "doc" | "operations" | "example" | "fields" | "check"> &
  Partial<KindDefinition> & {
    /** What hangs on the source: "a schedule". */
    what: string;
  };

interface ChildDefinition extends Omit<Special, "api"> {
  title: KindDefinition["title"];
  /** The input that tells it from others of the source. */
  key: string;
  /** The operation that lists all of a source. */
  list: ChildList;
  /** How the API addresses one of a source. */
  address: (key: string, live: JsonObject) => CallParameters;
  api: {
    create: OperationId;
    patch: OperationId;
    put?: OperationId;
    remove: OperationId;
    /** Reads just this one. */
    get: (session: Session, sourceId: string, key: string, known: JsonObject) => Promise<JsonObject | undefined>;
  };
  /** What a creating request says beyond what is declared. */
  newborn?: (body: JsonObject) => JsonObject;
  /** More ways to the object than these. */
  endpoints?: (standard: Endpoints) => Endpoints;
}

/** A kind of which a source may have several, told by a key. What is there already is taken over. */
export function child({ what, key, list, address, api, newborn, endpoints: more, ...special }: ChildDefinition): Kind {
  const find = (session: Session, sourceId: string, value: string, fresh: boolean) =>
    session.reads.member(list, sourceId, (member) => member[key] === value, fresh);
  const one = (id: string, live: JsonObject) => {
    const { sourceId, key: value } = splitId(id);
    return { sourceId, ...address(value, live) };
  };
  const { put } = api;
  const standard: Endpoints = {
    find: (session, inputs) => find(session, String(inputs["source"]), String(inputs[key]), true),
    get: async (session, id, fresh, known = {}) => {
      const { sourceId, key: value } = splitId(id);
      const live = fresh ? await api.get(session, sourceId, value, known) : undefined;
      return live ?? find(session, sourceId, value, fresh);
    },
    create: async ({ client }, body, { source }) =>
      asObject(await ask(client, api.create, { sourceId: String(source), body: newborn?.(body) ?? body })),
    patch: async ({ client }, id, live, body) => asObject(await ask(client, api.patch, { ...one(id, live), body })),
    ...(put
      ? { put: async ({ client }, id, body) => asObject(await ask(client, put, { ...one(id, body), body })) }
      : {}),
    remove: async (session, id) => {
      const { sourceId, key: value } = splitId(id);
      const live = await find(session, sourceId, value, true);
      if (live) await absentAsUndefined(ask(session.client, api.remove, one(id, live)));
    },
  };
  return kind({
    importId: `SOURCE_ID/${key}`,
    listed: async (session, { id }) =>
      session.client.has(list) ? ((await session.reads.list(list, String(id), false)) ?? []) : [],
    hasSource: async (session, sourceId) =>
      !session.client.has(list) || (await session.reads.list(list, sourceId, false)) !== undefined,
    id: ({ source, [key]: value }) => childId(source, value),
    sourceOf: (id) => splitId(id).sourceId,
    ...hanging(what, special),
    api: more?.(standard) ?? standard,
  });
}

interface SingletonDefinition extends Omit<Special, "api"> {
  /** The name of the path parameter that takes the source's id. */
  at: "id" | "sourceId";
  read: OperationId;
  write: OperationId;
  /** Whether a source can have none, by the source alone: then the tenant is not asked. */
  hasNone?: (source: JsonObject) => boolean;
  /** Instead of `write`, where something else is to be done with what it shall be. */
  writes?: (session: Session, sourceId: string, whole: JsonObject) => Promise<JsonObject> | undefined;
}

/**
 * A configuration that a source always has: it cannot be made or deleted, only written whole. It is taken over, and
 * its former content is restored when the resource is deleted. Its id is the source's.
 */
export function singleton({ what, at, read, write, writes, hasNone, ...special }: SingletonDefinition): Kind {
  const get = async (session: Session, sourceId: string): Promise<JsonObject | undefined> => {
    const live = await absentAsUndefined(ask(session.client, read, { [at]: sourceId }).then(asSettings));
    if (live !== undefined) return live;
    // Some tenants answer 404 while nobody has set it: it is there as long as its source is.
    return (await session.reads.source(sourceId, true)) === undefined ? undefined : {};
  };
  return kind({
    ...hanging(what, special),
    operations: [...special.operations, "getSource"],
    importId: "SOURCE_ID",
    listed: async ({ client }, source) => {
      if (!client.has(read) || hasNone?.(source) === true) return [];
      const live = await absentAsUndefined(ask(client, read, { [at]: String(source["id"]) }).then(asSettings));
      return live === undefined ? [] : [live];
    },
    id: ({ source }) => String(source),
    sourceOf: (id) => id,
    title: ({ source }) => `${special.name} of ${sourceTitle(source)}`,
    api: {
      find: (session, { source }) => get(session, String(source)),
      get: (session, id) => get(session, id),
      put: async (session, id, body) =>
        (await writes?.(session, id, body)) ?? asObject(await ask(session.client, write, { [at]: id, body })),
    },
  });
}

/** What is the same for all that hangs on a source. */
function hanging<S extends Omit<Special, "what">>(what: string, special: S) {
  const withSource = (live: JsonObject, id: string): JsonObject => ({ ...live, source: splitId(id).sourceId });
  return {
    outputs: {},
    notInputs: {},
    adoption: "always" as const,
    view: (live: JsonObject, _applied: JsonObject, id: string) => withSource(live, id),
    imported: withSource,
    ...special,
    fields: { source: parent(what), ...special.fields } satisfies Fields,
  };
}
