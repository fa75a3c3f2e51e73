import { saidBy, tenantFor, type Caller, type Json } from "./support";

const forms = ["v3", "v2024", "v2025", "v2026", "beta", "services"];

async function withSource() {
  const caller = await tenantFor();
  const source = await caller.createSource();
  const services = caller.under("services");
  return { caller, services, id: String(source["id"]), path: `/sources/${String(source["id"])}`, source };
}

describe("the forms of the API", () => {
  it.each(forms)("show one state: %s", async (form) => {
    const { caller, path, source } = await withSource();
    const other = caller.under(form);
    expect((await other.get(path)).body).toEqual(source);
    await other.patch(path, [{ op: "add", path: "/description", value: form }]);
    expect((await caller.get(path)).body["description"]).toBe(form);
    expect((await other.get("/sources")).list).toHaveLength(2);
    expect((await other.get(`${path}/schemas`)).list).toHaveLength(2);
    expect((await other.delete(path)).status).toBe(202);
    expect((await caller.get(path)).status).toBe(404);
  });

  it("put a number behind each service, in the per-service form", async () => {
    const { services, id } = await withSource();
    for (const path of [`/sources/v1/${id}/schedules`, "/identities/v1", "/connector-rules/v1", "/transforms/v1"]) {
      expect((await services.at(path)).status).toBe(200);
    }
    for (const path of [`/sources/${id}`, `/sources/v3/${id}`, `/sources/v2/${id}`, "/sources/v2"]) {
      expect((await services.at(path)).status).toBe(404);
    }
    expect(services.tenant.requests().at(-8)).toMatchObject({ operationId: "getSourceSchedules" });
  });

  it("can lack the per-service form, which then the gateway does not know", async () => {
    const caller = await tenantFor({ behaviours: { services: false } });
    const reply = await caller.under("services").get("/sources");
    expect([reply.status, reply.body]).toEqual([404, { message: "Not Found" }]);
    expect((await caller.get("/sources")).status).toBe(200);
  });

  it.each([
    ["services", ["services", false]],
    ["v2025", ["v2025", true]],
    ["listSources", ["v2025", "services"]],
    ["services:listSources", ["services"]],
    ["", []],
  ])("tell that they are deprecated where they are: %s", async (deprecated, told) => {
    const caller = await tenantFor({ behaviours: { deprecated } });
    for (const form of ["v2025", "services"]) {
      const reply = await caller.under(form).get("/sources");
      expect(reply.headers.get("x-deprecated")).toBe(told.includes(form) ? "true" : null);
    }
  });

  it.each([
    ["services", "attribute-sync-config"],
    ["v2025", "attribute-sync-config"],
    ["services", "v2"],
  ])("demand the experimental header: %s, %s", async (form, what) => {
    const { caller, path, id } = await withSource();
    const without = { "X-SailPoint-Experimental": "" };
    const other = caller.under(form);
    const reply =
      what === "v2"
        ? await other.at(`/sources/v2/${id}/provisioning-policies`, without)
        : await other.get(`${path}/${what}`, without);
    expect([reply.status, reply.body]).toEqual([400, { error: "Experimental Header is missing or invalid." }]);
  });

  it("count requests for each form apart", async () => {
    const caller = await tenantFor({ rateLimit: { requests: 1, perMs: 60_000 } });
    const statuses = [];
    for (const form of ["v2025", "services", "v2025", "services"]) {
      statuses.push((await caller.under(form).get("/sources")).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429]);
  });
});

