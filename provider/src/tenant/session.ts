import { createHash } from "node:crypto";
import { type Client, createClient } from "../api";
import { ProblemError } from "./problem";
import { Reads } from "./reads";
import { References } from "./lookup";
import { type Settings, resolveSettings } from "./settings";

/** What the lifecycle needs of one tenant while one command runs. */
export interface Session {
  readonly client: Client;
  /** The tenant's name, from the token. */
  readonly tenant: string;
  readonly host: string;
  readonly settleMs: number;
  readonly reads: Reads;
  readonly references: References;
}

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
  session(): Promise<Session>;
}

/** Client, token and limiter are shared by everything in this process that uses the same connection. */
const sessions = new Map<string, Promise<Session>>();

export function connect(config: (key: string) => string | undefined): Connection {
  const resolved = resolveSettings(config, process.env);
  if ("settings" in resolved) {
    const { settings } = resolved;
    const { apiVersion, baseUrl } = settings;
    return { problems: [], host: new URL(baseUrl).host, apiVersion, session: () => shared(settings) };
  }
  const problems = "problems" in resolved ? resolved.problems : [];
  const message =
    "problems" in resolved
      ? `The SailPoint tenant is not configured:\n${problems.join("\n")}`
      : "The SailPoint tenant is not known yet: its configuration is the output of something that is not deployed";
  return { problems, host: undefined, apiVersion: undefined, session: () => Promise.reject(new ProblemError(message)) };
}

const keyOf = (settings: Settings): string => createHash("sha256").update(JSON.stringify(settings)).digest("hex");

function shared(settings: Settings): Promise<Session> {
  const key = keyOf(settings);
  const known = sessions.get(key);
  if (known) return known;
  const opened = open(settings);
  sessions.set(key, opened);
  return opened;
}

/** Ends a session, and what is under way in it: for a process that outlives the deployment. */
export function disconnect(config: (key: string) => string | undefined): void {
  const resolved = resolveSettings(config, process.env);
  if (!("settings" in resolved)) return;
  const key = keyOf(resolved.settings);
  void sessions.get(key)?.then(
    ({ client }) => client.close(),
    () => undefined,
  );
  sessions.delete(key);
}

/** Within a time that was asked for there shall be room for a second attempt and a third. */
const attemptWithin = (deadlineMs: number): number => Math.min(deadlineMs / 3, 60_000);

async function open({ settleMs, deadlineMs, ...settings }: Settings): Promise<Session> {
  const patience = deadlineMs === undefined ? {} : { deadlineMs, attemptMs: attemptWithin(deadlineMs) };
  const client = createClient({ ...settings, ...patience });
  const tenant = await client.tenant();
  const reads = new Reads(client, settleMs);
  const host = new URL(settings.baseUrl).host;
  return { client, tenant, host, settleMs, reads, references: new References(client, reads) };
}
