import { setMaxListeners } from "node:events";
import { readAnswer } from "./answer";
import { Answered, isAbsence, unknownVersion } from "./answered";
import { type Bearer, TokenSource } from "./auth";
import { type Clock, systemClock } from "./clock";
import { SailPointError } from "./errors";
import { Limiter, type SentRequests } from "./limiter";
import { type Answer, type CollectionId, type Item, type OperationId, type Parameters, operations } from "./operations";
import type { Operation, TaskStatus } from "./operations";
import { Notices, deprecation, oddity } from "./notice";
import { type Page, pages, searchPages, totalOf } from "./paging";
import { type CallOutcome, type CallRecord, pursue } from "./pursue";
import { createRedactor } from "./redact";
import { type CallParameters, checkHas, has, prepare } from "./request";
import {
  type ClientOptions,
  checkVersion,
  defaultAttemptMs,
  defaultDeadlineMs,
  normalizeBaseUrl,
  slowAttemptMs,
} from "./options";
import { type AwaitTaskOptions, awaitTask } from "./tasks";
import { Transport } from "./transport";
import { pathIn } from "./versions";

/** What one call may be told beside its parameters. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Whom the call is for, as the beginning of an error's message: `Source "HR Feed"`. */
  context?: string | undefined;
  /** Values that must not appear in an error; those at keys such as `password` are known already. */
  secrets?: Iterable<string> | undefined;
  /** Instead of the client's. */
  deadlineMs?: number | undefined;
  /** Instead of the client's: to learn whether the tenant answers it. */
  apiVersion?: string | undefined;
}

/** Parameters may be left out when none is required. */
type CallArguments<Id extends OperationId> =
  Partial<Parameters<Id>> extends Parameters<Id>
    ? [parameters?: Parameters<Id>, options?: CallOptions]
    : [parameters: Parameters<Id>, options?: CallOptions];

/** A tenant's API. All calls of a client share one token, one limiter and its connections. */
export interface Client {
  readonly baseUrl: string;
  readonly apiVersion: string;
  readonly readOnly: boolean;
  /**
   * Calls an operation by its operationId.
   *
   * @throws SailPointError
   * @example
   * const source = await client.call("getSource", { id });
   * await client.call("updateSource", { id, body: [{ op: "add", path: "/description", value: "…" }] });
   */
  call<Id extends OperationId>(id: Id, ...rest: CallArguments<Id>): Promise<Answer<Id>>;
  /**
   * All items of a collection, page by page as they are asked for.
   *
   * @example
   * for await (const source of client.paginate("listSources", { filters: 'name sw "HR"' })) …
   */
  paginate<Id extends CollectionId>(
    id: Id,
    parameters?: Parameters<Id>,
    options?: CallOptions,
  ): AsyncGenerator<Item<Id>, void, undefined>;
  /**
   * How many items a collection has, by the tenant's `X-Total-Count`; undefined where it does not say.
   *
   * @example
   * await client.count("listAccounts", { filters: `sourceId eq "${id}"` })
   */
  count<Id extends CollectionId>(
    id: Id,
    parameters?: Parameters<Id>,
    options?: CallOptions,
  ): Promise<number | undefined>;
  /** Waits until a task has ended, well or not: see {@link taskOutcome}. */
  awaitTask(taskId: string, options?: AwaitTaskOptions): Promise<TaskStatus>;
  /** The tenant's name: the `org` of its access token, else the host of the base URL. */
  tenant(options?: Pick<CallOptions, "signal">): Promise<string>;
  /** Whom the access token is for, with which rights, and how the tenant's clock goes. */
  bearer(options?: Pick<CallOptions, "signal">): Promise<Bearer>;
  /** Whether this version of the API has the operation. A newer annual one is taken to have what any annual one has. */
  has(id: OperationId): boolean;
  /** Ends what is under way and closes the connections. */
  close(): void;
}

/** What only tests and logs need. */
export interface ClientInternals {
  clock?: Clock;
  environment?: NodeJS.ProcessEnv;
  onAttempt?: (record: CallRecord) => void;
  sentRequests?: SentRequests;
}

