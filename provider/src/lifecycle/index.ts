import { SailPointError } from "../api/errors";
import { createRedactor } from "../api/redact";
import { type Action, type Declared, type Kind, isAction } from "../kinds/kind";
import { earlierDeletion } from "../kinds/source-deletion";
import { noteSource } from "../kinds/source-names";
import { type Change, type JsonObject, planned, replaces } from "../reconcile";
import { ProblemError } from "../tenant/problem";
import type { Connection, Occasion, Session } from "../tenant/session";
import { type Checked, checkInputs } from "./check";
import { type Created, create } from "./create";
import { ExplainedError } from "./explained";
import { type Foresight, foresee, foreseeReplacement, goesWithSource, willBeCleared } from "./foresight";
import { isOtherHost, refuseOtherHost, sessionFor, writable } from "./guard";
import { HalfDoneError } from "./half-done";
import { type Journal, sourceIdOf } from "./journal";
import { isKept } from "./made-anew";
import { alone, declares, disown, isDeclaredByOther, isOwnedByLater, isWanted, sawOwner, wasRead } from "./owners";
import { type ReadResult, read } from "./read";
import { recordOf, recorded } from "./record";
import { inputsOf } from "./state";
import { type ForeseenCreation, NOTHING_MET, canBeLookedFor, foreseeCreation } from "./takeover";
import { unknownNames } from "./unknown-names";
import { restore, update } from "./update";

export { type Checked } from "./check";
export { type Created } from "./create";
export { HalfDoneError } from "./half-done";
export { ExplainedError } from "./explained";
export { type Foresight, asFarAsPossible } from "./foresight";
export type { Journal } from "./journal";
export type { ReadResult } from "./read";
export { inputsOf } from "./state";
export { type ForeseenCreation, NOTHING_MET } from "./takeover";

/** What a call of the lifecycle works with. */
export interface Call extends Occasion {
  connection: Connection;
  journal: Journal;
}

