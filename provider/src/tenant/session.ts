import { createHash } from "node:crypto";
import { type Answer, type Client, type Notice, createClient } from "../api";
import { Departures } from "./departures";
import { ProblemError } from "./problem";
import { Reads } from "./reads";
import type { Report } from "./report";
import { References } from "./lookup";
import { sentRequests } from "./sent-requests";
import { ask } from "./wire";
import { type Settings, resolveSettings } from "./settings";

/** What the lifecycle needs of one tenant while one command runs. */
export interface Session {
  readonly client: Client;
  /** The tenant's name, from the token. */
  readonly tenant: string;
  readonly host: string;
  readonly settleMs: number;
  readonly reads: Reads;
  readonly departures: Departures;
  readonly references: References;
  /** Where what is told about the resource in hand goes. */
  readonly report: Report;
  /** Aborted when nobody waits for the resource in hand any more; undefined where the host cannot tell. */
  readonly signal: AbortSignal | undefined;
  /** How long the program lets the resource in hand take, where it says so. */
  readonly limitMs?: number | undefined;
  /** The command destroys, as far as the host can know. */
  readonly destroys?: boolean;
}

/** Which tenant is meant is not known, or not yet. */
export class NotConnected extends ProblemError {}

/** What differs from one call of the host to the next, on the same tenant. */
export type Occasion = Pick<Session, "report" | "signal" | "limitMs" | "destroys">;

/**
 * Which tenant, with which right. Made from the provider's configuration without any I/O; the token is fetched when
 * the first call needs it.
 */
export interface Connection {
  /** Everything that is wrong with the configuration, each with its remedy. */
  readonly problems: readonly string[];
  /** The host that the configuration names, if it is known. */
  readonly host: string | undefined;
  /** The version of the API, if it is known. */
  readonly apiVersion: string | undefined;
  /** Whether the configuration forbids every write. */
  readonly readOnly: boolean;
  /** The same for all calls of one deployment to this tenant, whether it was reached yet or not. */
  readonly deployment: object;
  session(occasion: Occasion): Promise<Session>;
}

type Config = (key: string) => string | undefined;
/** What all calls that use the same connection share: client, token, limiter, what was read and looked up. */
interface Shared extends Omit<Session, keyof Occasion> {
  /** Where the client's own notices go (something is deprecated, an odd answer was skipped): to whom asked last. */
  readonly notices: { report: Report | undefined };
}

/** How long a sign-in that failed is remembered: many resources ask at once, and all of them get the one answer. */
const FAILURE_MS = 2_000;

/** Something that is made once for a tenant, by who first asks for it, and ends with the tenant's session. */
export function besideSession<T>(make: (session: Session) => T): (session: Session) => T {
  const made = new WeakMap<object, T>();
  return (session) => {
    // A session is another object for each call; its reads are the same for all.
    const known = made.get(session.reads) ?? make(session);
    made.set(session.reads, known);
    return known;
  };
}

/** The sessions of one deployment; they end with it. */
export class Sessions {
  private readonly shared = new Map<string, Promise<Shared>>();
  private readonly deployments = new Map<string, object>();

  /** @param isOurs Which of a client's notices are told here. */
  constructor(private readonly isOurs: (notice: Notice) => boolean = () => true) {}

  /** A connection by a provider's configuration. No I/O: the token is fetched when the first call needs it. */
  connect(config: Config): Connection {
    const resolved = resolveSettings(config, process.env);
    if ("settings" in resolved) {
      const { settings } = resolved;
      const { apiVersion, baseUrl, readOnly } = settings;
      const session = async (occasion: Occasion) => during(await this.open(settings), occasion);
      const deployment = this.deployments.get(keyOf(settings)) ?? {};
      this.deployments.set(keyOf(settings), deployment);
      return { problems: [], host: new URL(baseUrl).host, apiVersion, readOnly, deployment, session };
    }
    const problems = "problems" in resolved ? resolved.problems : [];
    const message =
      "problems" in resolved
        ? `${resolved.told}:\n${problems.join("\n")}`
        : "The SailPoint tenant is not known yet: its configuration is the output of something that is not deployed";
    const session = () => Promise.reject(new NotConnected(message, { shared: message }));
    return { problems, host: undefined, apiVersion: undefined, readOnly: false, deployment: {}, session };
  }

  /** Ends the session of a connection, and what is under way in it. */
  end(config: Config): void {
    const resolved = resolveSettings(config, process.env);
    if (!("settings" in resolved)) return;
    const key = keyOf(resolved.settings);
    const ended = this.shared.get(key);
    this.shared.delete(key);
    this.deployments.delete(key);
    void ended?.then(
      ({ client }) => client.close(),
      () => undefined, // it never began
    );
  }

  private open(settings: Settings): Promise<Shared> {
    const key = keyOf(settings);
    const known = this.shared.get(key);
    if (known) return known;
    const opened = open(settings, this.isOurs);
    this.shared.set(key, opened);
    opened.catch(() => setTimeout(() => this.shared.delete(key), FAILURE_MS).unref());
    return opened;
  }
}

const keyOf = (settings: Settings): string => createHash("sha256").update(JSON.stringify(settings)).digest("hex");

/** The shared session as one call of the host uses it: what it asks of the tenant by itself ends with the call. */
function during(shared: Shared, occasion: Occasion): Session {
  shared.notices.report = occasion.report;
  return { ...shared, ...occasion, client: abortable(shared.client, occasion.signal) };
}

/** The client, each of whose calls ends with the signal unless it has one of its own. */
function abortable(client: Client, signal: AbortSignal | undefined): Client {
  if (signal === undefined) return client;
  const call: Client["call"] = (id, ...[parameters, options]) =>
    ask(client, id, parameters ?? {}, { signal, ...options }) as Promise<Answer<typeof id>>;
  const paginate: Client["paginate"] = (id, parameters, options) =>
    client.paginate(id, parameters, { signal, ...options });
  const awaitTask: Client["awaitTask"] = (taskId, options) => client.awaitTask(taskId, { signal, ...options });
  return { ...client, call, paginate, awaitTask };
}

/** Within a time that was asked for there shall be room for a second attempt and a third. */
const attemptWithin = (deadlineMs: number): number => Math.min(deadlineMs / 3, 60_000);

async function open(
  { settleMs, deadlineMs, ...settings }: Settings,
  isOurs: (notice: Notice) => boolean,
): Promise<Shared> {
  const patience = deadlineMs === undefined ? {} : { deadlineMs, attemptMs: attemptWithin(deadlineMs) };
  const notices: Shared["notices"] = { report: undefined };
  const onNotice = (notice: Notice) => isOurs(notice) && notices.report?.warn(notice.text);
  const client = createClient({ ...settings, ...patience, onNotice, sentRequests: sentRequests(settings) });
  return shared(client, settleMs, notices, settings.rateLimit !== false);
}

async function shared(client: Client, settleMs: number, notices: Shared["notices"], isLimited = true): Promise<Shared> {
  const tenant = await client.tenant();
  const reads = new Reads(client, settleMs);
  const departures = new Departures(client, isLimited);
  const { host } = new URL(client.baseUrl);
  return { client, tenant, host, settleMs, reads, departures, references: new References(client, reads), notices };
}

/** A session that goes with a client which somebody else has made, and closes. */
export const sessionOf = async (client: Client, settleMs: number, occasion: Occasion): Promise<Session> =>
  during(await shared(client, settleMs, { report: undefined }), occasion);
