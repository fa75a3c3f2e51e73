import { saidBy, tenantFor, type Caller, type Json } from "./support";

async function sourceWith(options: Parameters<typeof tenantFor>[0] = {}, more: Json = {}) {
  const caller = await tenantFor(options);
  const source = await caller.createSource(more);
  return { caller, path: `/sources/${String(source["id"])}/schemas` };
}

async function accountOf(caller: Caller, path: string): Promise<Json> {
  const [account = {}] = (await caller.get(`${path}?include-names=account`)).list;
  return account;
}

const role = { name: "role", nativeObjectType: "Role", attributes: [{ name: "id", type: "STRING" }] };

describe("schemas that a source has from the start", () => {
  it("are account, and group where the connector has one", async () => {
    const { caller, path } = await sourceWith();
    const names = async (query: string) => (await caller.get(path + query)).list.map(({ name }) => name);
    expect(await names("")).toEqual(["account", "group"]);
    expect(await names("?include-types=group")).toEqual(["group"]);
    expect(await names("?include-names=account,role")).toEqual(["account"]);
    const memberOf = ((await accountOf(caller, path))["attributes"] as Json[]).find(({ name }) => name === "memberOf");
    const [group] = (await caller.get(`${path}?include-names=group`)).list;
    expect(memberOf).toMatchObject({
      isGroup: true,
      schema: { type: "CONNECTOR_SCHEMA", id: group?.["id"], name: "group" },
    });
  });

  it("can be deleted, the account schema too", async () => {
    const { caller, path } = await sourceWith();
    const { id } = await accountOf(caller, path);
    expect((await caller.delete(`${path}/${String(id)}`)).status).toBe(204);
    expect((await caller.get(`${path}/${String(id)}`)).status).toBe(404);
    expect((await caller.delete(`${path}/${String(id)}`)).status).toBe(404);
  });
});

describe("creating a schema", () => {
  it("fills in what was not said", async () => {
    const { caller, path } = await sourceWith();
    const reply = await caller.post(path, {
      ...role,
      attributes: [{ name: "id" }, { name: "many", isMultiValued: true }],
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ name: "role", includePermissions: false, features: [], configuration: {} });
    expect(reply.body["attributes"]).toMatchObject([
      { name: "id", type: "STRING", isMulti: false, isEntitlement: false, isGroup: false, schema: null },
      { name: "many", isMulti: true },
    ]);
  });

  it.each([400, 409] as const)("refuses a name that exists, with %i", async (duplicateSchema) => {
    const { caller, path } = await sourceWith({ behaviours: { duplicateSchema } });
    expect((await caller.post(path, { ...role, name: "account" })).status).toBe(duplicateSchema);
  });

  it.each<[string, Json, string]>([
    ["no name", { name: undefined }, "name"],
    ["an unknown type", { attributes: [{ name: "a", type: "TEXT" }] }, "type"],
    ["two attributes of one name", { attributes: [{ name: "a" }, { name: "a" }] }, 'two attributes "a"'],
    [
      "isGroup without isEntitlement",
      { attributes: [{ name: "a", isGroup: true, schema: { id: "x" } }] },
      "isEntitlement",
    ],
    ["isGroup without a schema", { attributes: [{ name: "a", isGroup: true, isEntitlement: true }] }, "schema"],
    [
      "a schema that does not exist",
      {
        attributes: [{ name: "a", isGroup: true, isEntitlement: true, schema: { type: "CONNECTOR_SCHEMA", id: "x" } }],
      },
      "does not exist",
    ],
  ])("refuses %s", async (_what, change, says) => {
    const { caller, path } = await sourceWith();
    const reply = await caller.post(path, { ...role, ...change });
    expect(reply.status).toBe(400);
    expect(saidBy(reply)).toContain(says);
  });
});

