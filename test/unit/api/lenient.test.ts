import type { Client, Notice } from "pulumi-sailpoint/api";
import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { clientOf, json, serve } from "./support/server";

const opened = closing();

/** A tenant that always answers the same, and what was told about it. */
async function answering(body: unknown, headers: Record<string, string> = {}) {
  const server = opened(await serve((_, response) => json(response, 200, body, headers)));
  const notices: Notice[] = [];
  const client = opened(clientOf(server, { onNotice: (notice) => notices.push(notice) }));
  return { server, client, notices };
}

const plain = { id: "1", name: "Plain", features: ["SEARCH"], connectorAttributes: { a: [null] }, unknown: [null] };
const odd = { id: "2", name: "Odd" };

describe("one odd source among others", () => {
  test.each([
    ["a bare null", null, "[1] is null"],
    ["a bare list", [], "[1] is a list"],
    ["a bare text", "source", "[1] is a text"],
    ["a source without a name", { id: "2" }, '"2".name is missing'],
    ["a source without an id", { name: "Odd" }, '"Odd".id is missing'],
    ["a source whose name is an object", { id: "2", name: {} }, '"2".name is an object'],
  ])("%s is left out, and told", async (_, member, told) => {
    const { client, notices } = await answering([plain, member, { ...plain, id: "3" }]);
    expect((await client.call("listSources")).map(({ id }) => id)).toEqual(["1", "3"]);
    expect(notices).toMatchObject([{ kind: "odd", operationId: "listSources" }]);
    expect(notices[0]?.text).toContain(`GET /sources is not as documented in places, and was left out there: ${told}.`);
  });

  test.each([
    ["features", ["X", null], ["X"], '"Odd".features[1] is null'],
    ["features", "X", undefined, '"Odd".features is a text'],
    ["schemas", [null, { id: "s" }], [{ id: "s" }], '"Odd".schemas[0] is null'],
    ["schemas", {}, undefined, '"Odd".schemas is an object'],
    ["owner", "jane", undefined, '"Odd".owner is a text'],
    ["owner", { id: {}, name: "Jane" }, { name: "Jane" }, '"Odd".owner.id is an object'],
    ["passwordPolicies", [[], { id: "p" }], [{ id: "p" }], '"Odd".passwordPolicies[0] is a list'],
    ["connectorAttributes", [], undefined, '"Odd".connectorAttributes is a list'],
    ["managerCorrelationMapping", 7, undefined, '"Odd".managerCorrelationMapping is a number'],
    ["deleteThreshold", "many", undefined, '"Odd".deleteThreshold is a text'],
    ["healthy", "perhaps", undefined, '"Odd".healthy is a text'],
    ["description", { de: "…" }, undefined, '"Odd".description is an object'],
  ])("%s %j is taken as %j", async (field, value, taken, told) => {
    const { client, notices } = await answering([plain, { ...odd, [field]: value }]);
    expect(await client.call("listSources")).toEqual([plain, taken === undefined ? odd : { ...odd, [field]: taken }]);
    expect(notices.map(({ text }) => text)).toEqual([expect.stringContaining(told)]);
  });

  test.each([
    ["since", 1_700_000_000, "1700000000"],
    ["status", true, "true"],
    ["deleteThreshold", "10", 10],
    ["healthy", "False", false],
  ])("%s %j means %j, which need not be told", async (field, value, meant) => {
    const { client, notices } = await answering({ ...odd, [field]: value });
    expect(await client.call("getSource", { id: "2" })).toEqual({ ...odd, [field]: meant });
    expect(notices).toEqual([]);
  });
});

const calls: [string, (client: Client) => Promise<unknown>, answer: unknown, taken: unknown][] = [
  [
    "an identity whose attributes are a list",
    (client) => client.call("listIdentities"),
    [{ id: "1", name: null, alias: "jane", attributes: [] }],
    [{ id: "1", name: null, alias: "jane" }],
  ],
  [
    "a schema with an attribute of null",
    (client) => client.call("getSourceSchemas", { sourceId: "1" }),
    [{ id: "1", name: "account", attributes: [null, { name: "mail", isMulti: "true" }], features: ["A", 1] }],
    [{ id: "1", name: "account", attributes: [{ name: "mail", isMulti: true }], features: ["A", "1"] }],
  ],
  [
    "a schedule without an expression",
    (client) => client.call("getSourceSchedules", { sourceId: "1" }),
    [{ type: "ACCOUNT_AGGREGATION", cronExpression: null }, {}],
    [{ type: "ACCOUNT_AGGREGATION", cronExpression: null }],
  ],
  [
    "a policy without fields",
    (client) => client.call("listProvisioningPolicies", { sourceId: "1" }),
    [{ usageType: "CREATE", fields: {} }, { name: "without usage type" }],
    [{ usageType: "CREATE" }],
  ],
  [
    "a cluster with clients of another kind",
    (client) => client.call("getManagedClusters"),
    [{ id: "1", clientIds: [null, 5, {}] }],
    [{ id: "1", clientIds: ["5"] }],
  ],
  [
    "a rule without a name",
    (client) => client.call("getConnectorRuleList"),
    [{ id: "1" }, { id: "2", name: "R" }],
    [{ id: "2", name: "R" }],
  ],
  [
    "a task's messages of another kind",
    (client) => client.call("getTaskStatus", { id: "1" }),
    { id: "1", messages: [null, { localizedText: [] }, { localizedText: "done" }] },
    { id: "1", messages: [{}, { localizedText: "done" }] },
  ],
  ["a configuration that is null", (client) => client.call("getCorrelationConfig", { id: "1" }), null, {}],
];

