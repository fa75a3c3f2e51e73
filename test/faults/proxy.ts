import { type IncomingMessage, type Server, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface Proxy {
  baseUrl: string;
  /** API requests so far; those for tokens do not count. */
  requests(): number;
  close(): Promise<void>;
}

/** What stands before a tenant and is told of each API request, before the tenant gets it and when it has done it. */
export interface Watch {
  before(nth: number, request: IncomingMessage): void;
  after(nth: number, request: IncomingMessage): void;
}

/** Passes requests on to a tenant. What the watch kills in between, the client never learns. */
export async function proxyFor(tenantUrl: string, watch: Watch): Promise<Proxy> {
  const target = new URL(tenantUrl);
  let count = 0;
  const server: Server = createServer((incoming, outgoing) => {
    const isApi = incoming.url !== "/oauth/token";
    const nth = count;
    if (isApi) {
      count += 1;
      watch.before(nth, incoming);
    }
    const { method, url: path, headers } = incoming;
    const passed = request({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        if (isApi) watch.after(nth, incoming);
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(Buffer.concat(parts));
      });
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${String(port)}`,
    requests: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
