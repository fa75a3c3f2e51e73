import { type Clock, sleep, unlessAborted } from "./clock";
import { SailPointError } from "./errors";
import { explain } from "./explain";
import { failure, type Subject } from "./failure";
import type { Redactor } from "./redact";
import { backoff, retryAfter, symptomOf, verdictOn } from "./retry";
import { ExchangeError, type Reply, type Transport } from "./transport";

export interface TokenOptions {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  transport: Transport;
  clock: Clock;
  redactor: Redactor;
  deadlineMs: number;
  attemptMs: number;
  /** Ends a request for a token that nobody waits for any more. */
  closed: AbortSignal;
}

/** The access token: asked for once however many need it, renewed before it ends, and when the tenant refuses it. */
export class TokenSource {
  private current: { token: string; renewAt: number; bearer: Bearer } | undefined;
  private pending: Promise<string> | undefined;
  private answered = false;

  constructor(private readonly options: TokenOptions) {}

  async get(signal: AbortSignal): Promise<string> {
    if (this.current && this.options.clock.now() < this.current.renewAt) return this.current.token;
    this.pending ??= this.begin();
    return unlessAborted(this.pending, signal);
  }

  /** Whom the token is for, as it says itself. */
  async bearer(signal: AbortSignal): Promise<Bearer> {
    const token = await this.get(signal);
    return this.current?.token === token ? this.current.bearer : this.bearer(signal);
  }

  /** The tenant refused this token. A newer one stays. */
  discard(token: string): void {
    if (this.current?.token === token) this.current = undefined;
  }

  private begin(): Promise<string> {
    const pending = this.renew().finally(() => (this.pending = undefined));
    // Whoever waits hears of a failure. When all have been cancelled nobody waits, and that is no failure of its own.
    pending.catch(() => undefined);
    return pending;
  }

  private async renew(): Promise<string> {
    const { clock, redactor } = this.options;
    const askedAt = clock.now();
    const { token, lifeMs } = readToken(await this.ask(), this.options.baseUrl);
    redactor.learn(token);
    // Counted from the question: the tenant's clock started before the answer arrived.
    const renewAt = askedAt + lifeMs - Math.min(longestMarginMs, lifeMs * margin);
    this.current = {
      token,
      renewAt,
      bearer: bearerOf(token, this.options.baseUrl, { askedAt, lifeMs, now: clock.now() }),
    };
    return token;
  }

  /** Asking for a token twice does no harm, so everything that can be repeated is. */
  private async ask(): Promise<Reply> {
    const { clock, closed, deadlineMs, redactor } = this.options;
    const endsAt = clock.now() + deadlineMs;
    for (let attempts = 1; ; attempts += 1) {
      const last = await this.attempt();
      const lost = last instanceof ExchangeError;
      const symptom = lost ? last.symptom : symptomOf(last.status);
      if (!lost && symptom === undefined) return this.accept(last);
      const waitMs = (lost ? undefined : retryAfter(last.headers, clock.now())) ?? backoff(attempts, clock.random());
      const verdict = verdictOn({
        symptom,
        hopeless: lost && last.remedy !== undefined,
        attempts,
        idempotent: true,
        ...(this.answered ? {} : { most: attemptsBeforeFirstAnswer }),
        waitMs,
        leftMs: endsAt - clock.now(),
      });
      if (verdict !== "again") throw failure(last, this.subject(), { attempts, ambiguous: false }, redactor);
      await sleep(clock, waitMs, closed);
    }
  }

  private async attempt(): Promise<Reply | ExchangeError> {
    const { baseUrl, clientId, clientSecret, transport, attemptMs, closed } = this.options;
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
    const body = new URLSearchParams(form).toString();
    try {
      const url = `${baseUrl}${tokenPath}`;
      const reply = await transport.send({ method: "POST", url, headers, body, timeoutMs: attemptMs }, closed);
      if (reply.status < 500) this.answered = true;
      return reply;
    } catch (error) {
      if (error instanceof ExchangeError) return error;
      throw error;
    }
  }

