import { tenantFor, type Caller, type Json } from "./support";

const filtered = (expression: string) => `/sources?filters=${encodeURIComponent(expression)}`;

async function threeSources(): Promise<Caller> {
  const caller = await tenantFor();
  await caller.createSource({ name: "Alpha", description: "first" });
  await caller.createSource({ name: "Beta", connector: "delimited-file" }, "?provisionAsCsv=true");
  await caller.createSource({ name: 'Ga"mma', connector: "jdbc" });
  return caller;
}

const namesOf = async (caller: Caller, path: string) => (await caller.get(path)).list.map(({ name }) => name);

describe("filters", () => {
  it.each([
    ['name eq "Alpha"', ["Alpha"]],
    ['name sw "A"', ["Alpha"]],
    ['name co "et"', ["Beta"]],
    ['name in ("Alpha", "Beta")', ["Alpha", "Beta"]],
    ['name eq "Ga\\"mma"', ['Ga"mma']],
    ['name eq "alpha"', []],
    ['type eq "DelimitedFile"', ["Beta"]],
    ["authoritative eq true", ["Corporate Directory"]],
    ['name ne "Alpha" and not authoritative eq true', ["Beta", 'Ga"mma']],
    ['(name eq "Alpha" or name eq "Beta") and type sw "Del"', ["Beta"]],
    ['features ca ("NO_RANDOM_ACCESS", "DIRECT_PERMISSIONS")', ["Beta"]],
    ["managementWorkgroup.id isnull", ["Corporate Directory", "Alpha", "Beta", 'Ga"mma']],
    ['created gt "2000-01-01T00:00:00Z" and name ge "G"', ['Ga"mma']],
    ['description eq "first"', ["Alpha"]],
  ])("%s", async (expression, names) => {
    expect(await namesOf(await threeSources(), filtered(expression))).toEqual(names);
  });

  it.each([
    "name",
    "name eq",
    'name like "A"',
    'colour eq "red"',
    "healthy eq true",
    "name eq Alpha",
    '(name eq "Alpha"',
    'name eq "Alpha" type eq "x"',
    'name eq "Alpha',
    '__proto__ eq "x"',
  ])("refuses %s", async (expression) => {
    expect((await (await threeSources()).get(filtered(expression))).status).toBe(400);
  });
});

describe("pages", () => {
  it("sorts, skips, limits and counts", async () => {
    const caller = await threeSources();
    const reply = await caller.get("/sources?sorters=-name&offset=1&limit=2&count=true");
    expect(reply.list.map(({ name }) => name)).toEqual(["Corporate Directory", "Beta"]);
    expect(reply.headers.get("x-total-count")).toBe("4");
    expect((await caller.get("/sources")).headers.get("x-total-count")).toBeNull();
  });

  it.each(["limit=251", "limit=-1", "limit=x", "offset=-1", "count=yes", "sorters=colour", "sorters=-connector"])(
    "refuses %s",
    async (query) => {
      expect((await (await tenantFor()).get(`/sources?${query}`)).status).toBe(400);
    },
  );

  it("gives 250 at most, and all of them page by page", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    for (let number = 1; number < 260; number += 1) {
      const id = `source-${String(number)}`;
      caller.tenant.admin.put(`/sources/${id}`, { ...source, id, name: `Source ${String(number)}` });
    }
    const first = await caller.get("/sources?count=true");
    const second = await caller.get("/sources?offset=250");
    expect([first.list.length, second.list.length, first.headers.get("x-total-count")]).toEqual([250, 11, "261"]);
  });
});

function storedAs(caller: Caller, collection: string, name: string): Json {
  const objects = Object.values(caller.tenant.admin.state()[collection] ?? {}) as Json[];
  return objects.find((object) => object["name"] === name) ?? {};
}

describe("look-ups", () => {
  it.each([
    ["/identities", 'alias eq "jane.doe"', ["Jane Doe"]],
    ["/identities", 'name eq "John Smith"', ["John Smith", "John Smith"]],
    ["/public-identities", 'alias eq "slpt.services"', ["SailPoint Services"]],
    ["/public-identities", 'lastname eq "Doe"', ["Jane Doe", "John Doe"]],
    ["/managed-clusters", 'name eq "sp_connect_proxy_cluster"', ["sp_connect_proxy_cluster"]],
    ["/workgroups", 'name eq "Source Managers"', ["Source Managers"]],
    ["/transforms", 'name sw "Work"', ["Work Email from Corporate Directory"]],
    ["/identity-profiles", 'name eq "Employees"', ["Employees"]],
    ["/connectors", 'name co "Web"', ["Web Services"]],
  ])("%s by %s", async (path, expression, names) => {
    const reply = await (await tenantFor()).get(`${path}?filters=${encodeURIComponent(expression)}`);
    expect(reply.list.map(({ name }) => name)).toEqual(names);
  });

  it.each(["/identities", "/managed-clusters", "/workgroups", "/password-policies", "/connector-rules", "/transforms"])(
    "%s by id",
    async (path) => {
      const caller = await tenantFor();
      const [first] = (await caller.get(path)).list;
      expect((await caller.get(`${path}/${String(first?.["id"])}`)).body).toEqual(first);
      expect((await caller.get(`${path}/nobody`)).status).toBe(404);
    },
  );

  it("has at least eight connectors, with their forms", async () => {
    const caller = await tenantFor();
    const { list } = await caller.get("/connectors");
    expect(list.length).toBeGreaterThanOrEqual(8);
    const detail = await caller.get(`/connectors/${String(list[0]?.["scriptName"])}`);
    expect(detail.body["sourceConfigXml"]).toContain("<Form");
  });

  it.each([
    [{}, false, 404],
    [{ cloudRulesById: true }, false, 200],
    [{ cloudRulesListed: true }, true, 200],
  ])(
    "have cloud rules for sources to refer to, and show them as tenants do: %j",
    async (behaviours, listed, status) => {
      const caller = await tenantFor({ behaviours });
      const rule = storedAs(caller, "rules", "Correlate by Email");
      const types = (await caller.get("/connector-rules")).list.map(({ type }) => type);
      expect(types.includes("Correlation")).toBe(listed);
      expect((await caller.get(`/connector-rules/${String(rule["id"])}`)).status).toBe(status);
      const accountCorrelationRule = { type: "RULE", id: rule["id"], name: "Correlate by Email" };
      const source = await caller.createSource({ accountCorrelationRule });
      expect(source["accountCorrelationRule"]).toEqual(accountCorrelationRule);
    },
  );

  it("do not find an identity that was never indexed, which exists by its id", async () => {
    const caller = await tenantFor();
    const riley = storedAs(caller, "identities", "Riley Park");
    const filters = encodeURIComponent('alias eq "riley.park"');
    for (const path of ["/identities", "/public-identities"]) {
      expect((await caller.get(`${path}?filters=${filters}`)).list).toEqual([]);
      expect((await caller.get(path)).list).toHaveLength(8);
    }
    expect((await caller.get(`/identities/${String(riley["id"])}`)).body).toMatchObject({ alias: "riley.park" });
    const source = await caller.createSource({ owner: { type: "IDENTITY", id: riley["id"] } });
    expect(source["owner"]).toMatchObject({ name: "Riley Park" });
  });
});
