import { type CallRecord, isNotFound, operations } from "pulumi-sailpoint/api";
import { envelopeOf } from "../../../provider/src/api/envelope";
import { closing } from "./support/closing";
import { fastClock } from "./support/clocks";
import { failureOf } from "./support/failures";
import { type Handler, clientOf, json, serve } from "./support/server";

const opened = closing();

async function tenant(handler: Handler, options: Parameters<typeof clientOf>[1] = {}) {
  const server = opened(await serve(handler));
  return { server, client: opened(clientOf(server, options)) };
}

const source = { id: "1", name: "HR" };

describe("a request", () => {
  test("has the path, query, body and headers of its operation", async () => {
    const { server, client } = await tenant((_, response) => json(response, 201, source));
    const body = { name: "HR", owner: { type: "IDENTITY", id: "o" }, connector: "delimited-file" };
    expect(await client.call("createSource", { provisionAsCsv: true, body })).toEqual(source);
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: "POST", path: "/v2025/sources?provisionAsCsv=true" });
    expect(seen?.headers).toMatchObject({ "content-type": "application/json", accept: "application/json" });
    expect(seen?.headers.authorization).toMatch(/^Bearer ey/);
    expect(seen?.headers["user-agent"]).toMatch(/^pulumi-sailpoint\/\d+\.\d+\.\d+ /);
    expect(JSON.parse(seen?.body ?? "")).toEqual(body);
  });

  test("escapes what stands in the path and the query", async () => {
    const { server, client } = await tenant((_, response) => json(response, 200, []));
    await client.call("listSources", { filters: 'name eq "a+b & c/d"' });
    await failureOf(client.call("getSource", { id: "a/b?c" }));
    expect(server.seen[0]?.path).toBe("/v2025/sources?filters=name%20eq%20%22a%2Bb%20%26%20c%2Fd%22");
    expect(server.seen[1]?.path).toBe("/v2025/sources/a%2Fb%3Fc");
  });

  test("of a JSON Patch says so, and of password policy holders does not", async () => {
    const { server, client } = await tenant(({ path }, response) =>
      json(response, 200, path.endsWith("password-policies") ? [] : source),
    );
    await client.call("updateSource", { id: "1", body: [{ op: "remove", path: "/description" }] });
    await client.call("updatePasswordPolicyHolders", { sourceId: "1", body: [] });
    expect(server.seen.map(({ headers }) => headers["content-type"])).toEqual([
      "application/json-patch+json",
      "application/json",
    ]);
  });

  test("asks for the experimental where the operation needs it", async () => {
    const { server, client } = await tenant((_, response) => json(response, 200, {}));
    await client.call("getSourceAttrSyncConfig", { id: "1" });
    await client.call("getCorrelationConfig", { id: "1" });
    expect(server.seen.map(({ headers }) => headers["x-sailpoint-experimental"])).toEqual(["true", undefined]);
  });

  test("goes over connections that are kept open", async () => {
    const { server, client } = await tenant((_, response) => json(response, 200, source));
    for (let i = 0; i < 5; i += 1) await client.call("getSource", { id: "1" });
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBe(1);
  });

  test.each([
    ["an empty id", { id: "" }],
    ["a climbing id", { id: ".." }],
    ["no id", {}],
    ["an unknown parameter", { id: "1", ids: "2" }],
  ])("with %s is never sent", async (_, parameters) => {
    const { server, client } = await tenant((_seen, response) => json(response, 200, source));
    const error = await failureOf(client.call("getSource", parameters as { id: string }));
    expect(error.kind).toBe("bug");
    expect(error.message).toMatch(/^Cannot read the source: getSource (needs id|takes no ids; it takes id)/);
    expect(server.seen).toEqual([]);
  });
});

