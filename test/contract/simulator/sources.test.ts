import { saidBy, tenantFor, type Caller, type Json } from "./support";

const attributesOf = (source: Json) => source["connectorAttributes"] as Json;
const pathOf = (source: Json) => `/sources/${String(source["id"])}`;

describe("creating a source", () => {
  it("answers with what the server adds, and with the suffix of the connector", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource({ connectorAttributes: { pageSize: 7 } });
    expect(source).toMatchObject({
      name: "HR Feed",
      connector: "active-directory-angularsc",
      type: "Active Directory - Direct",
      authoritative: false,
      healthy: false,
      connectionType: "direct",
      connectorName: "Active Directory",
      category: null,
    });
    expect(attributesOf(source)).toMatchObject({ pageSize: 7, cloudDisplayName: "HR Feed", healthy: false });
    expect((source["schemas"] as Json[]).map(({ name }) => name)).toEqual(["account", "group"]);
    expect((await caller.get(pathOf(source))).body).toEqual(source);
  });

  it.each([
    ["delimited-file", "?provisionAsCsv=true", "DelimitedFile"],
    ["delimited-file", "", "Delimited File"],
    ["delimited-file-angularsc", "?provisionAsCsv=true", "DelimitedFile"],
  ])("%s%s has the type %s", async (connector, query, type) => {
    const source = await (await tenantFor()).createSource({ connector }, query);
    expect(source).toMatchObject({ type, connector: "delimited-file-angularsc" });
    expect(source).not.toHaveProperty("provisionAsCsv");
  });

  it("ignores what only the server decides", async () => {
    const caller = await tenantFor();
    const sent = { id: "mine", authoritative: true, created: "2001-01-01T00:00:00Z", category: "X", healthy: true };
    const source = await caller.createSource({ ...sent, connectorAttributes: { healthy: true, since: "x" } });
    expect(source["id"]).not.toBe("mine");
    expect(source).toMatchObject({ authoritative: false, category: null, healthy: false });
    expect(attributesOf(source)["healthy"]).toBe(false);
  });

  it.each<[string, Json, string]>([
    ["no name", { name: undefined }, "name is required."],
    ["a name over 128 characters", { name: "x".repeat(129) }, "name"],
    ["no owner", { owner: undefined }, "owner"],
    ["an owner of null", { owner: null }, "owner"],
    ["an owner who does not exist", { owner: { type: "IDENTITY", id: "nobody" } }, "does not exist"],
    ["an owner of another type", { owner: { type: "ROLE", id: "x" } }, "owner.type"],
    ["no connector", { connector: undefined }, "connector"],
    ["an unknown connector", { connector: "telepathy" }, "telepathy"],
    ["an unknown feature", { features: ["TELEPATHY"] }, "features"],
    ["a cluster without a name", { cluster: { type: "CLUSTER", id: "x" } }, "cluster.name is required."],
    ["encrypted of null", { connectorAttributes: { encrypted: null } }, "encrypted"],
    ["a rule that does not exist", { accountCorrelationRule: { type: "RULE", id: "x" } }, "accountCorrelationRule"],
  ])("refuses %s", async (_what, sent, says) => {
    const caller = await tenantFor();
    const reply = await caller.post("/sources", { ...(await caller.minimalSource()), ...sent });
    expect(reply.status).toBe(400);
    expect(saidBy(reply)).toContain(says);
    expect((await caller.get("/sources?count=true")).headers.get("x-total-count")).toBe("1");
  });

  it.each([400, 409] as const)("refuses a name that is taken, with %i", async (duplicateSourceName) => {
    const caller = await tenantFor({ behaviours: { duplicateSourceName } });
    await caller.createSource();
    const reply = await caller.post("/sources", await caller.minimalSource());
    expect(reply.status).toBe(duplicateSourceName);
    expect(saidBy(reply)).toContain("HR Feed");
  });

  it("knows nothing of the correlation config of another source", async () => {
    const caller = await tenantFor();
    const { accountCorrelationConfig } = await caller.createSource();
    const body = { ...(await caller.minimalSource()), name: "Other", accountCorrelationConfig };
    expect((await caller.post("/sources", body)).status).toBe(404);
    const other = await caller.createSource({ name: "Other" });
    const patch = [{ op: "replace", path: "/accountCorrelationConfig", value: accountCorrelationConfig }];
    expect((await caller.patch(pathOf(other), patch)).status).toBe(404);
  });

  it.each([
    ["null", null],
    ["kept", expect.objectContaining({ type: "CLUSTER", name: "sp_connect_proxy_cluster" })],
  ] as const)("shows the cluster of a file-type source as %s", async (clusterOfFileSources, shown) => {
    const caller = await tenantFor({ behaviours: { clusterOfFileSources } });
    const [found] = (await caller.get("/managed-clusters")).list;
    const cluster = { type: "CLUSTER", id: found?.["id"], name: found?.["name"] };
    const file = await caller.createSource({ cluster, connector: "delimited-file" }, "?provisionAsCsv=true");
    expect(file["cluster"]).toEqual(shown);
    expect((await caller.createSource({ cluster, name: "Direct" }))["cluster"]).toEqual(cluster);
  });
});

