import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { clientOf, json, serve, type Handler } from "./support/server";

const opened = closing();

async function tenant(handler: Handler, apiVersion = "v2025") {
  const server = opened(await serve(handler));
  return { server, client: opened(clientOf(server, { apiVersion, readOnly: true })) };
}

const changes = { indices: ["events"], query: { query: "type:SOURCE_MANAGEMENT" }, sort: ["-created"] };

test.each([
  ["v2025", "/v2025/search?limit=5"],
  ["services", "/search/v1?limit=5"],
])("a search of %s is a read, and its answer is kept as it came", async (apiVersion, path) => {
  const found = [{ id: "1", action: "SOURCE_UPDATE", actor: { name: "jane.doe" }, _type: "event", pod: "x" }];
  const { server, client } = await tenant((_, response) => json(response, 200, found), apiVersion);
  expect(await client.call("searchPost", { limit: 5, body: changes })).toEqual(found);
  expect(server.seen).toMatchObject([{ method: "POST", path, body: JSON.stringify(changes) }]);
});

test("a count is the header of an answer without content", async () => {
  const { server, client } = await tenant((_, response) => response.writeHead(204, { "x-total-count": "12" }).end());
  expect(await client.call("searchCount", { body: changes })).toBe(12);
  expect(server.seen[0]?.path).toBe("/v2025/search/count");
});

test("a count that does not come is an error, never a zero", async () => {
  const { client } = await tenant((_, response) => response.writeHead(204).end());
  const error = await failureOf(client.call("searchCount", { body: changes }));
  expect(error.message).toContain("X-Total-Count: it is missing");
});

describe("pages of a search", () => {
  interface Event {
    id: string;
    created: string;
    actor: { name: string };
  }
  interface Asked {
    sort: string[];
    searchAfter?: string[];
  }
  const events = (count: number): Event[] =>
    Array.from({ length: count }, (_, i) => ({
      id: String(i).padStart(6, "0"),
      created: `2026-08-${String(10 + Math.floor((count - i) / 3000))}`,
      actor: { name: "jane" },
    }));

  /** Refuses offsets beyond 10,000, as the API does. */
  async function history(all: Event[]) {
    const asked: Asked[] = [];
    const world = await tenant(({ path, body }, response) => {
      const query = new URL(path, "http://x").searchParams;
      const [offset, limit] = [Number(query.get("offset")), Number(query.get("limit"))];
      const search = JSON.parse(body) as Asked;
      asked.push(search);
      if (offset + limit > 10_000) json(response, 400, { messages: [{ text: "offset + limit" }] });
      const after = search.searchAfter?.at(-1);
      const rest = all.slice(after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1);
      json(response, 200, rest.slice(offset, offset + limit), { "x-total-count": String(all.length) });
    });
    return { ...world, asked };
  }

  test.each([0, 1, 250, 9_999, 10_000, 10_001, 20_000, 20_300])("%i events come once each", async (count) => {
    const all = events(count);
    const { client } = await history(all);
    const found: unknown[] = [];
    for await (const { id } of client.paginate("searchPost", { body: changes, limit: 5_000 })) found.push(id);
    expect(found).toEqual(all.map(({ id }) => id));
  });

  test("go on after the last event, in an order that tells all apart", async () => {
    const { client, asked } = await history(events(10_001));
    const body = { ...changes, sort: ["-created", "actor.name"] };
    for await (const _ of client.paginate("searchPost", { body, limit: 5_000 }));
    expect(new Set(asked.map(({ sort }) => sort.join()))).toEqual(new Set(["-created,actor.name,id"]));
    const [first, second, third] = asked.map(({ searchAfter }) => searchAfter);
    expect([first, second, third]).toEqual([undefined, undefined, ["2026-08-10", "jane", "009999"]]);
  });

  test("keep an order that has the id already", async () => {
    const { client, asked } = await history(events(1));
    for await (const _ of client.paginate("searchPost", { body: { ...changes, sort: ["-id"] } }));
    expect(asked.map(({ sort }) => sort)).toEqual([["-id"]]);
  });
});
