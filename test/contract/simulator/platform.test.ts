import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { askToken, Caller, saidBy, tenantFor } from "./support";

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

describe("the token endpoint", () => {
  it("gives a token whose claims name the tenant, for 749 seconds", async () => {
    const caller = await tenantFor({ tenant: "b" });
    const { clientId, clientSecret } = caller.tenant;
    const credentials = { client_id: clientId, client_secret: clientSecret };
    const reply = await askToken(caller.tenant, { grant_type: "client_credentials", ...credentials });
    expect(reply.body).toMatchObject({ token_type: "bearer", expires_in: 749 });
    const claims = claimsOf(String(reply.body["access_token"]));
    expect(claims).toMatchObject({ org: "tenant-b", client_id: clientId });
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(749);
  });

  it.each([
    ["another secret", { grant_type: "client_credentials", client_secret: "wrong" }, 401, "invalid_client"],
    ["another client", { grant_type: "client_credentials", client_id: "wrong" }, 401, "invalid_client"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ])("refuses %s", async (_what, form, status, error) => {
    const { tenant } = await tenantFor();
    const right = { client_id: tenant.clientId, client_secret: tenant.clientSecret };
    const reply = await askToken(tenant, { ...right, ...form });
    expect([reply.status, reply.body["error"]]).toEqual([status, error]);
    expect(reply.body["error_description"]).toEqual(expect.any(String));
  });

  it("lets a token die after its life, by the tenant's clock", async () => {
    const caller = await tenantFor({ tokenLifeSeconds: 60 });
    expect((await caller.get("/sources")).status).toBe(200);
    caller.tenant.admin.set({ clockOffsetMs: 61_000 });
    const reply = await caller.get("/sources");
    expect([reply.status, reply.body]).toEqual([401, { error: "JWT validation failed: JWT is expired" }]);
    caller.forget();
    expect((await caller.get("/sources")).status).toBe(200);
  });

  it("takes no token of another tenant", async () => {
    const [one, other] = [await tenantFor({ tenant: "a" }), await tenantFor({ tenant: "b" })];
    const token = await other.login();
    const reply = await one.get("/sources", { Authorization: `Bearer ${token}` });
    expect(reply.status).toBe(401);
  });
});

describe("tenants", () => {
  it("have the same names under different ids", async () => {
    const lists = await Promise.all(
      ["a", "b"].map(async (tenant) => (await (await tenantFor({ tenant })).get("/identities")).list),
    );
    const [first = [], second = []] = lists;
    expect(first.map(({ alias }) => alias)).toEqual(second.map(({ alias }) => alias));
    expect(first.map(({ id }) => id)).not.toEqual(expect.arrayContaining([second[0]?.["id"]]));
  });

  it("give the same ids in two runs of one seed, and others under another seed", async () => {
    const run = async (seed: string) => {
      const caller = await tenantFor({ seed });
      return (await caller.createSource())["id"];
    };
    const [first, second, other] = [await run("x"), await run("x"), await run("y")];
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe("the versions of the API", () => {
  it.each(["v3", "v2024", "v2025", "v2026", "beta"])("serves sources under %s", async (version) => {
    expect((await (await tenantFor()).under(version).get("/sources")).status).toBe(200);
  });

  it.each([
    ["v3", "/sources/x/schedules"],
    ["v3", "/identities"],
    ["v3", "/task-status/x"],
    ["v2024", "/sources/x/password-policies"],
    ["v2023", "/sources"],
  ])("answers 404 for what %s does not have: %s", async (version, path) => {
    expect((await (await tenantFor()).under(version).get(path)).status).toBe(404);
  });

  it("demands the experimental header where the version does", async () => {
    const caller = await tenantFor();
    const { id } = await caller.createSource();
    const without = { "X-SailPoint-Experimental": "false" };
    expect((await caller.get(`/sources/${String(id)}/attribute-sync-config`, without)).status).toBe(400);
    expect((await caller.get("/password-policies", without)).status).toBe(400);
    expect((await caller.under("v3").get("/password-policies", without)).status).toBe(200);
    expect((await caller.get("/sources", without)).status).toBe(200);
  });
});

describe("the rate limit", () => {
  it("refuses what is above it, until the window ends", async () => {
    const caller = await tenantFor({ rateLimit: { requests: 2, perMs: 10_000 } });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await caller.get("/sources")).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await caller.post("/sources", {});
    expect([refused.status, refused.body]).toEqual([429, { message: " Rate Limit Exceeded " }]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await caller.under("v2024").get("/sources")).status).toBe(200);
    caller.tenant.admin.set({ clockOffsetMs: 10_000 });
    expect((await caller.get("/sources")).status).toBe(200);
  });

  it("can tell the end of the window as a date", async () => {
    const caller = await tenantFor({ rateLimit: { requests: 0, perMs: 5000 }, behaviours: { retryAfter: "date" } });
    const reply = await caller.get("/sources");
    const wait = Date.parse(reply.headers.get("retry-after") ?? "") - Date.now();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(6000);
  });
});

describe("the request log", () => {
  it("keeps what was asked, and no token", async () => {
    const caller = await tenantFor();
    await caller.get("/sources?limit=1&filters=" + encodeURIComponent('name eq "x"'));
    await caller.post("/sources", { name: "no" });
    const token = await caller.login();
    const requests = caller.tenant.requests();
    expect(requests.map(({ method, path, operationId, status }) => [method, path, operationId, status])).toEqual([
      ["GET", "/v2025/sources", "listSources", 200],
      ["POST", "/v2025/sources", "createSource", 400],
    ]);
    expect(requests[0]?.query).toEqual({ limit: "1", filters: 'name eq "x"' });
    expect(requests[1]?.body).toEqual({ name: "no" });
    expect(JSON.stringify(caller.tenant.requests({ tokens: true }))).not.toContain(token);
    caller.tenant.clearRequests();
    expect(caller.tenant.requests()).toEqual([]);
  });
});

describe("refusals", () => {
  it("carry a tracking id of their own", async () => {
    const caller = await tenantFor();
    const [one, other] = [await caller.get("/sources/x"), await caller.get("/sources/x")];
    expect(one.body["trackingId"]).toMatch(/^[0-9a-f]{32}$/);
    expect(other.body["trackingId"]).not.toBe(one.body["trackingId"]);
    expect(saidBy(one)).toBe("The server did not find a current representation for the target resource.");
  });

  it.each([
    ["no JSON", "{", "application/json"],
    ["another content type", "{}", "text/plain"],
  ])("come for %s", async (_what, body, type) => {
    const caller = await tenantFor();
    expect((await caller.send("POST", "/sources", body, { "Content-Type": type })).status).toBe(400);
  });
});

describe("a tenant with a file", () => {
  it("remembers what it stored, and goes on counting", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tenant-"));
    const file = join(folder, "tenant.json");
    const first = await tenantFor({ file });
    const source = await first.createSource({ connectorAttributes: { password: "secret" } });
    await first.tenant.close();
    const second = new Caller((await tenantFor({ file })).tenant);
    expect((await second.get(`/sources/${String(source["id"])}`)).body).toEqual(source);
    expect((await second.createSource({ name: "Another" }))["id"]).not.toBe(source["id"]);
    expect((await second.get("/identities")).list).toHaveLength(8);
    await expect(tenantFor({ file, tenant: "b" })).rejects.toThrow('holds tenant "a"');
    await second.tenant.close();
    rmSync(folder, { recursive: true });
  });
});
