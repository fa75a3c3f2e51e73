import type { ServerResponse } from "node:http";
import { isNotFound } from "pulumi-sailpoint/api";
import { fastClock } from "./support/clocks";
import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { clientOf, json, serve, type Handler } from "./support/server";

const opened = closing();

async function tenant(handler: Handler, apiVersion = "services") {
  const server = opened(await serve(handler, { leavesVersions: true }));
  return { server, client: opened(clientOf(server, { apiVersion, clock: fastClock(100) })) };
}

const own = { detailCode: "404 Not found", messages: [{ text: "The server did not find it." }] };
/** What may stand before a tenant, and the tenant itself, on a path that is not there. */
const refusals: [string, (response: ServerResponse) => unknown][] = [
  ["a gateway", (response) => json(response, 404, { message: "no Route matched with those values" })],
  ["another gateway", (response) => json(response, 404, { message: "Not Found" })],
  ["a framework", (response) => json(response, 404, { timestamp: 1, status: 404, error: "Not Found", path: "/x" })],
  ["nobody", (response) => response.writeHead(404).end()],
  ["a web page", (response) => response.writeHead(404).end("<html><title>404</title></html>")],
  ["the API's own words", (response) => json(response, 404, own)],
];

describe.each(refusals)("404 by %s", (_, refuse) => {
  test("on a version that is not known is told as that, and never as an object that is gone", async () => {
    const { server, client } = await tenant((_, response) => refuse(response));
    const error = await failureOf(client.call("getSource", { id: "2c91" }, { context: 'Source "HR Feed"' }));
    expect(isNotFound(error)).toBe(false);
    expect(error).toMatchObject({ kind: "configuration", status: 404 });
    expect(error.message).toMatch(/^Source "HR Feed": the tenant does not know the version "services" of the API: /);
    expect(error.message).toContain("Set sailpoint:apiVersion to one that it knows, of v2026, v2025, v2024, v3, beta");
    expect(error.message).toContain("`pulumi-sailpoint doctor` tells which.");
    expect(server.seen.at(-1)?.path).toBe("/sources/v1?limit=1");
    expect(server.seen.length).toBeLessThanOrEqual(6);
  });

  test("on the list of sources itself needs no second question", async () => {
    const { server, client } = await tenant((_, response) => refuse(response), "v2026");
    const error = await failureOf(client.paginate("listSources").next());
    expect(error.message).toMatch(/^The tenant does not know the version "v2026" of the API: /);
    expect(new Set(server.seen.map(({ path }) => path)).size).toBe(1);
  });
});

test.each(refusals.filter(([by]) => !/gateway$|page/.test(by) || by === "another gateway"))(
  "404 by %s on a version that answers means that the object is gone",
  async (_, refuse) => {
    const { server, client } = await tenant((seen, response) =>
      seen.path.includes("limit=1") ? json(response, 200, []) : refuse(response),
    );
    for (let i = 0; i < 2; i += 1) {
      expect(isNotFound(await failureOf(client.call("getSource", { id: "2c91" })))).toBe(true);
    }
    // Asked once: from then on it is known.
    expect(server.seen.map(({ path }) => path)).toEqual([
      "/sources/v1/2c91",
      "/sources/v1?limit=1",
      "/sources/v1/2c91",
    ]);
  },
);

test("who has had an answer asks no more", async () => {
  const { server, client } = await tenant(({ path }, response) =>
    path.endsWith("/1") ? json(response, 200, { id: "1", name: "HR" }) : json(response, 404, own),
  );
  await client.call("getSource", { id: "1" });
  expect(isNotFound(await failureOf(client.call("getSource", { id: "2" })))).toBe(true);
  expect(server.seen).toHaveLength(2);
});

test("many at once ask once", async () => {
  const { server, client } = await tenant(({ path }, response) =>
    path.includes("limit=1") ? json(response, 200, []) : json(response, 404, own),
  );
  const ids = ["1", "2", "3", "4"];
  const failures = await Promise.all(ids.map((id) => failureOf(client.call("getSource", { id }))));
  expect(failures.map(isNotFound)).toEqual([true, true, true, true]);
  expect(server.seen.filter(({ path }) => path.includes("limit=1"))).toHaveLength(1);
});

test("a client that may not list sources still learns that one is gone", async () => {
  const { client } = await tenant(({ path }, response) => json(response, path.includes("limit=1") ? 403 : 404, own));
  expect(isNotFound(await failureOf(client.call("getSource", { id: "1" })))).toBe(true);
});

test("while the question has no answer, nothing is gone", async () => {
  const { client } = await tenant(({ path }, response) => json(response, path.includes("limit=1") ? 500 : 404, own));
  expect((await failureOf(client.call("getSource", { id: "1" }))).kind).toBe("unavailable");
});

test("of a later number, only the API's own 404 speaks of an object", async () => {
  const of = { sourceId: "1", id: "2" };
  const kinds: Record<string, string> = {};
  for (const [by, refuse] of refusals) {
    const { client } = await tenant(({ path }, response) =>
      path.startsWith("/sources/v1") ? json(response, 200, []) : refuse(response),
    );
    await client.call("listSources");
    const error = await failureOf(client.call("getProvisioningPolicyById", of, { deadlineMs: 5_000 }));
    kinds[by] = error.kind;
  }
  expect(kinds).toEqual({
    "a gateway": "configuration",
    "another gateway": "configuration",
    "a framework": "configuration",
    nobody: "configuration",
    "a web page": "unavailable",
    "the API's own words": "notFound",
  });
});

test("another version can be asked beside the client's own", async () => {
  const { server, client } = await tenant(({ path }, response) =>
    path.startsWith("/v2026/") ? json(response, 404, own) : json(response, 200, []),
  );
  expect(await client.call("listSources", { limit: 1 }, { apiVersion: "v2025" })).toEqual([]);
  const error = await failureOf(client.call("listSources", { limit: 1 }, { apiVersion: "v2026" }));
  expect(error.kind).toBe("configuration");
  expect(server.seen.map(({ path }) => path)).toEqual(["/v2025/sources?limit=1", "/v2026/sources?limit=1"]);
});
