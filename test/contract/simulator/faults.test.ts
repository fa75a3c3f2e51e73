import type { FaultRule } from "sailpoint-simulator";
import { setTimeout as sleep } from "node:timers/promises";

import { askToken, tenantFor, type Json } from "./support";

const countOf = (caller: Awaited<ReturnType<typeof tenantFor>>) =>
  Object.keys(caller.tenant.admin.state()["sources"] ?? {}).length - 1;

describe("faults", () => {
  it.each([
    ["reset-before", 0],
    ["reset-after", 1],
  ] as const)("%s loses the answer, and leaves %i sources", async (kind, sources) => {
    const caller = await tenantFor();
    const body = await caller.minimalSource();
    caller.tenant.admin.fault({ operationId: "createSource", kind });
    await expect(caller.post("/sources", body)).rejects.toThrow();
    expect(countOf(caller)).toBe(sources);
    expect(caller.tenant.requests().at(-1)).toMatchObject({ operationId: "createSource", status: 0, fault: kind });
    expect((await caller.post("/sources", body)).status).toBe(sources === 0 ? 201 : 400);
  });

  it("timeout never answers, and does nothing", async () => {
    const caller = await tenantFor();
    const body = await caller.minimalSource();
    caller.tenant.admin.fault({ operationId: "createSource", kind: "timeout" });
    const first = await Promise.race([caller.post("/sources", body).catch(() => "closed"), sleep(300, "nothing")]);
    expect(first).toBe("nothing");
    expect(countOf(caller)).toBe(0);
    expect((await caller.get("/sources")).status).toBe(200);
  });

  it("html-502 answers as a gateway does", async () => {
    const caller = await tenantFor();
    caller.tenant.admin.fault({ path: "/sources$", kind: "html-502" });
    const reply = await caller.get("/sources");
    expect([reply.status, reply.headers.get("content-type")]).toEqual([502, "text/html"]);
    expect((await caller.get("/sources")).status).toBe(200);
  });

  it("bogus-encoding names an encoding that is none", async () => {
    const caller = await tenantFor();
    caller.tenant.admin.fault({ operationId: "listSources", kind: "bogus-encoding", status: 503 });
    const reply = await caller.get("/sources");
    expect([reply.status, reply.headers.get("content-encoding")]).toEqual([503, "UTF-8"]);
  });

  it.each([
    "messages",
    "error_description",
    "error",
    "message",
    "formatted_msg",
    "errorMessage",
    "detailMessage",
  ] as const)("status answers with an error body of the form %s", async (shape) => {
    const caller = await tenantFor();
    caller.tenant.admin.fault({
      operationId: "listSources",
      kind: "status",
      status: 503,
      shape,
      headers: { "Retry-After": "1" },
    });
    const reply = await caller.get("/sources");
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(reply.body).toHaveProperty(shape);
  });

  it("truncated-json does the work and breaks off", async () => {
    const caller = await tenantFor();
    const body = await caller.minimalSource();
    caller.tenant.admin.fault({ operationId: "createSource", kind: "truncated-json" });
    await expect(caller.post("/sources", body)).rejects.toThrow(SyntaxError);
    expect(countOf(caller)).toBe(1);
  });

  it("expire-token ends every token in the middle", async () => {
    const caller = await tenantFor();
    await caller.get("/sources");
    caller.tenant.admin.fault({ operationId: "listSources", kind: "expire-token" });
    expect((await caller.get("/sources")).body).toEqual({ error: "JWT validation failed: JWT is expired" });
    caller.forget();
    expect((await caller.get("/sources")).status).toBe(200);
  });

  it.each([0, 1, 2, 3, 4, 5])("unusual-json %i keeps the id and the name", async (seed) => {
    const caller = await tenantFor();
    const source = await caller.createSource({ connectorAttributes: { key: 1 } });
    caller.tenant.admin.fault({ operationId: "getSource", kind: "unusual-json", seed });
    const reply = await caller.get(`/sources/${String(source["id"])}`);
    expect(reply.body).toMatchObject({ id: source["id"], name: source["name"] });
    expect(reply.body).not.toEqual(source);
    expect(({} as Json)["polluted"]).toBeUndefined();
  });

  it.each<[string, Partial<FaultRule>, number[]]>([
    ["once", {}, [500, 200, 200]],
    ["twice", { times: 2 }, [500, 500, 200]],
    ["after one that passes", { skip: 1 }, [200, 500, 200]],
    ["for one method", { method: "POST" }, [200, 200, 200]],
    ["for one path", { path: "/workgroups" }, [200, 200, 200]],
    ["later", { after: 60_000 }, [200, 200, 200]],
  ])("strike %s", async (_what, rule, statuses) => {
    const caller = await tenantFor();
    await caller.get("/identities");
    caller.tenant.admin.fault({ kind: "status", status: 500, ...rule });
    const seen = [];
    for (let count = 0; count < 3; count += 1) seen.push((await caller.get("/sources")).status);
    expect(seen).toEqual(statuses);
  });

  it("are forgotten when cleared, and strike the token call too", async () => {
    const { tenant } = await tenantFor();
    tenant.admin.fault({ path: "^/oauth/token$", kind: "status", status: 503, times: 9 });
    const form = { grant_type: "client_credentials", client_id: tenant.clientId, client_secret: tenant.clientSecret };
    expect((await askToken(tenant, form)).status).toBe(503);
    tenant.admin.clearFaults();
    expect((await askToken(tenant, form)).status).toBe(200);
  });
});