/** A client for one tenant. Does no I/O by itself. Throws a configuration error when the settings cannot be right. */
export function createClient(options: ClientOptions & ClientInternals): Client {
  const baseUrl = normalizeBaseUrl(options.baseUrl);
  const apiVersion = checkVersion(options.apiVersion);
  const { clientId, clientSecret, readOnly = false, clock = systemClock, onAttempt } = options;
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
  const attemptMs = options.attemptMs ?? defaultAttemptMs;
  requireCredentials(clientId, clientSecret);

  const closing = new AbortController();
  // Every call listens to it, and any number of calls may be under way.
  setMaxListeners(0, closing.signal);
  const redactor = createRedactor({ secrets: [clientSecret] });
  const transport = new Transport(baseUrl, options.environment);
  const notices = new Notices(options.onNotice);
  const answered = new Answered();
  const limiter = new Limiter(clock, options.rateLimit, options.sentRequests);
  const tokens = new TokenSource({
    baseUrl,
    clientId,
    clientSecret,
    transport,
    clock,
    redactor,
    deadlineMs,
    attemptMs,
    closed: closing.signal,
  });

  async function callById(id: OperationId, parameters: CallParameters, callOptions: CallOptions): Promise<CallOutcome> {
    const version = callOptions.apiVersion ?? apiVersion;
    try {
      return await send(id, parameters, callOptions, version);
    } catch (error) {
      if (id === "listSources" && isAbsence(error)) throw unknownVersion(error, version, callOptions.context);
      await answered.doubt(error, version, () => callById("listSources", { limit: 1 }, callOptions));
      throw error;
    }
  }

  async function send(
    id: OperationId,
    parameters: CallParameters,
    callOptions: CallOptions,
    version: string,
  ): Promise<CallOutcome> {
    const operation: Operation = operations[id];
    checkHas(id, operation, version);
    if (readOnly && operation.writes) throw refusedWrite(id, operation, callOptions);
    const prepared = prepare(id, operation, parameters);
    const ownRedactor = redactor.child();
    for (const secret of callOptions.secrets ?? []) ownRedactor.learn(secret);
    ownRedactor.learnFrom(parameters["body"]);
    const outcome = await pursue({
      prepared,
      operation,
      url: `${baseUrl}${pathIn(version, prepared.path, operation.number)}`,
      subject: {
        context: callOptions.context ?? `Cannot ${operation.does}`,
        operationId: id,
        method: operation.method,
        path: prepared.path,
        number: operation.number,
        baseUrl,
      },
      attemptMs: operation.slow ? Math.max(attemptMs, slowAttemptMs) : attemptMs,
      deadlineMs: callOptions.deadlineMs ?? (operation.slow ? Math.max(deadlineMs, slowAttemptMs) : deadlineMs),
      signal: callOptions.signal,
      closed: closing.signal,
      redactor: ownRedactor,
      transport,
      limiter,
      tokens,
      clock,
      onAttempt,
      read: (reply) => readAnswer(operation, reply),
      isKnown: () => answered.has(version),
    });
    answered.add(version);
    // Another version is asked to learn whether the tenant answers it: nobody uses it.
    if (isDeprecated(outcome) && version === apiVersion) notices.add(deprecation(id, operation, version));
    const oddities = outcome.oddities.map((text) => ownRedactor.text(text));
    if (oddities.length > 0) notices.add(oddity(id, operation, oddities));
    return outcome;
  }

  const call: Client["call"] = async (id, ...[parameters, callOptions]) => {
    const { answer } = await callById(id, parameters ?? {}, callOptions ?? {});
    // The border: the definition of the operation has checked it.
    return answer as Answer<typeof id>;
  };

  const paginate: Client["paginate"] = (id, parameters, callOptions) => {
    const operation: Operation = operations[id];
    const { limit, ...chosen }: CallParameters = parameters ?? {};
    const order = operation.sortedBy === undefined ? {} : { sorters: operation.sortedBy };
    const size = typeof limit === "number" ? limit : undefined;
    const read = (page: Page, body?: object) =>
      callById(id, { ...order, ...chosen, ...(body && { body }), ...page }, callOptions ?? {});
    const items =
      operation.offsetsWithin === undefined
        ? pages(operation, read, size)
        : searchPages(operation, read, { ...(chosen["body"] as object) }, size);
    // The border: each page has been checked against the definition of the operation.
    return items as AsyncGenerator<Item<typeof id>, void, undefined>;
  };

  const count: Client["count"] = async (id, parameters, callOptions) => {
    const { headers } = await callById(id, { ...parameters, limit: 1, offset: 0, count: true }, callOptions ?? {});
    return totalOf(headers);
  };

  return {
    baseUrl,
    apiVersion,
    readOnly,
    call,
    paginate,
    count,
    awaitTask: (taskId, taskOptions = {}) =>
      awaitTask((signal) => call("getTaskStatus", { id: taskId }, { signal, context: taskOptions.context }), clock, {
        ...taskOptions,
        taskId,
      }),
    tenant: async ({ signal = closing.signal } = {}) => (await tokens.bearer(signal)).tenant,
    bearer: ({ signal = closing.signal } = {}) => tokens.bearer(signal),
    has: (id) => has(operations[id], apiVersion),
    close() {
      closing.abort();
      transport.close();
    },
  };
}

const isDeprecated = ({ headers }: CallOutcome): boolean => headers["x-deprecated"]?.trim().toLowerCase() === "true";

function requireCredentials(clientId: string, clientSecret: string): void {
  const missing = [
    ...(clientId ? [] : ["client id (sailpoint:clientId or SAIL_CLIENT_ID)"]),
    ...(clientSecret ? [] : ["client secret (sailpoint:clientSecret or SAIL_CLIENT_SECRET)"]),
  ];
  if (missing.length === 0) return;
  const happened = `The ${missing.join(" and the ")} ${missing.length === 1 ? "is" : "are"} missing`;
  throw new SailPointError({ kind: "configuration", happened, remedy: "Set what is missing." });
}

function refusedWrite(operationId: string, operation: Operation, { context }: CallOptions): SailPointError {
  return new SailPointError({
    kind: "configuration",
    context: context ?? `Cannot ${operation.does}`,
    happened: `${operation.method} ${operation.path} is a write, and the connection is read-only; nothing was sent`,
    operationId,
    method: operation.method,
    path: operation.path,
    remedy: "Set sailpoint:readOnly to false to allow writes.",
  });
}
