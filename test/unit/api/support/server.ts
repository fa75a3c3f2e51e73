import { type IncomingMessage, type RequestListener, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "pulumi-sailpoint/api";

/** One request as a local server saw it. */
export interface Seen {
  at: number;
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
  /** Which connection it came over: the first is 1. */
  connection: number;
}

export interface LocalServer {
  baseUrl: string;
  /** Without the requests for a token. */
  seen: Seen[];
  tokensGiven: number;
  close(): Promise<void>;
}

export type Handler = (seen: Seen, response: ServerResponse, nth: number) => unknown;

export interface TokenPolicy {
  lifeSeconds?: number;
  /** Instead of a token. */
  answer?: (response: ServerResponse, nth: number) => void;
}

export interface Behaviour extends TokenPolicy {
  /**
   * Whether the question if it knows the version of the API, which is for its first source, is left to the test, too.
   * Default: it is answered with yes, and not noted.
   */
  leavesVersions?: boolean;
}

/** A real server on this machine that gives tokens and leaves all else to the test. */
export async function serve(handler: Handler, tokens: Behaviour = {}): Promise<LocalServer> {
  const connections = new Map<unknown, number>();
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers, socket } = request;
      if (!connections.has(socket)) connections.set(socket, connections.size + 1);
      const connection = connections.get(socket) ?? 0;
      const seen = { at: Date.now(), method, path, headers, body: Buffer.concat(chunks).toString(), connection };
      if (path === "/oauth/token") {
        giveToken(response);
        return;
      }
      if (tokens.leavesVersions !== true && method === "GET" && /^\/(v\d+\/sources|sources\/v1)\?limit=1$/.test(path)) {
        json(response, 200, []);
        return;
      }
      local.seen.push(seen);
      handler(seen, response, local.seen.length);
    });
  };
  const giveToken = (response: ServerResponse) => {
    local.tokensGiven += 1;
    if (tokens.answer) {
      tokens.answer(response, local.tokensGiven);
      return;
    }
    json(response, 200, { access_token: tokenOf(local.tokensGiven), expires_in: tokens.lifeSeconds ?? 749 });
  };
  // It never closes an idle connection: that is left to the client.
  const server = createServer({ keepAliveTimeout: 600_000 }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const local: LocalServer = {
    baseUrl: `http://127.0.0.1:${port}`,
    seen: [],
    tokensGiven: 0,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
  return local;
}

/** A JWT as tenants give it, the nth of its kind. */
export function tokenOf(nth: number, claims: object = { org: "tenant-a" }): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [encode({ alg: "none" }), encode({ ...claims, nth }), "signature"].join(".");
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

const day = 24 * 3_600_000;

type Options = Parameters<typeof createClient>[0];

export const secret = "s3cr3t-of-the-client";

/** With a day to each call: a clock that is sped up a thousand times must not end calls on a busy machine. */
export function clientOf(server: { baseUrl: string }, options: Partial<Options> = {}) {
  return createClient({
    baseUrl: server.baseUrl,
    clientId: "id",
    clientSecret: secret,
    rateLimit: false,
    deadlineMs: day,
    ...options,
  });
}