describe("PATCH of a source", () => {
  it.each(["id", "type", "authoritative", "created", "modified", "connector", "connectorClass", "passwordPolicies"])(
    "refuses to touch %s",
    async (field) => {
      const caller = await tenantFor();
      const source = await caller.createSource();
      const reply = await caller.patch(pathOf(source), [{ op: "replace", path: `/${field}`, value: "x" }]);
      expect(reply.status).toBe(400);
      expect(saidBy(reply)).toContain(`Illegal attempt to modify "${field}" field.`);
    },
  );

  it.each<[string, unknown]>([
    ["no list", { op: "replace", path: "/name", value: "x" }],
    ["an unknown operation", [{ op: "merge", path: "/name", value: "x" }]],
    ["no path", [{ op: "remove" }]],
    ["a path that is no pointer", [{ op: "remove", path: "name" }]],
    ["add without a value", [{ op: "add", path: "/description" }]],
    ["replace of what is missing", [{ op: "replace", path: "/connectorAttributes/nothing", value: 1 }]],
    ["remove of what is missing", [{ op: "remove", path: "/connectorAttributes/nothing" }]],
    ["a failing test", [{ op: "test", path: "/name", value: "Other" }]],
    ["a move from nowhere", [{ op: "move", path: "/description", from: "/connectorAttributes/nothing" }]],
    ["a name of null", [{ op: "replace", path: "/name", value: null }]],
    ["no owner", [{ op: "remove", path: "/owner" }]],
    ["a wrong type", [{ op: "replace", path: "/deleteThreshold", value: "ten" }]],
    ["a prototype", [{ op: "add", path: "/__proto__/polluted", value: true }]],
    ["encrypted of null", [{ op: "add", path: "/connectorAttributes/encrypted", value: null }]],
  ])("refuses %s, and changes nothing", async (_what, body) => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    expect((await caller.patch(pathOf(source), body)).status).toBe(400);
    expect((await caller.get(pathOf(source))).body).toEqual(source);
  });

  it("wants its own content type", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    const patch = [{ op: "replace", path: "/description", value: "x" }];
    const reply = await caller.patch(pathOf(source), patch, "application/json");
    expect(reply.status).toBe(400);
    expect(saidBy(reply)).toContain("syntactically correct but its content is semantically invalid");
  });

  it("is all or nothing", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    const patch = [
      { op: "replace", path: "/name", value: "Changed" },
      { op: "remove", path: "/connectorAttributes/nothing" },
    ];
    expect((await caller.patch(pathOf(source), patch)).status).toBe(400);
    expect((await caller.get(pathOf(source))).body["name"]).toBe("HR Feed");
  });

  it("adds, replaces, removes, tests, moves and copies keys with dots, slashes and tildes", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource({
      connectorAttributes: { "group.hasHeader": true, old: 1, list: [1, 2] },
    });
    const reply = await caller.patch(pathOf(source), [
      { op: "test", path: "/connectorAttributes/group.hasHeader", value: true },
      { op: "replace", path: "/connectorAttributes/group.hasHeader", value: false },
      { op: "add", path: "/connectorAttributes/a~1b~0c", value: 1.5 },
      { op: "copy", from: "/connectorAttributes/old", path: "/connectorAttributes/copied" },
      { op: "move", from: "/connectorAttributes/old", path: "/connectorAttributes/moved" },
      { op: "add", path: "/connectorAttributes/list/-", value: 3 },
      { op: "add", path: "/connectorAttributes/list/0", value: 0 },
      { op: "remove", path: "/connectorAttributes/list/1" },
    ]);
    expect(reply.status).toBe(200);
    const attributes = attributesOf(reply.body);
    expect(attributes).toMatchObject({ "group.hasHeader": false, "a/b~c": 1.5, copied: 1, moved: 1, list: [0, 2, 3] });
    expect(attributes).not.toHaveProperty("old");
    expect(reply.body["modified"]).not.toBe(source["modified"]);
  });

  it.each([
    ["set", 200, null],
    ["remove", 200, undefined],
    ["refuse", 400, "x"],
  ] as const)("takes a value of null as %s", async (patchNull, status, value) => {
    const caller = await tenantFor({ behaviours: { patchNull } });
    const source = await caller.createSource({ connectorAttributes: { key: "x" } });
    const reply = await caller.patch(pathOf(source), [
      { op: "replace", path: "/connectorAttributes/key", value: null },
    ]);
    expect(reply.status).toBe(status);
    expect(attributesOf((await caller.get(pathOf(source))).body)["key"]).toBe(value);
  });

  it("moves the mirrors of what it changes", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    const patched = await caller.patch(pathOf(source), [
      { op: "replace", path: "/name", value: "Renamed" },
      { op: "replace", path: "/deleteThreshold", value: 33 },
    ]);
    expect(attributesOf(patched.body)).toMatchObject({ cloudDisplayName: "Renamed", deleteThresholdPercentage: 33 });
    expect((patched.body["accountCorrelationConfig"] as Json)["name"]).toBe("Source [Renamed] Account Correlation");
  });
});