describe("the admin path over HTTP", () => {
  async function admin(baseUrl: string, action: string, body?: unknown): Promise<{ status: number; body: Json }> {
    const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${baseUrl}/_admin/${action}`, sent);
    return { status: response.status, body: (await response.json()) as Json };
  }

  it("edits, removes, aggregates, sets faults and settings, and shows requests and state", async () => {
    const caller = await tenantFor();
    const { baseUrl } = caller.tenant;
    const source = await caller.createSource();
    const path = `/sources/${String(source["id"])}`;
    await admin(baseUrl, "edit", { path, patch: [{ op: "replace", path: "/type", value: "Edited" }] });
    const edited = (await caller.get(path)).body;
    expect(edited["type"]).toBe("Edited");
    expect(edited["modified"]).not.toBe(source["modified"]);
    await admin(baseUrl, "edit", {
      path: `${path}/schemas/account`,
      patch: [{ op: "add", path: "/displayAttribute", value: "cn" }],
    });
    expect((await caller.get(`${path}/schemas`)).list[0]?.["displayAttribute"]).toBe("cn");
    await admin(baseUrl, "aggregate", { sourceId: source["id"] });
    expect((await caller.get(path)).body["healthy"]).toBe(true);
    await admin(baseUrl, "fault", { kind: "status", status: 418 });
    expect((await caller.get(path)).status).toBe(418);
    await admin(baseUrl, "set", { latencyMs: 50, behaviours: { ownerNull: true } });
    const before = Date.now();
    expect((await caller.get(path)).body["owner"]).toBeNull();
    expect(Date.now() - before).toBeGreaterThanOrEqual(45);
    expect((await admin(baseUrl, "settings")).body).toMatchObject({ latencyMs: 50 });
    expect((await admin(baseUrl, "requests")).body as unknown).toHaveLength(caller.tenant.requests().length);
    await admin(baseUrl, "remove", { path });
    expect((await admin(baseUrl, "state")).body["sources"]).not.toHaveProperty(String(source["id"]));
    expect((await caller.get(path)).status).toBe(404);
    const wrong = await admin(baseUrl, "edit", { path: "/sources/nothing", patch: [] });
    expect([wrong.status, wrong.body]).toEqual([400, { error: "Nothing is stored at /sources/nothing." }]);
  });
});
