import { SailPointError } from "../api/errors";
import { type Connection, type Session, connect } from "../tenant/session";
import type { Action, Declared, Kind } from "../kinds/kind";
import { ProblemError, ReportedError } from "../tenant/problem";
import { warn } from "../tenant/progress";
import { type JsonObject, isObject, planned, replaces } from "../reconcile";
import { type Checked, checkInputs } from "./check";
import { type Created, HalfDoneError, create } from "./create";
import { refuseOtherHost, sessionFor } from "./guard";
import { type ReadResult, read } from "./read";
import { inputsOf, recordOf } from "./state";
import { restore, update } from "./update";

/** Where Pulumi keeps the text that names the handler. */
const PROVIDER = "__provider";

export interface DiffResult {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/** What the dynamic provider host calls, for one kind. */
export interface Handler {
  configure(request: { config: { get(key: string): string | undefined } }): void;
  check(olds: JsonObject, news: JsonObject): Promise<Checked>;
  diff(id: string, olds: JsonObject, news: JsonObject): Promise<DiffResult>;
  create(inputs: JsonObject): Promise<Created>;
  read(id: string, properties: JsonObject): Promise<ReadResult>;
  update(id: string, olds: JsonObject, news: JsonObject): Promise<{ outs: JsonObject }>;
  delete(id: string, properties: JsonObject): Promise<void>;
}

/** The lifecycle of every resource that is an object of the tenant, once: the same for all kinds. */
export const handlerOf = (kind: Kind): Handler =>
  shell(kind, {
    create: (session, inputs) => create(session, kind, inputs),
    read: (session, id, properties) => read(session, kind, id, properties),
    update: (session, id, olds, inputs) => update(session, kind, id, olds, inputs),
    async delete(session, id, properties) {
      const { remove } = kind.api;
      const adopted = recordOf(properties).former !== undefined;
      if (adopted || !remove) await restore(session, kind, id, properties);
      else await remove(session, id, properties);
      session.reads.forget(kind.sourceOf(id));
    },
  });

/** The lifecycle of a resource that does something when it is made or changed. */
export function actionHandlerOf(action: Action): Handler {
  const run = async (session: Session, id: string, inputs: JsonObject) => {
    const outputs = await action.run(session, inputs);
    session.reads.forget(action.sourceOf(id));
    return { ...inputs, ...outputs, tenant: session.tenant, record: { host: session.host } };
  };
  return shell(action, {
    async create(session, inputs) {
      const id = action.id(inputs);
      return { id, outs: await run(session, id, inputs) };
    },
    async read(session, id, properties) {
      const source = await session.reads.source(action.sourceOf(id), false);
      return source ? { id, props: properties, inputs: inputsOf(action, properties) } : { id: "" };
    },
    update: async (session, id, _olds, inputs) => ({ outs: await run(session, id, inputs) }),
    // What it did stays done.
    delete: () => Promise.resolve(),
  });
}

/** What differs between the two: the calls with a session of the right tenant. */
interface Steps {
  create(session: Session, inputs: JsonObject): Promise<Created>;
  read(session: Session, id: string, properties: JsonObject): Promise<ReadResult>;
  update(session: Session, id: string, olds: JsonObject, inputs: JsonObject): Promise<{ outs: JsonObject }>;
  delete(session: Session, id: string, properties: JsonObject): Promise<void>;
}

function shell(kind: Declared, steps: Steps): Handler {
  // The host may not configure a handler at all when there is no configuration: the environment may have it.
  let connection: Connection = connect(() => undefined);
  const title = (properties: JsonObject) => kind.title(inputsOf(kind, properties));

  return {
    // Must not wait and must not throw: the host neither awaits nor repeats it.
    configure({ config }) {
      connection = connect((key) => config.get(`sailpoint:${key}`));
    },

    check(_olds, { [PROVIDER]: _provider, ...declared }) {
      const checked = checkInputs(kind, declared, connection);
      for (const advice of kind.warnings?.(checked.inputs) ?? []) warn(`${title(checked.inputs)}: ${advice}`);
      return Promise.resolve(checked);
    },

    diff: (_id, olds, news) =>
      explained(title(news), () => {
        refuseOtherHost(connection, kind, olds);
        const [before, after] = [inputsOf(kind, olds), inputsOf(kind, news)];
        const changes = planned(after, before, kind.rules);
        const replaced = replaces(changes, kind.rules);
        return Promise.resolve({
          changes: changes.length > 0,
          replaces: replaced,
          // Names are unique, so the old object must be gone first.
          deleteBeforeReplace: replaced.length > 0,
        });
      }),

    create: (inputs) =>
      explained(
        title(inputs),
        async () => steps.create(await connection.session(), inputsOf(kind, inputs)),
        inputs[PROVIDER],
      ),

    read: (id, properties) =>
      explained(title(properties), async () =>
        steps.read(await sessionFor(connection, kind, properties), id, properties),
      ),

    update: (id, olds, news) =>
      explained(
        title(news),
        async () => steps.update(await sessionFor(connection, kind, olds), id, olds, inputsOf(kind, news)),
        news[PROVIDER],
      ),

    delete: (id, properties) =>
      explained(title(properties), async () =>
        steps.delete(await sessionFor(connection, kind, properties), id, properties),
      ),
  };
}

/** What the tenant or the user must mend is told with the resource's title and without a stack. */
async function explained<T>(title: string, act: () => Promise<T>, provider?: unknown): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof HalfDoneError && isObject(error.properties)) {
      if (typeof provider === "string") error.properties[PROVIDER] = provider;
      throw error;
    }
    const explainable = error instanceof ProblemError || (error instanceof SailPointError && error.kind !== "bug");
    throw explainable ? new ReportedError(title, error) : error;
  }
}
