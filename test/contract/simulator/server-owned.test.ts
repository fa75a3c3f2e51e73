import { saidBy, tenantFor, type Caller, type Json } from "./support";

const attributesOf = (source: Json) => source["connectorAttributes"] as Json;
const pathOf = (source: Json) => `/sources/${String(source["id"])}`;

const add = (caller: Caller, source: Json, key: string, value: unknown) =>
  caller.patch(pathOf(source), [{ op: "add", path: `/connectorAttributes/${key}`, value }]);
const remove = (caller: Caller, source: Json, key: string) =>
  caller.patch(pathOf(source), [{ op: "remove", path: `/connectorAttributes/${key}` }]);

describe("connector attributes that the server owns", () => {
  it.each(["healthy", "since", "status"])(
    "refuse a change or removal of %s, and take it as it was read",
    async (key) => {
      const caller = await tenantFor();
      const source = await caller.createSource();
      const refused = `Illegal attempt to modify "${key}" field.`;
      expect(saidBy(await add(caller, source, key, "mine"))).toContain(refused);
      expect(saidBy(await remove(caller, source, key))).toContain(refused);
      expect((await add(caller, source, key, attributesOf(source)[key])).status).toBe(200);
    },
  );

  it('refuse a whole replacement that lacks them with "healthy", though it names none', async () => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    const whole = [{ op: "replace", path: "/connectorAttributes", value: { pageSize: 1 } }];
    expect(saidBy(await caller.patch(pathOf(source), whole))).toContain('Illegal attempt to modify "healthy" field.');
    const put = await caller.put(pathOf(source), { ...source, connectorAttributes: { pageSize: 1 } });
    expect(saidBy(put)).toContain('Illegal attempt to modify "healthy" field.');
    const asRead = [{ op: "replace", path: "/connectorAttributes", value: { ...attributesOf(source), pageSize: 1 } }];
    expect(attributesOf((await caller.patch(pathOf(source), asRead)).body)["pageSize"]).toBe(1);
  });

  it.each([
    "cloudDisplayName",
    "templateApplication",
    "cloudExternalId",
    "connectorName",
    "hasFullAggregationCompleted",
  ])("drop a write to %s without a word, or refuse it", async (key) => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    caller.tenant.admin.aggregate(String(source["id"]));
    const before = attributesOf((await caller.get(pathOf(source))).body)[key];
    expect(before).toBeDefined();
    expect(attributesOf((await add(caller, source, key, "mine")).body)[key]).toEqual(before);
    expect(attributesOf((await remove(caller, source, key)).body)[key]).toEqual(before);
    caller.tenant.admin.set({ behaviours: { ownedAttributes: "refused" } });
    expect(saidBy(await add(caller, source, key, "mine"))).toContain(`modify "${key}" field`);
    expect((await remove(caller, source, key)).status).toBe(400);
    expect((await add(caller, source, key, before)).status).toBe(200);
  });
});

describe("a SaaS connector", () => {
  const connector = "people-saas";
  const spConnectorSpecId = "6e47875b-73f1-481d-a613-59d4deca0c6a";

  it("links the source to an instance when it is made, and drops later writes of the link", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource({ connector, connectorAttributes: { spConnectorSpecId } });
    const { spConnectorInstanceId } = attributesOf(source);
    expect(attributesOf(source)).toMatchObject({ spConnectorSpecId, idnProxyType: "sp-connect" });
    expect(spConnectorInstanceId).toEqual(expect.any(String));
    for (const key of ["spConnectorSpecId", "spConnectorInstanceId", "spConnEnableStatefulCommands", "idnProxyType"]) {
      const reply = await add(caller, source, key, "mine");
      expect(reply.status).toBe(200);
      expect(attributesOf(reply.body)[key]).toBe(attributesOf(source)[key]);
    }
    expect((await caller.post(`${pathOf(source)}/connector/check-connection`)).body["status"]).toBe("SUCCESS");
  });

  it("does not work without one", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource({ connector });
    expect(attributesOf(source)).not.toHaveProperty("spConnectorInstanceId");
    await add(caller, source, "spConnectorSpecId", spConnectorSpecId);
    expect((await caller.post(`${pathOf(source)}/connector/check-connection`)).body["status"]).toBe("FAILURE");
  });

  it("rotates its token and moves its cursor: when told to, or with every test and aggregation", async () => {
    const caller = await tenantFor();
    const connectorAttributes = { spConnectorSpecId, refresh_token: "plain-first" };
    const source = await caller.createSource({ connector, connectorAttributes });
    const id = String(source["id"]);
    const token = () => caller.tenant.admin.secrets(id)["/connectorAttributes/refresh_token"];
    caller.tenant.admin.aggregate(id);
    expect(token()).toBe("plain-first");
    caller.tenant.admin.runConnector(id);
    const seen = [token()];
    const read = (await caller.get(pathOf(source))).body;
    expect(attributesOf(read)["lastSync"]).toEqual(expect.any(String));
    expect(read["modified"]).toBe(source["modified"]);
    caller.tenant.admin.set({ behaviours: { connectorWritesItself: true } });
    await caller.post(`${pathOf(source)}/connector/check-connection`);
    seen.push(token());
    caller.tenant.admin.aggregate(id);
    seen.push(token());
    expect(new Set(seen).size).toBe(3);
    expect(seen).not.toContain("plain-first");
  });
});

describe("the vendor", () => {
  it("moves a source to another class and script name, and the source goes on working", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource({ connector: "delimited-file" }, "?provisionAsCsv=true");
    const connectorClass = "sailpoint.connector.delimitedfile.DelimitedFileConnector";
    caller.tenant.admin.moveConnector(String(source["id"]), { connectorClass, connector: "delimited-file-v2" });
    const moved = (await caller.get(pathOf(source))).body;
    expect(moved).toMatchObject({ connectorClass, connector: "delimited-file-v2", modified: source["modified"] });
    const patch = [{ op: "replace", path: "/connectorClass", value: source["connectorClass"] }];
    expect((await caller.patch(pathOf(source), patch)).status).toBe(400);
    expect((await add(caller, source, "delimiter", ";")).status).toBe(200);
    expect((await caller.put(pathOf(source), moved)).status).toBe(200);
  });
});