describe("changing a schema", () => {
  it.each(["id", "name", "created", "modified"])("PATCH refuses to touch %s", async (field) => {
    const { caller, path } = await sourceWith();
    const { id } = await accountOf(caller, path);
    const reply = await caller.patch(`${path}/${String(id)}`, [{ op: "add", path: `/${field}`, value: "x" }]);
    expect(saidBy(reply)).toContain(`Illegal attempt to modify "${field}" field.`);
  });

  it("PATCH adds, replaces and removes attributes", async () => {
    const { caller, path } = await sourceWith();
    const { id } = await accountOf(caller, path);
    const reply = await caller.patch(`${path}/${String(id)}`, [
      { op: "test", path: "/attributes/0/name", value: "distinguishedName" },
      { op: "remove", path: "/attributes/1" },
      { op: "add", path: "/attributes/-", value: { name: "costCenter", type: "INT" } },
    ]);
    const names = (reply.body["attributes"] as Json[]).map(({ name }) => name);
    expect(names).not.toContain("sAMAccountName");
    expect(names.at(-1)).toBe("costCenter");
    expect(reply.body["modified"]).toEqual(expect.any(String));
  });

  it("PUT needs the id, and takes created absent and modified null", async () => {
    const { caller, path } = await sourceWith();
    const { created: _created, ...account } = await accountOf(caller, path);
    const one = `${path}/${String(account["id"])}`;
    const { id: _id, ...withoutId } = account;
    expect(saidBy(await caller.put(one, withoutId))).toContain('"id"');
    expect(saidBy(await caller.put(one, { ...account, name: "user" }))).toContain('"name"');
    const reply = await caller.put(one, { ...account, modified: null, displayAttribute: "cn" });
    expect([reply.status, reply.body["displayAttribute"]]).toEqual([200, "cn"]);
    expect((await caller.get(one)).body["created"]).toEqual(expect.any(String));
  });

  it("shows attributes in another order, under shuffle, and keeps the order that it stores", async () => {
    const { caller, path } = await sourceWith({ shuffle: true });
    const attributes = ["a", "b", "c", "d", "e"].map((name) => ({ name, type: "STRING" }));
    const { body } = await caller.post(path, { name: "role", attributes });
    const names = (body["attributes"] as Json[]).map(({ name }) => name);
    expect(names).not.toEqual(["a", "b", "c", "d", "e"]);
    expect([...names].sort()).toEqual(["a", "b", "c", "d", "e"]);
    const stored = caller.tenant.admin.state()["schemas"]?.[path.split("/")[2] ?? ""] as Record<string, Json>;
    expect((stored[String(body["id"])]?.["attributes"] as Json[]).map(({ name }) => name)).toEqual([
      "a",
      "b",
      "c",
      "d",
      "e",
    ]);
  });

  it("keeps what no document names of an attribute, and can name it for all", async () => {
    const { caller, path } = await sourceWith();
    const sent = { ...role, attributes: [{ name: "a", isManaged: true }, { name: "b" }] };
    const { body } = await caller.post(path, sent);
    const read = async () => (await caller.get(`${path}/${String(body["id"])}`)).body["attributes"] as Json[];
    expect((await read()).map(({ isManaged }) => isManaged)).toEqual([true, undefined]);
    caller.tenant.admin.set({ behaviours: { managedAttributes: true } });
    expect((await read()).map(({ isManaged }) => isManaged)).toEqual([true, false]);
  });

  it("can answer POST and PUT with booleans that are not so", async () => {
    const { caller, path } = await sourceWith({ behaviours: { unreliableSchemaAnswers: true } });
    const sent = { ...role, attributes: [{ name: "a", isMulti: true, isEntitlement: true }] };
    const { body } = await caller.post(path, sent);
    expect((body["attributes"] as Json[])[0]).toMatchObject({ isMulti: false, isEntitlement: false });
    const read = await caller.get(`${path}/${String(body["id"])}`);
    expect((read.body["attributes"] as Json[])[0]).toMatchObject({ isMulti: true, isEntitlement: true });
  });

  it.each([
    ["empty", {}],
    ["null", null],
    ["absent", undefined],
  ] as const)("shows a configuration that is empty as %s", async (emptyConfiguration, shown) => {
    const { caller, path } = await sourceWith({ behaviours: { emptyConfiguration } });
    expect((await accountOf(caller, path))["configuration"]).toEqual(shown);
  });

  it("can refuse an identity attribute where there was none", async () => {
    const { caller, path } = await sourceWith({ behaviours: { identityAttributeSettable: false } });
    const { body } = await caller.post(path, role);
    const patch = [{ op: "add", path: "/identityAttribute", value: "id" }];
    expect((await caller.patch(`${path}/${String(body["id"])}`, patch)).status).toBe(400);
  });
});

describe("schemas as CSV", () => {
  const csv = { connector: "delimited-file" };

  async function delimitedFile() {
    const caller = await tenantFor();
    const source = await caller.createSource(csv, "?provisionAsCsv=true");
    return { caller, path: `/sources/${String(source["id"])}/schemas` };
  }

  it("replace the attributes, keep what is known of them, and come back", async () => {
    const { caller, path } = await delimitedFile();
    const uploaded = await caller.upload(`${path}/accounts`, "schema.csv", 'id,groups,"cost, center"\n');
    expect(uploaded.status).toBe(200);
    expect((uploaded.body["attributes"] as Json[]).map(({ name, isMulti }) => [name, isMulti])).toEqual([
      ["id", false],
      ["groups", true],
      ["cost, center", false],
    ]);
    const downloaded = await caller.get(`${path}/accounts`);
    expect(downloaded.headers.get("content-type")).toContain("text/csv");
    expect(downloaded.text).toBe('id,groups,"cost, center"\n');
    expect((await caller.get(`${path}/entitlements?schemaName=group`)).text).toContain("displayName");
    expect((await caller.get(`${path}/entitlements?schemaName=nothing`)).status).toBe(404);
  });

  it.each([
    ["two columns of one name", "id,id\n"],
    ["a column without a name", "id,,x\n"],
    ["nothing", ""],
    ["an open quote", 'id,"x\n'],
  ])("are refused with %s", async (_what, content) => {
    const { caller, path } = await delimitedFile();
    expect((await caller.upload(`${path}/accounts`, "schema.csv", content)).status).toBe(400);
  });

  it.each([csv, { connector: "jdbc" }])(
    "are for Delimited File sources made with provisionAsCsv only: %j",
    async (more) => {
      const { caller, path } = await sourceWith({}, more);
      const download = await caller.get(`${path}/accounts`);
      expect(download.status).toBe(400);
      expect(saidBy(download)).toContain("Only a source type, DelimitedFile, supports schema file download");
      expect((await caller.upload(`${path}/accounts`, "schema.csv", "id\n")).status).toBe(400);
    },
  );
});