describe("an upload", () => {
  test("carries its file and its fields", async () => {
    const { server, client } = await tenant((_, response) => json(response, 202, { success: true, task: { id: "t" } }));
    const file = { name: "accounts.csv", content: "id,näme\n1,Ä\n" };
    await client.call("importAccounts", { id: "1", body: { file, disableOptimization: true } });
    const [seen] = server.seen;
    expect(seen?.headers["content-type"]).toMatch(/^multipart\/form-data; ?boundary=/);
    expect(seen?.headers["content-length"]).toBe(String(Buffer.byteLength(seen?.body ?? "")));
    expect(seen?.body).toMatch(/name="file"; filename="accounts.csv"/);
    expect(seen?.body).toContain("id,näme\n1,Ä\n");
    expect(seen?.body).toMatch(/name="disableOptimization"\r\n\r\ntrue/);
  });

  test("of nothing has no body at all", async () => {
    const { server, client } = await tenant((_, response) => json(response, 202, { task: { id: "t" } }));
    await client.call("importAccounts", { id: "1" });
    await client.call("importAccounts", { id: "1", body: {} });
    for (const { headers, body } of server.seen) {
      expect(headers["content-type"]).toBeUndefined();
      expect(body).toBe("");
    }
  });

  test("is sent whole again after a 429", async () => {
    const { server, client } = await tenant((_, response, nth) =>
      nth === 1 ? json(response, 429, {}, { "retry-after": "0" }) : json(response, 200, source),
    );
    const content = new Uint8Array([0, 255, 10, 13]);
    await client.call("importConnectorFile", { sourceId: "1", body: { file: { name: "driver.jar", content } } });
    const [first, second] = server.seen.map(({ body }) => body.replace(/^--\S+|--\S+--/gm, ""));
    expect(first).toContain("driver.jar");
    expect(second).toBe(first);
  });
});

