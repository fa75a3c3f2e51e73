import { createAdaptorServer } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";

import { adminOf, type Admin } from "./admin/admin";
import { addAdminRoutes } from "./admin/routes";
import { Faults } from "./http/faults";
import { RequestLog, type RequestRecord } from "./http/requests";
import { webOf } from "./http/server";
import { TokenDesk } from "./http/token";
import { operations } from "./operations";
import type { TenantOptions } from "./options";
import { keepInFile } from "./persistence";
import { seedTenant } from "./seed/seed";
import { Tenant } from "./tenant";

/** A tenant that serves requests. */
export interface RunningTenant {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  /** What the official tools, and pulumi-sailpoint, read from the environment. */
  env: { SAIL_BASE_URL: string; SAIL_CLIENT_ID: string; SAIL_CLIENT_SECRET: string };
  /** The requests since the start or the last clearing; those for tokens only if asked for. */
  requests(options?: { tokens?: boolean }): RequestRecord[];
  clearRequests(): void;
  admin: Admin;
  /** Stops serving, breaks what connections there are, and writes the file if there is one. */
  close(): Promise<void>;
}

/** Starts a tenant on 127.0.0.1. */
export async function startTenant(options: TenantOptions = {}): Promise<RunningTenant> {
  const tenant = new Tenant(options);
  const file = options.file === undefined ? undefined : keepInFile(tenant, options.file);
  if (file?.restored !== true) seedTenant(tenant);
  tenant.open = true;
  const faults = new Faults();
  const log = new RequestLog();
  const tokens = new TokenDesk(tenant);
  const admin = adminOf(tenant, faults, tokens);
  const web = webOf({ tenant, tokens, faults, log }, operations, (routes) => {
    addAdminRoutes(routes, tenant, admin, log);
  });
  const server = createAdaptorServer({ fetch: web.fetch, overrideGlobalObjects: false }) as Server;
  // Longer than clients keep idle connections: none is closed under a request that is on its way.
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, options.port ?? 0);
  const baseUrl = `http://127.0.0.1:${String(port)}`;
  const { clientId, clientSecret } = tokens.first;
  return {
    baseUrl,
    clientId,
    clientSecret,
    env: { SAIL_BASE_URL: baseUrl, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret },
    requests: ({ tokens: withTokens = false } = {}) => log.all(withTokens),
    clearRequests: () => {
      log.clear();
    },
    admin,
    close: async () => {
      if (!server.listening) return;
      await closed(server);
      file?.save();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