describe("connector attributes", () => {
  const replaceAll = (caller: Caller, source: Json, value: Json) =>
    caller.patch(pathOf(source), [{ op: "replace", path: "/connectorAttributes", value }]);

  it("cannot be replaced whole without what the server injected", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    const reply = await replaceAll(caller, source, { pageSize: 5 });
    expect(reply.status).toBe(400);
    expect(saidBy(reply)).toContain('Illegal attempt to modify "healthy" field.');
  });

  it("may be sent back as they were read, volatile keys and cipher text too", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource({ connectorAttributes: { password: "secret" } });
    caller.tenant.admin.aggregate(String(source["id"]));
    const before = (await caller.get(pathOf(source))).body;
    const reply = await replaceAll(caller, source, attributesOf(before));
    expect(reply.status).toBe(200);
    expect(reply.body["connectorAttributes"]).toEqual(before["connectorAttributes"]);
  });

  it("move by an aggregation where the server owns them, and nowhere else", async () => {
    const caller = await tenantFor();
    const before = await caller.createSource();
    caller.tenant.admin.aggregate(String(before["id"]));
    const first = attributesOf((await caller.get(pathOf(before))).body);
    caller.tenant.admin.aggregate(String(before["id"]));
    const second = attributesOf((await caller.get(pathOf(before))).body);
    const moved = Object.keys(second).filter((key) => JSON.stringify(first[key]) !== JSON.stringify(second[key]));
    expect(moved.sort()).toEqual(
      [
        "acctAggregationEnd",
        "acctAggregationStart",
        "deltaAggregation",
        "lastAggregationDate_account",
        "md5",
        "since",
      ].sort(),
    );
    expect(first).toMatchObject({ healthy: true, status: "SOURCE_STATE_HEALTHY", hasFullAggregationCompleted: true });
  });
});

