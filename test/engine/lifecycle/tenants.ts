import type { RequestRecord, RunningTenant } from "sailpoint-simulator";
import { type Client, createClient } from "pulumi-sailpoint/api";

/** A client beside the program's, for what is on the tenant before the program comes. Closed with the test file. */
export function clientOf({ baseUrl, clientId, clientSecret }: RunningTenant): Client {
  const client = createClient({ baseUrl, clientId, clientSecret, rateLimit: false });
  clients.push(client);
  return client;
}

const clients: Client[] = [];
afterAll(() => {
  for (const client of clients) client.close();
});

/** Makes a source that somebody else made; its id. */
export async function existingSource(client: Client, name: string, more: object = {}): Promise<string> {
  const owners = client.paginate("listIdentities", { filters: 'alias eq "support"' });
  const { value: owner } = await owners.next();
  const body = { name, connector: "active-directory", owner: { type: "IDENTITY", id: String(owner?.id) }, ...more };
  return (await client.call("createSource", { body })).id;
}

type Json = Record<string, unknown>;

/** All that a tenant stores; taken once for many looks, since it is a copy. */
export type Stock = Record<string, Record<string, unknown>>;

/** What is stored at a path: `/sources/ID`, `/sources/ID/schemas/NAME`, `/sources/ID/correlation-config/` … */
export function stored(stock: Stock, path: string): Json | undefined {
  const [kind = "", id = "", part, child = ""] = path.replace(/^\//, "").split("/");
  if (part === undefined) return stock[kind]?.[id] as Json | undefined;
  const members = (stock[part]?.[id] ?? {}) as Record<string, Json>;
  return members[child] ?? Object.values(members).find(({ name }) => name === child);
}

/** The id of the source of this name. */
export function sourceNamed(stock: Stock, name: string): string {
  const found = Object.entries(stock["sources"] ?? {}).find(([, source]) => (source as Json)["name"] === name);
  if (!found) throw new Error(`There is no source "${name}"`);
  return found[0];
}

/** The writes in the log, those below one path or all. */
export const writes = (tenant: RunningTenant, below = ""): RequestRecord[] =>
  tenant.requests().filter(({ method, path }) => method !== "GET" && path.includes(below));

/** A value without what the server keeps by itself, and with lists that have no order in one order. */
export function comparable(value: unknown, unordered: readonly string[] = [], key = ""): unknown {
  if (Array.isArray(value)) {
    const members = value.map((member) => comparable(member, unordered));
    return unordered.includes(key)
      ? members.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
      : members;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !["created", "modified", "since"].includes(name))
      .map(([name, member]) => [name, comparable(member, unordered, name)]),
  );
}
