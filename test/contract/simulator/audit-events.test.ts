import { tenantFor, type Caller, type Json } from "./support";

async function world(behaviours: Json = {}) {
  const caller = await tenantFor({ behaviours });
  const source = await caller.createSource();
  return { caller, id: String(source["id"]), path: `/sources/${String(source["id"])}` };
}

const search = (caller: Caller, body: Json, query = "") =>
  caller.post(`/search${query}`, { indices: ["events"], sort: ["created"], ...body });
const byDsl = (caller: Caller, queryDsl: Json) => search(caller, { queryType: "DSL", queryDsl });
const byText = (caller: Caller, query: string) => search(caller, { query: { query } });
const actionsOf = (reply: { list: Json[] }) => reply.list.map(({ action }) => action);

describe("audit events", () => {
  it("tell who did what, when, and never the values", async () => {
    const { caller, path } = await world();
    const patch = [{ op: "add", path: "/connectorAttributes/password", value: "plain-secret" }];
    await caller.patch(path, patch);
    const reply = await byText(caller, "*");
    expect(reply.status).toBe(200);
    expect(reply.list).toMatchObject([
      { action: "SOURCE_CREATE", technicalName: "SOURCE_CREATE_PASSED", name: "Create Source Passed" },
      {
        action: "SOURCE_UPDATE",
        type: "SOURCE_MANAGEMENT",
        technicalName: "SOURCE_UPDATE_PASSED",
        name: "Update Source Passed",
        objects: ["SOURCE"],
        operation: "UPDATE",
        status: "PASSED",
        actor: { name: "slpt.services" },
        target: { name: "HR Feed" },
        attributes: { sourceName: "HR Feed" },
        _type: "event",
      },
    ]);
    expect(JSON.stringify(reply.list)).not.toContain("plain-secret");
    expect(reply.list[1]?.["attributes"]).not.toHaveProperty("sourceId");
  });

  it("come from every change of a source and what hangs on it, and from no refusal", async () => {
    const { caller, path } = await world();
    const [account, group] = (await caller.get(`${path}/schemas`)).list;
    const [policy] = (await caller.get("/password-policies")).list;
    const sync = (await caller.get(`${path}/attribute-sync-config`)).body;
    const switched = (enabled: boolean) => ({
      ...sync,
      attributes: (sync["attributes"] as Json[]).map((attribute) => ({ ...attribute, enabled })),
    });
    const parts = new FormData();
    parts.append("disableOptimization", "true");
    const nightly = { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" };
    const replace = (at: string, value: unknown) => [{ op: "replace", path: at, value }];
    const changes: [() => Promise<unknown>, string[]][] = [
      [() => caller.patch(path, replace("/type", "x")), []],
      [() => caller.get(path), []],
      [() => caller.patch(path, replace("/deleteThreshold", 50)), ["SOURCE_UPDATE", "SOURCE_UPDATE_DELETE_THRESHOLD"]],
      [
        () => caller.patch(path, replace("/features", ["PASSWORD"])),
        ["SOURCE_UPDATE", "SOURCE_FEATURES_STRING_UPDATE"],
      ],
      [() => caller.post(`${path}/schemas`, { name: "role" }), ["SCHEMA_CREATED"]],
      [
        () => caller.patch(`${path}/schemas/${String(account?.["id"])}`, replace("/displayAttribute", "cn")),
        ["SCHEMA_UPDATED"],
      ],
      [() => caller.delete(`${path}/schemas/${String(group?.["id"])}`), ["SCHEMA_DELETED"]],
      [
        () => caller.post(`${path}/provisioning-policies`, { name: "x", usageType: "ENABLE" }),
        ["ACCOUNT_PROFILE_CREATED"],
      ],
      [() => caller.put(`${path}/provisioning-policies/ENABLE`, { name: "y" }), ["ACCOUNT_PROFILE_UPDATED"]],
      [() => caller.delete(`${path}/provisioning-policies/ENABLE`), ["ACCOUNT_PROFILE_DELETED"]],
      [() => caller.post(`${path}/schedules`, nightly), ["SOURCE_SCHEDULE_CREATED"]],
      [
        () => caller.patch(`${path}/schedules/ACCOUNT_AGGREGATION`, replace("/cronExpression", "0 0 4 * * ?")),
        ["SOURCE_SCHEDULE_UPDATED"],
      ],
      [() => caller.delete(`${path}/schedules/ACCOUNT_AGGREGATION`), ["SOURCE_SCHEDULE_REMOVED"]],
      [() => caller.put(`${path}/correlation-config`, {}), ["CORRELATION_CONFIG_UPDATED"]],
      [
        () => caller.put(`${path}/native-change-detection-config`, { enabled: true }),
        ["NATIVE_CHANGE_DETECTION_CONFIGURATION_UPDATE"],
      ],
      [() => caller.put(`${path}/attribute-sync-config`, switched(true)), ["ACTION_ENABLE_ATTRIBUTE_SYNC"]],
      [() => caller.put(`${path}/attribute-sync-config`, switched(false)), ["ACTION_DISABLE_ATTRIBUTE_SYNC"]],
      [
        () => caller.patch(`${path}/password-policies`, [{ policyId: policy?.["id"] }], "application/json"),
        ["SOURCE_PASSWORD_POLICY_ASSIGNED"],
      ],
      [() => caller.upload(`${path}/upload-connector-file`, "a.jar", "1"), ["CONNECTOR_FILE_UPLOAD"]],
      [() => caller.post(`${path}/remove-accounts`), ["ACCOUNTS_REMOVE_PASSED"]],
      [() => caller.send("POST", `${path}/load-accounts`, parts), ["SOURCE_ACCOUNT_AGGREGATION_PASSED"]],
      [() => caller.send("POST", `${path}/load-entitlements`, parts), ["SOURCE_ENTITLEMENT_AGGREGATION_FAILED"]],
      [() => caller.delete(path), ["SOURCE_DELETE"]],
    ];
    for (const [change, actions] of changes) {
      const before = (await byText(caller, "*")).list.length;
      await change();
      expect(actionsOf(await byText(caller, "*")).slice(before)).toEqual(actions);
    }
    expect((await byText(caller, "*")).list.every(({ target }) => (target as Json)["name"] === "HR Feed")).toBe(true);
  });

  it("tell how a task ended, when it ends", async () => {
    const { caller, path } = await world();
    caller.tenant.admin.set({
      deletionMs: 60_000,
      taskOutcomes: [{ kind: "delete", completionStatus: "ERROR", message: "no" }],
    });
    await caller.delete(path);
    expect(actionsOf(await byText(caller, "operation:DELETE"))).toEqual([]);
    caller.tenant.admin.set({ clockOffsetMs: 61_000 });
    expect((await byText(caller, "operation:DELETE")).list).toMatchObject([
      { action: "SOURCE_DELETE", status: "FAILED", technicalName: "SOURCE_DELETE_FAILED" },
    ]);
  });

  it("name the owner of the client, or the administrator who used the tenant's own pages", async () => {
    const { caller, id, path } = await world({ eventSourceId: true });
    const jane = caller.as(caller.tenant.admin.addClient({ owner: "jane.doe" }));
    const patch = [{ op: "add", path: "/description", value: "x" }];
    await jane.patch(path, patch);
    caller.tenant.admin.edit(path, patch, "john.smith");
    caller.tenant.admin.edit(`${path}/provisioning-policies/CREATE`, [{ op: "replace", path: "/name", value: "x" }]);
    caller.tenant.admin.remove(`${path}/provisioning-policies/CREATE`, "john.smith");
    const { list } = await byText(caller, "NOT action:SOURCE_CREATE");
    expect(list.map(({ action, actor }) => [action, (actor as Json)["name"]])).toEqual([
      ["SOURCE_UPDATE", "jane.doe"],
      ["SOURCE_UPDATE", "john.smith"],
      ["ACCOUNT_PROFILE_UPDATED", "amelia.chen"],
      ["ACCOUNT_PROFILE_DELETED", "john.smith"],
    ]);
    expect(list[0]?.["attributes"]).toEqual({ sourceName: "HR Feed", sourceId: id });
  });
});

describe("the search of audit events", () => {
  async function several() {
    const caller = await tenantFor();
    for (const name of ["HR Feed", "HR Legacy", "Payroll"]) {
      const { id } = await caller.createSource({ name });
      caller.tenant.admin.edit(`/sources/${String(id)}`, [{ op: "add", path: "/description", value: "x" }], "jane.doe");
    }
    return caller;
  }

  const targets = (reply: { status: number; list: Json[] }) => {
    expect(reply.status).toBe(200);
    return [...new Set(reply.list.map(({ target }) => (target as Json)["name"]))];
  };

  it.each<[Json, string[]]>([
    [{ match: { action: "SOURCE_UPDATE" } }, ["HR Feed", "HR Legacy", "Payroll"]],
    // By words: who wants one source compares the answers.
    [{ match: { "target.name": "HR Feed" } }, ["HR Feed", "HR Legacy"]],
    [{ match: { "target.name": { query: "hr feed", operator: "and" } } }, ["HR Feed"]],
    [{ match: { "target.name.exact": "HR Feed" } }, ["HR Feed"]],
    [{ match_phrase: { "target.name": "hr legacy" } }, ["HR Legacy"]],
    [{ term: { "target.name": "Payroll" } }, ["Payroll"]],
    [{ terms: { "target.name": ["Payroll", "HR Feed"] } }, ["HR Feed", "Payroll"]],
    [{ prefix: { "target.name": "Pay" } }, ["Payroll"]],
    [{ exists: { field: "nothing" } }, []],
    [{ range: { created: { gte: "now-1h", lte: "now+1d/d" } } }, ["HR Feed", "HR Legacy", "Payroll"]],
    [{ range: { created: { lt: "2020-01-01T00:00:00Z" } } }, []],
    [
      {
        bool: {
          must: [{ match: { type: "SOURCE_MANAGEMENT" } }, { match: { operation: "UPDATE" } }],
          must_not: { match: { "target.name": "legacy" } },
          should: [{ match: { "actor.name": "jane.doe" } }, { match: { "actor.name": "john.doe" } }],
          minimum_should_match: 1,
        },
      },
      ["HR Feed", "Payroll"],
    ],
    [{ query_string: { query: "target.name:Payroll" } }, ["Payroll"]],
  ])("reads the DSL: %j", async (queryDsl, names) => {
    expect(targets(await byDsl(await several(), queryDsl))).toEqual(names);
  });

  it.each([
    [
      'type:SOURCE_MANAGEMENT AND operation:UPDATE AND target.name:"HR Feed" AND created:[now-7d TO now+1m]',
      ["HR Feed"],
    ],
    ["target.name:(Payroll OR legacy)", ["HR Legacy", "Payroll"]],
    ["target.name:HR AND NOT target.name:legacy", ["HR Feed"]],
    ["Payroll", ["Payroll"]],
    ["target.name:Pay*", ["Payroll"]],
    ["created:>=2020-01-01T00:00:00Z AND actor.name:jane.doe", ["HR Feed", "HR Legacy", "Payroll"]],
    ["created:{* TO 2020-01-01}", []],
    ['"hr feed" "payroll"', ["HR Feed", "Payroll"]],
  ])("reads what people write: %s", async (query, names) => {
    expect(targets(await byText(await several(), query))).toEqual(names);
  });

  it.each<[string, Json]>([
    ["no index", { indices: [] }],
    ["an unknown index", { indices: ["sources"], query: { query: "*" } }],
    ["no query", {}],
    ["an unknown kind of query", { queryType: "DSL", queryDsl: { fuzzy: { name: "x" } } }],
    ["two kinds at once", { queryType: "DSL", queryDsl: { match_all: {}, match: { a: "b" } } }],
    ["an open bracket", { query: { query: "(a OR b" } }],
    ["an open quote", { query: { query: 'name:"a' } }],
    ["searchAfter without sort", { query: { query: "*" }, sort: undefined, searchAfter: ["x"] }],
  ])("refuses %s", async (_what, body) => {
    expect((await search(await tenantFor(), body)).status).toBe(400);
  });

  it("sorts, limits, counts, and goes on behind the last one", async () => {
    const caller = await several();
    const body = { query: { query: "operation:UPDATE" }, sort: ["-created"] };
    const first = await search(caller, body, "?limit=2&count=true");
    expect([targets(first), first.headers.get("x-total-count")]).toEqual([["Payroll", "HR Legacy"], "3"]);
    const searchAfter = [first.list[1]?.["created"]];
    expect(targets(await search(caller, { ...body, searchAfter }))).toEqual(["HR Feed"]);
    expect(targets(await search(caller, body, "?offset=2"))).toEqual(["HR Feed"]);
    expect((await search(caller, body, "?limit=10001")).status).toBe(400);
    expect((await search(caller, body, "?offset=9999&limit=2")).status).toBe(400);
    const count = await caller.post("/search/count", { indices: ["events"], query: { query: "operation:UPDATE" } });
    expect([count.status, count.headers.get("x-total-count")]).toEqual([204, "3"]);
  });

  it("filters beside the query, and narrows the answer", async () => {
    const caller = await several();
    const filters = { "target.name": { type: "TERMS", terms: ["Payroll"], exclude: true } };
    const reply = await search(caller, {
      query: { query: "*" },
      filters,
      queryResultFilter: { includes: ["action", "target.name"] },
    });
    expect(targets(reply)).toEqual(["HR Feed", "HR Legacy"]);
    expect(Object.keys(reply.list[0] ?? {}).sort()).toEqual(["action", "target"]);
  });

  it("finds an event late, where tenants do, and only in its index", async () => {
    const { caller } = await world({ eventsLagMs: 60_000 });
    expect((await byText(caller, "*")).list).toEqual([]);
    caller.tenant.admin.set({ clockOffsetMs: 61_000 });
    expect((await byText(caller, "*")).list).toHaveLength(1);
    expect((await search(caller, { indices: ["roles"], query: { query: "*" } })).list).toEqual([]);
  });

  it.each(["v3", "v2025", "services"])("is there in every form: %s", async (form) => {
    const { caller } = await world();
    expect(actionsOf(await byText(caller.under(form), "*"))).toEqual(["SOURCE_CREATE"]);
  });
});