describe("an answer", () => {
  test("keeps unknown fields, nulls and __proto__ keys as they came", async () => {
    const text =
      '{"z":1,"id":"1","name":"HR","owner":null,"__proto__":{"polluted":true},"nested":{"__proto__":{"polluted":true}}}';
    const { client } = await tenant((_, response) => response.writeHead(200).end(text));
    const answer = await client.call("getSource", { id: "1" });
    expect(JSON.stringify(answer)).toBe(text);
    expect(Object.keys(answer)[0]).toBe("z");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect((answer as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("of 10 MB and of depth 5000 arrives", async () => {
    const big = { ...source, connectorAttributes: { text: "ä".repeat(5_000_000) } };
    const deep = `{"id":"1","name":"HR","connectorAttributes":{"deep":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`;
    const { client } = await tenant((_, response, nth) => {
      response.writeHead(200).end(nth === 1 ? JSON.stringify(big) : deep);
    });
    const answer = await client.call("getSource", { id: "1" });
    expect(answer.connectorAttributes?.["text"]).toHaveLength(5_000_000);
    const second = await client.call("getSource", { id: "1" });
    expect(Object.keys(second.connectorAttributes ?? {})).toEqual(["deep"]);
  });

  test("of CSV is text, of nothing is undefined", async () => {
    const { server, client } = await tenant(({ method }, response) => {
      if (method === "DELETE") response.writeHead(204).end();
      else response.writeHead(200, { "content-type": "text/csv" }).end("id,name\n");
    });
    expect(await client.call("getAccountsSchema", { id: "1" })).toBe("id,name\n");
    await expect(client.call("deleteSourceSchema", { sourceId: "1", schemaId: "2" })).resolves.toBeUndefined();
    expect(server.seen[0]?.headers.accept).toContain("text/csv");
  });

  test("without content is an empty config, and an error where something must be", async () => {
    const { server, client } = await tenant((_, response) => response.writeHead(200).end(), {
      clock: fastClock(200),
    });
    expect(await client.call("getCorrelationConfig", { id: "1" })).toEqual({});
    for (const call of [client.call("getSource", { id: "1" }), client.call("listSources")]) {
      expect((await failureOf(call)).message).toContain("it has no content");
    }
    expect(server.seen).toHaveLength(1 + 2 * 5);
  });

  test("that lacks what identifies an object is told with the place", async () => {
    const { client } = await tenant((_, response) => json(response, 200, { ...source, name: null }));
    const error = await failureOf(client.call("getSource", { id: "1" }));
    expect(error.message).toMatch(/^Cannot read the source: .*not documented: name is null\. Try again; if/);
    expect(error).toMatchObject({ kind: "bug", ambiguous: false });
  });
});

describe("a client", () => {
  test("that is read-only sends no write, and sends checks", async () => {
    const { server, client } = await tenant((_, response) => json(response, 200, { status: "SUCCESS" }), {
      readOnly: true,
      apiVersion: "services",
    });
    for (const [id, operation] of Object.entries(operations)) {
      if (!operation.writes) continue;
      // Whatever the parameters are: they are not looked at.
      const error = await failureOf(client.call(id as "deleteSource", { id: "1" }));
      expect(error).toMatchObject({ kind: "configuration", operationId: id });
      expect(error.message).toMatch(/read-only; nothing was sent\. Set sailpoint:readOnly/);
    }
    expect(server.seen).toEqual([]);
    expect(server.tokensGiven).toBe(0);
    await client.call("pingCluster", { sourceId: "1" });
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ["v3", "getSourceSchedules", "Set sailpoint:apiVersion to v2024 or v2025 or v2026 or services."],
    ["v2024", "listPasswordPolicyHoldersOnSource", "Set sailpoint:apiVersion to v2025 or v2026 or services."],
  ] as const)("of %s refuses %s before it is sent", async (apiVersion, id, remedy) => {
    const { server, client } = await tenant((_, response) => json(response, 200, []), { apiVersion });
    const error = await failureOf(client.call(id, { sourceId: "1" }));
    expect(error.kind).toBe("configuration");
    expect(error.message).toContain(`version ${apiVersion} of the API has no ${id}. ${remedy}`);
    expect(server.tokensGiven).toBe(0);
    expect([client.has(id), client.has("getSource")]).toEqual([false, true]);
  });

  test("lets versions through that are newer than it", async () => {
    const { server, client } = await tenant((_, response) => json(response, 200, []), { apiVersion: "v2031" });
    await client.call("getSourceSchedules", { sourceId: "1" });
    expect(server.seen[0]?.path).toBe("/v2031/sources/1/schedules");
    // An annual form has nothing by a later number.
    expect(client.has("listProvisioningPoliciesById")).toBe(false);
  });

  test("tells each attempt", async () => {
    const attempts: CallRecord[] = [];
    const { client } = await tenant(
      (_, response, nth) => json(response, nth === 1 ? 429 : 404, {}, nth === 1 ? { "retry-after": "0" } : {}),
      { onAttempt: (attempt) => attempts.push(attempt) },
    );
    expect(isNotFound(await failureOf(client.call("getSource", { id: "1" })))).toBe(true);
    const common = { operationId: "getSource", method: "GET", path: "/sources/1", ms: expect.any(Number) as number };
    // A third asks whether the version is known.
    expect(attempts.filter(({ operationId }) => operationId === "getSource")).toEqual([
      { ...common, attempt: 1, status: 429 },
      { ...common, attempt: 2, status: 404 },
    ]);
  });

  test("that was closed cancels what is under way and what comes", async () => {
    const { client } = await tenant(() => undefined);
    const pending = failureOf(client.call("getSource", { id: "1" }));
    setTimeout(() => client.close(), 50);
    expect((await pending).kind).toBe("cancelled");
    expect((await failureOf(client.call("getSource", { id: "1" }))).kind).toBe("cancelled");
  });
});

describe("what an answer is checked for", () => {
  const check = envelopeOf(operations.listSources.answer);

  test.each<[string, unknown]>([
    ["no list", {}],
    ["an item without an id", [{ name: "HR" }]],
    ["a name that is no text", [{ ...source, name: 7 }]],
    ["attributes that are a list", [{ ...source, connectorAttributes: [] }]],
    ["features that are no texts", [{ ...source, features: [1] }]],
    ["an owner that is a text", [{ ...source, owner: "me" }]],
  ])("refuses %s", (_, answer) => {
    expect(check.safeParse(answer).success).toBe(false);
    expect(operations.listSources.answer.safeParse(answer).success).toBe(false);
  });

  test.each<[string, unknown]>([
    ["nulls", [{ ...source, owner: null, cluster: null, features: null, connectorAttributes: null, schemas: null }]],
    ["what is unknown", [{ ...source, operationMatchMode: 1, owner: { odd: true } }]],
  ])("accepts %s", (_, answer) => {
    expect(check.safeParse(answer).success).toBe(true);
    expect(operations.listSources.answer.safeParse(answer).success).toBe(true);
  });
});
