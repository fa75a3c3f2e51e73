import type { Connection, Occasion, Session } from "../tenant/session";
import type { Declared } from "../kinds/kind";
import { ProblemError } from "../tenant/problem";
import type { JsonObject } from "../reconcile";
import { ExplainedError } from "./explained";
import { hostOf } from "./record";
import { inputsOf } from "./state";

/**
 * The tenant guard: what is in the state of one tenant is never looked for, changed or deleted on another.
 */
export async function sessionFor(
  call: Occasion & { connection: Connection },
  kind: Declared,
  properties: JsonObject,
): Promise<Session> {
  const session = await call.connection.session(call);
  const recorded = properties["tenant"];
  if (typeof recorded === "string" && recorded !== session.tenant) {
    const host = hostOf(properties);
    throw new ProblemError(otherTenant(kind, properties, recorded, host, session.tenant, session.host), {
      shared: [recorded, host, session.tenant, session.host].join(" "),
    });
  }
  return session;
}

/** The session for what changes the tenant or the state: what is read-only keeps both as they are. */
export function writable(session: Session): Session {
  if (!session.client.readOnly) return session;
  throw new ProblemError(
    "this is a write, and the connection is read-only; nothing was sent. Set sailpoint:readOnly to false to allow writes",
    { shared: `${session.host} is read-only` },
  );
}

/** Whether the state has the object at another address than the configured one. */
export function isOtherHost({ host }: Connection, properties: JsonObject): boolean {
  const recorded = hostOf(properties);
  return host !== undefined && recorded !== "" && recorded !== host;
}

/** The same without any call, by the host alone. */
export function refuseOtherHost(connection: Connection, kind: Declared, properties: JsonObject): void {
  const { host } = connection;
  if (host === undefined || !isOtherHost(connection, properties)) return;
  const recorded = hostOf(properties);
  const title = kind.title(inputsOf(kind, properties));
  const problem = new ProblemError(
    `${otherTenant(kind, properties, String(properties["tenant"]), recorded, "another address", host)}. ` +
      `If both addresses lead to the same tenant, run \`pulumi refresh --run-program\` once`,
    { shared: [recorded, host].join(" ") },
  );
  throw new ExplainedError(title, problem);
}

const otherTenant = (
  kind: Declared,
  properties: JsonObject,
  recorded: string,
  recordedHost: string,
  now: string,
  nowHost: string,
): string =>
  `${kind.title(inputsOf(kind, properties))} is on tenant ${recorded} (${recordedHost}), but the configuration points ` +
  `to ${now} (${nowHost}). Nothing was sent. Point sailpoint:baseUrl back, or use a stack of its own for each tenant`;