describe("PUT of a source", () => {
  it("takes back what was read", async () => {
    const caller = await tenantFor({ shuffle: true });
    const source = await caller.createSource({ connectorAttributes: { password: "secret" } });
    const reply = await caller.put(pathOf(source), { ...source, description: "put" });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      description: "put",
      connectorAttributes: source["connectorAttributes"] as Json,
    });
  });

  it.each(["id", "type", "authoritative", "connector", "connectorClass", "passwordPolicies"])(
    "refuses another %s",
    async (field) => {
      const caller = await tenantFor();
      const source = await caller.createSource();
      const value = { authoritative: true, passwordPolicies: [{ type: "PASSWORD_POLICY", id: "x" }] }[field] ?? "jdbc";
      const reply = await caller.put(pathOf(source), { ...source, [field]: value });
      expect(reply.status).toBe(400);
      expect(saidBy(reply)).toContain(`Illegal attempt to modify "${field}" field.`);
    },
  );

  it("refuses a body without id, and lets created and modified differ", async () => {
    const caller = await tenantFor();
    const { id, ...rest } = await caller.createSource();
    const without = await caller.put(`/sources/${String(id)}`, rest);
    expect(saidBy(without)).toContain('Illegal attempt to modify "id" field.');
    const other = await caller.put(`/sources/${String(id)}`, { ...rest, id, created: "x", modified: null });
    expect(other.status).toBe(200);
    expect(other.body["created"]).toBe(rest["created"]);
  });
});

describe("what is not stable", () => {
  it("is the order of features, under shuffle", async () => {
    const features = ["ENABLE", "PASSWORD", "UNLOCK", "SEARCH", "PROVISIONING"];
    const caller = await tenantFor({ shuffle: true });
    const source = await caller.createSource({ features });
    expect(source["features"]).not.toEqual(features);
    expect([...(source["features"] as string[])].sort()).toEqual([...features].sort());
    expect((await caller.get(pathOf(source))).body["features"]).toEqual(source["features"]);
  });

  it("is what a GET shows for a while after a write, with stale reads", async () => {
    const caller = await tenantFor({ staleReadsMs: 60_000 });
    const owner = await caller.owner();
    expect(owner["id"]).toEqual(expect.any(String));
    const source = await caller.createSource({ owner });
    expect((await caller.get(pathOf(source))).status).toBe(404);
    expect((await caller.get(`/sources?filters=${encodeURIComponent('name eq "HR Feed"')}`)).list).toEqual([]);
    caller.tenant.admin.set({ clockOffsetMs: 61_000 });
    expect((await caller.get(pathOf(source))).status).toBe(200);
    await caller.patch(pathOf(source), [{ op: "replace", path: "/description", value: "new" }]);
    expect((await caller.get(pathOf(source))).body["description"]).toBeUndefined();
    caller.tenant.admin.set({ clockOffsetMs: 122_000 });
    expect((await caller.get(pathOf(source))).body["description"]).toBe("new");
  });

  it("are the fields that no document names, and an owner of null", async () => {
    const plain = await (await tenantFor({ behaviours: { undocumentedFields: false } })).createSource();
    expect(plain).not.toHaveProperty("accountsFile");
    const odd = await (await tenantFor({ behaviours: { ownerNull: true } })).createSource();
    expect(odd).toMatchObject({ owner: null, accountsFile: null });
  });

  it("is the suffix of the connector, on some tenants", async () => {
    const source = await (await tenantFor({ behaviours: { angularSuffix: false } })).createSource();
    expect(source["connector"]).toBe("active-directory");
  });
});