/** What a preview says of a resource. */
export interface Diff {
  changes: readonly Change[];
  /** The top-level inputs whose change replaces the object. */
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/**
 * The lifecycle of a kind, the same for all kinds and for every host of Pulumi's. What goes wrong for a reason that a
 * person can mend is an {@link ExplainedError}, what is half done a {@link HalfDoneError}; anything else is a bug.
 */
export interface Lifecycle {
  readonly kind: Declared;
  /** All mistakes of the inputs together. No call. */
  check(connection: Connection, declared: JsonObject): Checked;
  /** What would change, by the state alone. */
  diff(connection: Connection, olds: JsonObject, news: JsonObject): Diff;
  /** Notes that the program declares the resource that has this object: no other that has it, too, deletes it then. */
  declares(call: Pick<Call, "connection" | "journal">, id: string, olds: JsonObject): void;
  /** Whether a process of this command has read the object. */
  wasRead(call: Pick<Call, "connection" | "journal">, id: string): boolean;
  /** What a diff cannot tell without asking the tenant. What would be refused later is refused here. */
  foresee(call: Call, id: string, olds: JsonObject, news: JsonObject): Promise<Foresight>;
  /** The same where an option replaces the object, of which the diff does not know. */
  foreseeReplacement(call: Call, id: string, inputs: JsonObject): Promise<Foresight>;
  /** Notes that the engine will delete this, since it replaces the source that it hangs on. */
  goesWithSource(call: Call, id: string): Promise<void>;
  /** The same of a creation. */
  foreseeCreation(call: Call, inputs: JsonObject): Promise<ForeseenCreation>;
  /** The names that the tenant lacks, of references that are new or changed since `olds`. */
  unknownNames(call: Call, olds: JsonObject, inputs: JsonObject): Promise<string[]>;
  create(call: Call, inputs: JsonObject): Promise<Created>;
  /** The state and the inputs as the tenant has them; without properties, those that an import needs. */
  read(call: Call, id: string, properties: JsonObject): Promise<ReadResult>;
  update(call: Call, id: string, olds: JsonObject, news: JsonObject): Promise<{ outs: JsonObject }>;
  delete(call: Call, id: string, properties: JsonObject): Promise<void>;
}

export function lifecycleOf(kind: Kind | Action): Lifecycle {
  const steps = isAction(kind) ? stepsOfAction(kind) : stepsOfKind(kind);
  const isNew = (properties: JsonObject) => Object.keys(inputsOf(kind, properties)).length === 0;
  const titleOf = (properties: JsonObject) => kind.title(inputsOf(kind, properties));
  /** What hangs on a source is then told by the source's name. */
  const meet = (id: string, properties: JsonObject) => {
    if (kind.sourceOf(id) === id) noteSource(id, inputsOf(kind, properties));
  };
  /** Does something to an object that there is: what it is to be, what it was. */
  const about = <T>(call: Call, id: string, [now, ...before]: States, act: () => Promise<T>): Promise<T> => {
    meet(id, now);
    return explained(call, isNew(now) ? `${kind.name} ${id}` : titleOf(now), [now, ...before], act);
  };
  return {
    kind,
    check: (connection, declared) => checkInputs(kind, declared, connection),
    diff: (connection, olds, news) => {
      refuseOtherHost(connection, kind, olds);
      const changes = planned(inputsOf(kind, news), inputsOf(kind, olds), kind.rules).filter(
        ({ path: [name] }) => kind.fields[String(name)]?.once !== true,
      );
      const replaced = replaces(changes, kind.rules);
      // Names are unique, so the old object must be gone first.
      return { changes, replaces: replaced, deleteBeforeReplace: replaced.length > 0 };
    },
    declares: ({ connection, journal }, id, olds) => declares(connection, journal, kind, id, olds),
    wasRead: ({ connection, journal }, id) => wasRead(connection, journal, kind, id),
    unknownNames: async (call, olds, inputs) =>
      // What the state has on another tenant is refused by the diff.
      isOtherHost(call.connection, olds)
        ? []
        : unknownNames(() => call.connection.session(call), kind, inputsOf(kind, olds), inputsOf(kind, inputs)),
    foresee: (call, id, olds, news) =>
      about(call, id, [news, olds], async () => {
        const session = await sessionFor(call, kind, olds);
        return isAction(kind) ? NOTHING : foresee(session, kind, id, olds, inputsOf(kind, news));
      }),
    foreseeReplacement: (call, id, inputs) =>
      explained(call, titleOf(inputs), [inputs], async () =>
        isAction(kind) || kind.goesWithIt === undefined
          ? NOTHING
          : foreseeReplacement(await call.connection.session(call), kind, id, inputsOf(kind, inputs)),
      ),
    goesWithSource: async (call, id) =>
      willBeCleared(await call.connection.session(call), call.journal, kind.sourceOf(id)),
    foreseeCreation: (call, inputs) =>
      explained(call, titleOf(inputs), [inputs], async () => {
        if (isAction(kind) || !canBeLookedFor(inputs)) return NOTHING_MET;
        const session = await call.connection.session(call);
        await earlierDeletion(session, sourceIdOf(inputs));
        const foreseen = await foreseeCreation(session, call.journal, kind, inputsOf(kind, inputs));
        if (foreseen.id !== undefined) meet(foreseen.id, inputs);
        return foreseen;
      }),
    create: (call, inputs) =>
      explained(call, titleOf(inputs), [inputs], async () => {
        const session = writable(await call.connection.session(call));
        await earlierDeletion(session, sourceIdOf(inputs));
        const created = await steps.create(session, call.journal, inputsOf(kind, inputs));
        meet(created.id, created.outs);
        return created;
      }),
    read: (call, id, properties) =>
      about(call, id, [properties], async () => {
        const session = await sessionFor(call, kind, properties);
        if (session.destroys !== true) await earlierDeletion(session, kind.sourceOf(id));
        return steps.read(session, call.journal, id, properties);
      }),
    update: (call, id, olds, news) =>
      about(call, id, [news, olds], async () => {
        const session = writable(await sessionFor(call, kind, olds));
        await earlierDeletion(session, kind.sourceOf(id));
        return steps.update(session, id, olds, inputsOf(kind, news));
      }),
    delete: (call, id, properties) =>
      explained(call, titleOf(properties), [properties], async () =>
        steps.delete(writable(await sessionFor(call, kind, properties)), call, id, properties),
      ),
  };
}

const NOTHING: Foresight = { lines: [] };

/** What a resource is to be, and before it was. */
type States = readonly [now: JsonObject, ...before: JsonObject[]];

/** The calls, with a session of the right tenant. */
interface Steps {
  create(session: Session, journal: Journal, inputs: JsonObject): Promise<Created>;
  read(session: Session, journal: Journal, id: string, properties: JsonObject): Promise<ReadResult>;
  update(session: Session, id: string, olds: JsonObject, inputs: JsonObject): Promise<{ outs: JsonObject }>;
  delete(
    session: Session,
    call: Pick<Call, "connection" | "journal">,
    id: string,
    properties: JsonObject,
  ): Promise<void>;
}

/** A resource that is an object of the tenant. */
const stepsOfKind = (kind: Kind): Steps => ({
  create: (session, journal, inputs) => create(session, journal, kind, inputs),
  async read(session, journal, id, properties) {
    const result = await read(session, kind, id, properties);
    if (result.props && result.id !== "") sawOwner(session, journal, kind, result.id, result.props);
    return result;
  },
  update: (session, id, olds, inputs) => update(session, kind, id, olds, inputs),
  delete: (session, { connection, journal }, id, properties) =>
    alone(session, kind, id, async () => {
      const title = kind.title(inputsOf(kind, properties));
      const isDeclared = isDeclaredByOther(connection, journal, kind, id, properties);
      if (isDeclared || isOwnedByLater(session, journal, kind, id, properties)) {
        session.report.info(`${title} (${id}) is kept: another resource of the program has it`);
        return;
      }
      if (isWanted(session, journal, kind, id)) throw new ProblemError(WANTED);
      if (!goesWithSource(session, journal, kind, id)) {
        if (await isKept(session, kind, id, properties)) return;
        await undo(session, kind, id, properties);
      }
      session.reads.forget(kind.sourceOf(id));
      disown(session, journal, kind, id);
    }),
});

const WANTED =
  "is not deleted: another resource of the program means the same object, and could not take it over. Mend that one first " +
  "(its own message says how); if it is this one under another name, give it the option aliases";

/** What was there before us is given back; what we made is deleted. */
function undo(session: Session, kind: Kind, id: string, properties: JsonObject): Promise<unknown> {
  const { remove } = kind.api;
  const adopted = recordOf(properties).former !== undefined;
  return adopted || !remove ? restore(session, kind, id, properties) : remove(session, id, properties);
}

/** A resource that does something when it is made or changed. */
function stepsOfAction(action: Action): Steps {
  const run = async (session: Session, id: string, inputs: JsonObject) => {
    const outputs = await action.run(session, inputs);
    session.reads.forget(action.sourceOf(id));
    const record = recorded({ host: session.host, ids: {}, secrets: {}, found: {}, since: 0, writtenAt: 0 });
    return { ...inputs, ...outputs, tenant: session.tenant, ...record };
  };
  return {
    async create(session, _journal, inputs) {
      const id = action.id(inputs);
      return { id, outs: await run(session, id, inputs) };
    },
    async read(session, _journal, id, properties) {
      if (Object.keys(inputsOf(action, properties)).length === 0) {
        throw new ProblemError(`a resource of this kind does something once: there is nothing to read or to import`);
      }
      const source = await session.reads.source(action.sourceOf(id), false);
      return source ? { id, props: properties, inputs: inputsOf(action, properties) } : { id: "" };
    },
    update: async (session, id, _olds, inputs) => ({ outs: await run(session, id, inputs) }),
    // What it did stays done.
    delete: () => Promise.resolve(),
  };
}

async function explained<T>({ signal }: Call, title: string, states: States, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Error) hideSecrets(error, states);
    if (error instanceof HalfDoneError) throw error;
    const isProblem = error instanceof ProblemError || (error instanceof SailPointError && error.kind !== "bug");
    // What breaks because nobody waits any more is no bug.
    const isExplainable = isProblem || (signal?.aborted === true && error instanceof Error);
    throw isExplainable ? new ExplainedError(title, error) : error;
  }
}

/** A tenant may repeat a secret of the resource that the request did not carry, so that the client knew nothing of it. */
function hideSecrets(error: Error, states: States): void {
  const redactor = createRedactor();
  for (const state of states) redactor.learnFrom(state);
  error.message = redactor.text(error.message);
  if (error.stack !== undefined) error.stack = redactor.text(error.stack);
}
