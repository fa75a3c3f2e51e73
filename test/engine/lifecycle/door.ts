import { type IncomingMessage, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunningTenant } from "sailpoint-simulator";

/** A way to a tenant on which a test can stop a request, do something to the tenant, and let the request go on. */
export interface Door {
  /** What leads a program to the tenant through the door. */
  env: Record<string, string>;
  /** Does this once, before the n-th request (from now) with this method and a path that ends so. */
  before(method: string, path: string, act: () => void, n?: number): void;
  /** What has not been done, since no such request came. */
  waiting(): string[];
}

interface Watch {
  method: string;
  path: string;
  act: () => void;
  left: number;
}

const doors: (() => void)[] = [];
afterAll(() => {
  for (const close of doors) close();
});

/** Opens a door, closed by itself when the test file is done. */
export async function doorTo(tenant: RunningTenant): Promise<Door> {
  let watches: Watch[] = [];
  const server = createServer((incoming, outgoing) => {
    const path = new URL(incoming.url ?? "", "http://tenant").pathname;
    for (const watch of watches) {
      if (watch.method !== incoming.method || !path.endsWith(watch.path)) continue;
      watch.left -= 1;
      if (watch.left === 0) watch.act();
    }
    watches = watches.filter(({ left }) => left > 0);
    forward(tenant.baseUrl, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  doors.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return {
    env: { ...tenant.env, SAIL_BASE_URL: `http://127.0.0.1:${String(port)}` },
    before: (method, path, act, n = 1) => watches.push({ method, path, act, left: n }),
    waiting: () => watches.map(({ method, path }) => `${method} ${path}`),
  };
}

function forward(baseUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers, url = "" } = incoming;
  const onward = request(new URL(url, baseUrl), { ...(method ? { method } : {}), headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
}