const uuid: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe("policies by id", () => {
  const enable = { name: "Enable", usageType: "ENABLE", fields: [{ name: "a" }] };
  const machine = { name: "Machine", usageType: "CREATE_MACHINE_ACCOUNT", fields: [] };

  async function policies() {
    const world = await withSource();
    return { ...world, v2: `/sources/v2/${world.id}/provisioning-policies` };
  }

  async function subtype({ services, id }: { services: Caller; id: string }, technicalName: string): Promise<string> {
    const sent = { sourceId: id, technicalName, displayName: technicalName, description: "A kind" };
    const reply = await services.send("POST", "/source-subtypes", sent);
    expect(reply.status).toBe(201);
    return String(reply.body["id"]);
  }

  it("are those by usage type, under an id of the server's", async () => {
    const { caller, services, path, v2 } = await policies();
    const [first] = (await services.at(v2)).list;
    expect(first).toMatchObject({ usageType: "CREATE", subtypeId: null, id: uuid });
    const made = await services.at(v2, {}, "POST", { ...enable, id: "mine" });
    expect(made.status).toBe(201);
    expect(made.body["id"]).not.toBe("mine");
    expect((await caller.get(`${path}/provisioning-policies/ENABLE`)).body).not.toHaveProperty("id");
    await caller.put(`${path}/provisioning-policies/ENABLE`, { ...enable, name: "By usage type" });
    const one = `${v2}/${String(made.body["id"])}`;
    expect((await services.at(one)).body).toMatchObject({ id: made.body["id"], name: "By usage type" });
    expect((await services.at(one, {}, "PUT", { ...enable, name: "By id" })).body["name"]).toBe("By id");
    const moved = await services.at(one, {}, "PUT", { ...enable, usageType: "DISABLE" });
    expect(saidBy(moved)).toContain('modify "usageType" field');
    expect((await services.at(one, {}, "DELETE")).status).toBe(204);
    expect(saidBy(await services.at(one))).toContain("was not found");
    expect((await services.at(`${v2}/bulk-update`, {}, "POST", [])).status).toBe(404);
  });

  it("may be several of one usage type, one for each subtype", async () => {
    const world = await policies();
    const { caller, services, path, v2 } = world;
    const [service, robot] = [await subtype(world, "service"), await subtype(world, "robot")];
    const create = (body: Json) => services.at(v2, {}, "POST", body);
    const made = [await create({ ...machine, subtypeId: service }), await create({ ...machine, subtypeId: robot })];
    expect(made.map(({ status }) => status)).toEqual([201, 201]);
    const refused = [
      await create({ ...machine, subtypeId: service }),
      await create(machine),
      await create({ ...machine, subtypeId: "unknown" }),
      await create({ ...enable, subtypeId: service }),
      await create({ ...enable, usageType: "CREATE" }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    const filtered = async (expression: string) =>
      (await services.at(`${v2}?filters=${encodeURIComponent(expression)}`)).list.map(({ subtypeId }) => subtypeId);
    expect(await filtered('usageType eq "CREATE_MACHINE_ACCOUNT"')).toEqual([service, robot]);
    expect(await filtered(`subtypeId eq "${robot}"`)).toEqual([robot]);
    const types = (await caller.get(`${path}/provisioning-policies`)).list.map(({ usageType }) => usageType);
    expect(types).toEqual(["CREATE", "CREATE_MACHINE_ACCOUNT", "CREATE_MACHINE_ACCOUNT"]);
    expect((await caller.get(`${path}/provisioning-policies/CREATE_MACHINE_ACCOUNT`)).status).toBe(404);
    const one = `${v2}/${String(made[0]?.body["id"])}`;
    const type = { "Content-Type": "application/json-patch+json" };
    const patched = await services.at(one, type, "PATCH", [{ op: "replace", path: "/name", value: "Renamed" }]);
    expect(patched.body).toMatchObject({ name: "Renamed", subtypeId: service });
    const immutable = await services.at(one, type, "PATCH", [{ op: "replace", path: "/subtypeId", value: robot }]);
    expect(immutable.status).toBe(400);
  });

  it("can begin with the fields of the connector", async () => {
    const world = await policies();
    const body = { ...machine, subtypeId: await subtype(world, "service") };
    const made = await world.services.at(`${world.v2}?useDefaultFields=true`, {}, "POST", body);
    expect((made.body["fields"] as Json[]).map(({ name }) => name)).toContain("sAMAccountName");
  });

  it("lose their subtypes with the source", async () => {
    const world = await policies();
    const id = await subtype(world, "service");
    expect((await world.services.get(`/source-subtypes/${id}`)).body).toMatchObject({ technicalName: "service" });
    await world.caller.delete(world.path);
    expect((await world.services.get("/source-subtypes")).list).toEqual([]);
  });
});

describe("the form that an access request asks for", () => {
  it("is told by the per-service form, and dropped by a PUT without it", async () => {
    const { caller, services, path } = await withSource();
    const config = `${path}/entitlement-request-config`;
    const of = async (reader: Caller) => (await reader.get(config)).body["accessRequestConfig"] as Json;
    expect(await of(services)).toMatchObject({ formDefinitionId: null });
    expect(await of(caller)).not.toHaveProperty("formDefinitionId");
    const asked = { ...(await services.get(config)).body, accessRequestConfig: { formDefinitionId: "form-1" } };
    expect((await services.put(config, asked)).status).toBe(200);
    expect(await of(caller)).toMatchObject({ formDefinitionId: "form-1" });
    await caller.put(config, (await caller.get(config)).body);
    expect(await of(services)).toMatchObject({ formDefinitionId: "form-1" });
    await caller.put(config, { accessRequestConfig: { requestCommentRequired: true } });
    expect(await of(services)).toMatchObject({ formDefinitionId: null, requestCommentRequired: true });
  });
});
