import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { clientOf, json, serve } from "./support/server";

const opened = closing();

interface Numbered {
  id: string;
  name: string;
}
const numbered = (count: number): Numbered[] =>
  Array.from({ length: count }, (_, i) => ({ id: String(i).padStart(5, "0"), name: `Source ${i}` }));

/** A collection that `change` may alter before each page but the first. */
async function collection(items: Numbered[], options: { counts?: boolean; change?: (page: number) => unknown } = {}) {
  const { counts = true, change } = options;
  const server = opened(
    await serve(({ path }, response, nth) => {
      if (nth > 1) change?.(nth);
      const query = new URL(path, "http://x").searchParams;
      const offset = Number(query.get("offset"));
      const page = items.slice(offset, offset + Number(query.get("limit")));
      json(response, 200, page, counts ? { "x-total-count": String(items.length) } : {});
    }),
  );
  return { server, client: opened(clientOf(server)) };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test.each([
  [0, 1],
  [1, 1],
  [250, 1],
  [251, 2],
  [500, 2],
  [600, 3],
])("%i items take %i requests", async (count, requests) => {
  const { server, client } = await collection(numbered(count));
  expect(await all(client.paginate("listSources"))).toHaveLength(count);
  expect(server.seen).toHaveLength(requests);
  expect(server.seen[0]?.path).toBe("/v2025/sources?limit=250&offset=0&count=true&sorters=id");
});

test("parameters of the caller stay, its own order and page size too", async () => {
  const { server, client } = await collection(numbered(3));
  await all(client.paginate("listSources", { filters: 'name sw "S"', sorters: "-name", limit: 2 }));
  expect(server.seen.map(({ path }) => path)).toEqual([
    "/v2025/sources?limit=2&offset=0&count=true&filters=name%20sw%20%22S%22&sorters=-name",
    "/v2025/sources?limit=2&offset=2&count=true&filters=name%20sw%20%22S%22&sorters=-name",
  ]);
});

test("a collection that knows smaller pages gets them", async () => {
  const { server, client } = await collection(numbered(60));
  expect(await all(client.paginate("getConnectorRuleList"))).toHaveLength(60);
  expect(server.seen.map(({ path }) => path)).toEqual([
    "/v2025/connector-rules?limit=50&offset=0&count=true",
    "/v2025/connector-rules?limit=50&offset=50&count=true",
  ]);
});

test("a tenant that does not count is read until a page is not full", async () => {
  const { server, client } = await collection(numbered(500), { counts: false });
  expect(await all(client.paginate("listSources"))).toHaveLength(500);
  expect(server.seen).toHaveLength(3);
});

test("who stops early causes no more requests", async () => {
  const { server, client } = await collection(numbered(600));
  for await (const source of client.paginate("listSources")) if (source.name === "Source 3") break;
  expect(server.seen).toHaveLength(1);
});

test("items deleted in the middle leave none of the others out", async () => {
  const items = numbered(600);
  const { client } = await collection(items, {
    change: (page) => {
      if (page === 2) items.splice(10, 7);
    },
  });
  const ids = (await all(client.paginate("listSources"))).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id } of items) expect(ids).toContain(id);
});

test("items added in the middle are not given twice", async () => {
  const items = numbered(600);
  const { client } = await collection(items, {
    change: (page) => items.unshift({ id: `new-${page}`, name: "New" }),
  });
  const ids = (await all(client.paginate("listSources"))).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id } of numbered(600)) expect(ids).toContain(id);
});

test("a tenant that pages without end is left in the end", async () => {
  const server = opened(await serve((_, response) => json(response, 200, numbered(1), { "x-total-count": "1000000" })));
  const client = opened(clientOf(server));
  const error = await failureOf(all(client.paginate("listSources")));
  expect(error).toMatchObject({ kind: "bug" });
  expect(error.message).toContain("the tenant answers the same page of /sources again and again");
  expect(server.seen).toHaveLength(4);
});
