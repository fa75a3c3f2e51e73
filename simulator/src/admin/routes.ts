import type { Context } from "hono";

import type { Web } from "../http/server";
import type { RequestLog } from "../http/requests";
import { isObject, textOf, type JsonObject } from "../json";
import type { FaultRule } from "../http/faults";
import type { Tenant } from "../tenant";
import type { Admin } from "./admin";

type Action = (body: JsonObject) => unknown;

/** The admin actions over HTTP: `POST /_admin/<action>` with JSON, `GET /_admin/requests | state | settings`. */
export function addAdminRoutes(web: Web, tenant: Tenant, admin: Admin, log: RequestLog): void {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const actions: Readonly<Record<string, Action>> = {
    edit: (body) => admin.edit(textOf(body["path"]), list(body["patch"]), actorOf(body)),
    remove: (body) => admin.remove(textOf(body["path"]), actorOf(body)),
    put: (body) => admin.put(textOf(body["path"]), isObject(body["object"]) ? body["object"] : {}, actorOf(body)),
    show: (body) => admin.show(textOf(body["path"]), body["what"]),
    "run-connector": (body) => admin.runConnector(textOf(body["sourceId"])),
    "move-connector": (body) => admin.moveConnector(textOf(body["sourceId"]), body),
    "add-client": (body) => admin.addClient(body),
    aggregate: (body) => admin.aggregate(textOf(body["sourceId"])),
    use: (body) =>
      admin.use(textOf(body["sourceId"]), textOf(body["by"]) as Parameters<Admin["use"]>[1], textOf(body["name"])),
    fault: (body) => ({ id: admin.fault(body as unknown as FaultRule) }),
    "clear-faults": () => admin.clearFaults(),
    "clear-requests": () => log.clear(),
    set: (body) => admin.set(body),
  };
  for (const [name, action] of Object.entries(actions)) {
    web.post(`/_admin/${name}`, (context) => run(context, action));
  }
  web.get("/_admin/requests", (context) => context.json(log.all(context.req.query("tokens") === "true")));
  web.get("/_admin/state", (context) => context.json(admin.state()));
  web.get("/_admin/secrets", (context) => run(context, () => admin.secrets(context.req.query("sourceId") ?? "")));
  web.get("/_admin/settings", (context) => context.json(tenant.settings));
}

const actorOf = (body: JsonObject): string | undefined =>
  typeof body["actor"] === "string" ? body["actor"] : undefined;

async function run(context: Context, action: Action): Promise<Response> {
  try {
    const text = await context.req.text();
    const body: unknown = text === "" ? {} : JSON.parse(text);
    if (!isObject(body)) return context.json({ error: "The body must be a JSON object." }, 400);
    return context.json(action(body) ?? {});
  } catch (error) {
    return context.json({ error: error instanceof Error ? error.message : String(error) }, 400);
  }
}
