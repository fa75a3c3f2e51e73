import type { Action, Kind } from "../../kinds/kind";
import { type Call, type Checked, type Created, ExplainedError, type Foresight, HalfDoneError } from "../../lifecycle";
import { NOTHING_MET, asFarAsPossible, inputsOf, lifecycleOf } from "../../lifecycle";
import type { ReadResult } from "../../lifecycle";
import type { JsonObject } from "../../reconcile";
import { type Connection, Sessions } from "../../tenant/session";
import { Asked } from "../asked";
import { journalOnDisk } from "../journal";
import { ReadOnlyHints } from "../read-only";
import { ReportedError, toldOnce } from "../reported";
import { lines } from "./lines";
import { commandOfEngine, isDestroying, skipsPreview, watchEngine } from "../processes";
import { MISSING, creationLooks, lacksNames, nameLooks, requireNames } from "../looks";

/** Where Pulumi keeps the text that names the handler. */
const PROVIDER = "__provider";

/** The stock host's idea of a diff. */
interface DiffResult {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/** What the stock dynamic provider host calls, for one kind. */
export interface Handler {
  configure(request: { config: { get(key: string): string | undefined } }): void;
  check(olds: JsonObject | undefined, news: JsonObject): Promise<Pick<Checked, "inputs" | "failures">>;
  diff(id: string, olds: JsonObject, news: JsonObject): Promise<DiffResult>;
  create(inputs: JsonObject): Promise<Created>;
  read(id: string, properties: JsonObject): Promise<ReadResult>;
  update(id: string, olds: JsonObject, news: JsonObject): Promise<{ outs: JsonObject }>;
  delete(id: string, properties: JsonObject): Promise<void>;
}

/** The engine starts the host with its address. */
const engineAddress = (): string | undefined => process.argv.slice(2).find((word) => /^[^\s:]+:\d+$/.test(word));

/** Its process serves one provider of one deployment, for all kinds, and ends with it. */
export const sessions = new Sessions();
const journal = journalOnDisk(watchEngine(true), commandOfEngine(engineAddress(), true));
const destroys = isDestroying(true);
const names = nameLooks(lines);
const creations = creationLooks(lines);
const readOnly = new ReadOnlyHints();
/** What is made is told then; without a preview nothing is asked ahead. */
const isPreviewed = !skipsPreview(true);

export function handlerOf(kind: Kind | Action): Handler {
  const lifecycle = lifecycleOf(kind);
  // The host may not configure a handler at all when there is no configuration: the environment may have it.
  let connection: Connection = sessions.connect(() => undefined);
  const asked = new Asked();
  const call = (): Call => ({ connection, report: lines, journal, signal: undefined, destroys }); // it drops Cancel
  const foreseeCreation = async (during: Call, inputs: JsonObject): Promise<void> => {
    const met = await creations.ahead(during.connection, () => lifecycle.foreseeCreation(during, inputs), NOTHING_MET);
    for (const line of met.lines) lines.info(`${kind.title(inputs)} ${line}`);
    for (const line of met.warnings) lines.warn(`${kind.title(inputs)} ${line}`);
  };
  return {
    // Must not wait and must not throw: the host neither awaits nor repeats it.
    configure({ config }) {
      connection = sessions.connect((key) => config.get(`sailpoint:${key}`));
    },
    async check(olds, { [PROVIDER]: _provider, [MISSING]: _missing, ...declared }) {
      const during = call();
      const { inputs, failures, advice } = lifecycle.check(during.connection, declared);
      asked.add(inputsOf(kind, inputs));
      for (const line of advice) lines.warn(line);
      // It is told in an `up` too: the host does not say which it is.
      const isNew = olds === undefined || Object.keys(olds).length === 0;
      const missing =
        failures.length > 0
          ? []
          : await names.ahead(during.connection, () => lifecycle.unknownNames(during, isNew ? {} : olds, inputs), []);
      if (missing.length > 0) return { inputs: { ...inputs, [MISSING]: missing }, failures };
      if (isNew) readOnly.tell(during.connection, lines);
      if (!isNew || !isPreviewed || failures.length > 0) return { inputs, failures };
      return { inputs, failures: await refusals(() => foreseeCreation(during, inputs)) };
    },
    diff: (id, olds, news) =>
      reported(async () => {
        const { changes, replaces, deleteBeforeReplace } = lifecycle.diff(connection, olds, news);
        const isPlan = asked.take(inputsOf(kind, news));
        if (isPlan) lifecycle.declares(call(), id, olds);
        if (changes.length === 0) return { changes: false, replaces, deleteBeforeReplace: false };
        if (lacksNames(news)) return { changes: true, replaces: [], deleteBeforeReplace: false };
        if (!isPlan) return { changes: true, replaces, deleteBeforeReplace };
        readOnly.tell(connection, lines);
        const foreseen = await asFarAsPossible<Foresight>(() => lifecycle.foresee(call(), id, olds, news), {
          lines: [],
        });
        const replaced = foreseen.replaces ?? replaces;
        for (const line of foreseen.lines) lines.info(`${kind.title(news)}: ${line}`);
        for (const line of foreseen.warnings ?? []) lines.warn(`${kind.title(news)}: ${line}`);
        // Names are unique, so the old object must be gone first.
        return { changes: true, replaces: replaced, deleteBeforeReplace: replaced.length > 0 };
      }),
    create: (inputs) =>
      reported(() => {
        requireNames(kind.title(inputs), inputs);
        return lifecycle.create(call(), inputs);
      }, inputs),
    read: (id, properties) => reported(() => lifecycle.read(call(), id, properties)),
    update: (id, olds, news) =>
      reported(() => {
        requireNames(kind.title(news), news);
        return lifecycle.update(call(), id, olds, news);
      }, news),
    delete: (id, properties) => reported(() => lifecycle.delete(call(), id, properties)),
  };
}

/** What is refused ahead, as what is wrong with the inputs. */
async function refusals(look: () => Promise<void>): Promise<Checked["failures"]> {
  try {
    await look();
    return [];
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    return [{ property: "", reason: toldOnce(error.title, error.cause) }];
  }
}

/** What the host needs of a failure; what is half done must name the handler, for the state that is kept of it. */
async function reported<T>(act: () => Promise<T>, inputs: JsonObject = {}): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ExplainedError) throw new ReportedError(error.title, error.cause);
    const provider = inputs[PROVIDER];
    if (error instanceof HalfDoneError && typeof provider === "string") error.properties[PROVIDER] = provider;
    throw error;
  }
}
