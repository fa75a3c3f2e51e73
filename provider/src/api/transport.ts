import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { HttpsProxyAgent } from "hpagent";
import { packageVersion } from "./package-version";
import { proxyFor } from "./proxy";
import type { Symptom } from "./retry";

/** One request as it goes over the wire. */
export interface Exchange {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | FormData | undefined;
  timeoutMs: number;
}

export interface Reply {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
}

/** No answer came, or none that can be read. */
export class ExchangeError extends Error {
  constructor(
    readonly symptom: Symptom,
    /** The system's name for it: `ECONNRESET`, `ENOTFOUND` … */
    readonly reason: string,
    message: string,
    /** Repeating does not help: the address, the proxy or the certificate is wrong. */
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Sends requests over connections that are kept open. Repeats nothing, follows nothing, judges no status. */
export class Transport {
  private readonly agents: { http: HttpAgent; https: HttpsAgent };
  readonly proxy: string | undefined;

  constructor(baseUrl: string, environment: NodeJS.ProcessEnv = process.env) {
    this.proxy = proxyFor(baseUrl, environment);
    this.agents = {
      http: new HttpAgent(kept),
      https: this.proxy ? new HttpsProxyAgent({ ...kept, proxy: this.proxy }) : new HttpsAgent(kept),
    };
  }

  async send(exchange: Exchange, signal: AbortSignal): Promise<Reply> {
    // Loading got takes 80 ms: only who really calls pays for it.
    const { got } = await import("got");
    signal.throwIfAborted();
    try {
      const answer = await got(exchange.url, {
        method: exchange.method as "GET",
        headers: { "user-agent": userAgent(), ...exchange.headers },
        ...(exchange.body === undefined ? {} : { body: exchange.body }),
        agent: this.agents,
        signal,
        timeout: { connect: connectMs, secureConnect: connectMs, request: exchange.timeoutMs },
        retry: { limit: 0 },
        followRedirect: false,
        throwHttpErrors: false,
        responseType: "buffer",
      });
      return { status: answer.statusCode, headers: flat(answer.headers), text: answer.body.toString("utf8") };
    } catch (error) {
      signal.throwIfAborted();
      throw toExchangeError(error);
    }
  }

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }
}

// A connection that the tenant is about to close would lose the next write: ours are closed first.
const kept = { keepAlive: true, maxSockets: 64, timeout: 4_000, scheduling: "lifo" as const };
const connectMs = 15_000;

function toExchangeError(error: unknown): ExchangeError {
  const { code = "", message, event, syscall } = error as GotFailure;
  if (certificateProblem.test(code) || /certificate/i.test(message)) {
    return new ExchangeError("not-sent", code, `its certificate is not trusted (${code || message})`, trustRemedy);
  }
  if (message.startsWith("Bad response: 407")) {
    return new ExchangeError("not-sent", "407", "the proxy asks for a user and a password", proxyRemedy);
  }
  if (message.startsWith("Bad response: ")) {
    return new ExchangeError(
      "not-sent",
      message.slice(14),
      `the proxy refused the connection (${message})`,
      proxyRemedy,
    );
  }
  const beforeSending =
    notSent.has(code) ||
    syscall === "connect" ||
    event === "connect" ||
    event === "secureConnect" ||
    event === "lookup";
  if (beforeSending) return new ExchangeError("not-sent", code, reasons[code] ?? message);
  if (unreadable.test(code)) return new ExchangeError("unreadable", code, message);
  return new ExchangeError("lost", code, reasons[code] ?? message);
}

/** What got throws, as far as we look. Its request holds the token: it is never handed on. */
interface GotFailure {
  code?: string;
  message: string;
  /** Which part of a request took too long. */
  event?: string;
  syscall?: string;
}

const notSent = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"]);
const unreadable = /^(Z_|ERR_.*(DECOD|ZLIB|BROTLI))/;
const certificateProblem = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL|EPROTO/;
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the name of the host could not be looked up",
  ECONNREFUSED: "nothing listens there",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the host's network",
  ECONNRESET: "the connection was closed before the answer came",
  EPIPE: "the connection was closed before the request was sent whole",
  ETIMEDOUT: "no answer came in time",
};
const trustRemedy =
  "If your company checks encrypted traffic or the tenant has a certificate of its own, name the file of its certificate authority in NODE_EXTRA_CA_CERTS.";
const proxyRemedy = "Check HTTPS_PROXY and NO_PROXY.";

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

let agentName: string | undefined;

/** The package's name and version. */
function userAgent(): string {
  agentName ??= `pulumi-sailpoint/${packageVersion()} (node ${process.versions.node}; ${process.platform})`;
  return agentName;
}