test.each(calls)("%s hides nothing else", async (...[, call, answer, taken]) => {
  const { client } = await answering(answer);
  expect(await call(client)).toEqual(taken);
});

test("a list of another kind altogether is an error, since it would look empty", async () => {
  for (const answer of [null, {}, "none", 0]) {
    const { client } = await answering(answer);
    expect((await failureOf(client.call("listSources"))).message).toContain("something that is not documented");
  }
});

test("pages are counted with what was left out of them", async () => {
  const sources = Array.from({ length: 7 }, (_, i) => (i % 3 === 1 ? null : { id: String(i), name: `S${String(i)}` }));
  for (const counts of [true, false]) {
    const server = opened(
      await serve(({ path }, response) => {
        const query = new URL(path, "http://x").searchParams;
        const offset = Number(query.get("offset"));
        const page = sources.slice(offset, offset + Number(query.get("limit")));
        json(response, 200, page, counts ? { "x-total-count": String(sources.length) } : {});
      }),
    );
    const found: string[] = [];
    for await (const { id } of opened(clientOf(server)).paginate("listSources", { limit: 2 })) found.push(id);
    expect(found).toEqual(["0", "2", "3", "5", "6"]);
    expect(server.seen).toHaveLength(4);
  }
});

describe("notices", () => {
  test("about the same come once, about another source again", async () => {
    const answers = [[{ ...odd, since: [] }], [{ ...odd, since: [] }], [{ ...odd, name: "Other", since: [] }]];
    const server = opened(await serve((_, response, nth) => json(response, 200, answers[nth - 1])));
    const notices: Notice[] = [];
    const client = opened(clientOf(server, { onNotice: (notice) => notices.push(notice) }));
    for (const _ of answers) await client.call("listSources");
    expect(notices.map(({ text }) => /"\w+"\.since/.exec(text)?.[0])).toEqual(['"Odd".since', '"Other".since']);
  });

  test("hold no values, and not more than a few places", async () => {
    const attributes = Array.from({ length: 9 }, () => ({ name: { password: "hunter2hunter2" } }));
    const { client, notices } = await answering({ id: "1", name: "account", attributes });
    await client.call("getSourceSchema", { sourceId: "1", schemaId: "1" });
    expect(notices[0]?.text).toContain("attributes[4].name is an object; and 4 more.");
    expect(JSON.stringify(notices)).not.toContain("hunter2");
  });

  test("tell that a version is deprecated once for a client, with what to set", async () => {
    const { client, notices } = await answering([plain], { "X-Deprecated": "true" });
    await Promise.all([client.call("listSources"), client.call("listSources")]);
    await client.call("getManagedClusters");
    expect(notices).toEqual([
      {
        kind: "deprecated",
        operationId: "listSources",
        text:
          "The tenant calls version v2025 of the API deprecated (GET /sources): it will end. Set sailpoint:apiVersion " +
          "to services (on the command line: --api-version services); `pulumi-sailpoint doctor` tells which versions " +
          "the tenant answers.",
      },
    ]);
  });

  test("tell of a deprecated path of the per-service form without naming another version", async () => {
    const server = opened(await serve((_, response) => json(response, 200, [plain], { "x-deprecated": "True" })));
    const notices: Notice[] = [];
    const client = opened(clientOf(server, { apiVersion: "services", onNotice: (notice) => notices.push(notice) }));
    await client.call("listSources");
    expect(notices.map(({ text }) => text)).toEqual([expect.stringContaining("calls GET /sources/v1 deprecated")]);
  });

  test.each([{}, { "x-deprecated": "false" }, { "x-deprecated": "" }])("%j says nothing", async (headers) => {
    const { client, notices } = await answering([plain], headers);
    await client.call("listSources");
    expect(notices).toEqual([]);
  });
});