  /** What is not a token is the client's fault (wrong id or secret) or the address's (not a tenant). */
  private accept(reply: Reply): Reply {
    const { baseUrl, redactor } = this.options;
    if (reply.status === 200) return reply;
    const { from, detail, trackingId } = explain(reply.text);
    const knowsClients = from === "oauth" || from === "isc";
    if ((reply.status === 400 || reply.status === 401) && knowsClients) {
      throw new SailPointError({
        kind: "authentication",
        context: "Cannot sign in",
        method: "POST",
        path: tokenPath,
        status: reply.status,
        detail: redactor.text(detail),
        trackingId,
        happened: `${baseUrl} does not accept the client id and the client secret (${reply.status})`,
        remedy:
          "Check sailpoint:clientId and sailpoint:clientSecret (SAIL_CLIENT_ID, SAIL_CLIENT_SECRET): are they of this tenant, and is the secret the current one?",
      });
    }
    if (reply.status === 403 && knowsClients)
      throw failure(reply, this.subject(), { attempts: 1, ambiguous: false }, redactor);
    throw notATenant(baseUrl, `answers POST ${tokenPath} with ${reply.status}`);
  }

  private subject(): Subject {
    const { baseUrl } = this.options;
    return { context: "Cannot sign in", method: "POST", path: tokenPath, baseUrl };
  }
}

/** Whom an access token is for, as far as it says so itself. */
export interface Bearer {
  /** The tenant's name, else the host of the base URL. */
  tenant: string;
  user: string | undefined;
  /** User levels of the client's owner: `ORG_ADMIN`, `SOURCE_ADMIN` … */
  authorities: string[];
  /** `sp:scopes:all`, `idn:sources:manage` … */
  scopes: string[];
  /** By how much the tenant's clock is ahead of this machine's, to the second; undefined when the token has no times. */
  clockAheadMs: number | undefined;
}

function bearerOf(token: string, baseUrl: string, got: { askedAt: number; lifeMs: number; now: number }): Bearer {
  const { org, user_name: user, authorities, scope, iat, exp } = claimsOf(token);
  const issuedAt = typeof iat === "number" ? iat * 1000 : typeof exp === "number" ? exp * 1000 - got.lifeMs : undefined;
  return {
    tenant: typeof org === "string" && org !== "" ? org : new URL(baseUrl).host,
    user: typeof user === "string" ? user : undefined,
    authorities: words(authorities),
    scopes: words(scope),
    clockAheadMs: issuedAt === undefined ? undefined : ahead(issuedAt, got.askedAt, got.now),
  };
}

/** Times in tokens are whole seconds: within the second, and within the time that the answer took, nothing is known. */
function ahead(issuedAt: number, askedAt: number, now: number): number {
  if (issuedAt > now) return issuedAt - now;
  return Math.min(0, issuedAt + 1000 - askedAt);
}

const words = (list: unknown): string[] =>
  Array.isArray(list)
    ? list.map(String)
    : typeof list === "string"
      ? list.split(" ").filter((word) => word !== "")
      : [];

/** What the token says of itself: a JWT's payload, unverified (the tenant verifies it). */
function claimsOf(token: string): Record<string, unknown> {
  const payload = token.split(".")[1];
  if (payload === undefined) return {};
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    // An opaque token says nothing of itself, and need not.
    return {};
  }
}

const tokenPath = "/oauth/token";
/** As long as the tenant never answered, its address is probably wrong: the user should know soon. */
const attemptsBeforeFirstAnswer = 3;
/** Renewed this share of its life before it ends … */
const margin = 0.2;
/** … but never sooner than this. */
const longestMarginMs = 60_000;
const assumedLifeSeconds = 300;

function readToken(reply: Reply, baseUrl: string): { token: string; lifeMs: number } {
  const answer = parse(reply.text);
  const token = answer["access_token"];
  if (typeof token !== "string" || token === "") throw notATenant(baseUrl, `answers POST ${tokenPath} without a token`);
  const life = answer["expires_in"];
  return { token, lifeMs: (typeof life === "number" && life > 0 ? life : assumedLifeSeconds) * 1000 };
}

function notATenant(baseUrl: string, how: string): SailPointError {
  return new SailPointError({
    kind: "configuration",
    context: "Cannot sign in",
    happened: `${baseUrl} is not the API of a tenant: it ${how}`,
    method: "POST",
    path: tokenPath,
    remedy:
      "Check the base URL (sailpoint:baseUrl, SAIL_BASE_URL); it should read like https://acme.api.identitynow.com.",
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Not JSON: no token in it, which the caller reports.
    return {};
  }
}
