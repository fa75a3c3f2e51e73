import { SailPointError } from "../api/errors";
import { type Connection, connect } from "../connection";
import type { Kind } from "../kinds/kind";
import { ProblemError } from "../problem";
import { warn } from "../progress";
import { type JsonObject, compare, isObject, replaces } from "../reconcile";
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

/** The lifecycle of every resource, once: the same for all kinds. */
export function handlerOf(kind: Kind): Handler {
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
        const changes = compare(after, before, before, kind.rules);
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
        async () => create(await connection.session(), kind, inputsOf(kind, inputs)),
        inputs[PROVIDER],
      ),

    read: (id, properties) =>
      explained(title(properties), async () =>
        read(await sessionFor(connection, kind, properties), kind, id, properties),
      ),

    update: (id, olds, news) =>
      explained(
        title(news),
        async () => update(await sessionFor(connection, kind, olds), kind, id, olds, inputsOf(kind, news)),
        news[PROVIDER],
      ),

    delete: (id, properties) =>
      explained(title(properties), async () => {
        const session = await sessionFor(connection, kind, properties);
        const { remove } = kind.api;
        const adopted = recordOf(properties).former !== undefined;
        if (adopted || !remove) await restore(session, kind, id, properties);
        else await remove(session, id, properties);
        session.reads.forget(kind.sourceOf(id));
      }),
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
    if (!explainable) throw error;
    const message = error.message.startsWith(title) ? error.message : `${title}: ${error.message}`;
    throw new ProblemError(message, { cause: error });
  }
}
