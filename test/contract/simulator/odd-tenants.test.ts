import { tenantFor, type Caller, type Json } from "./support";

const pathOf = (source: Json) => `/sources/${String(source["id"])}`;

describe("odd objects", () => {
  it.each<[string, Json]>([
    ["features that no document has", { features: ["X", null] }],
    ["schemas of null", { schemas: [null] }],
    ["a time that is a number", { since: 1_700_000_000_000 }],
    ["no owner", { owner: null }],
    ["a name of null", { name: null }],
  ])("are given out as they are told, alone and in the list: %s", async (_what, fields) => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    caller.tenant.admin.show(pathOf(source), fields);
    expect((await caller.get(pathOf(source))).body).toEqual({ ...source, ...fields });
    expect((await caller.get("/sources")).list).toContainEqual({ ...source, ...fields });
    caller.tenant.admin.show(pathOf(source), undefined);
    expect((await caller.get(pathOf(source))).body).toEqual(source);
  });

  it("may be no objects at all: null among the members of a list", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    const [account] = (await caller.get(`${pathOf(source)}/schemas`)).list;
    caller.tenant.admin.show(pathOf(source), null);
    caller.tenant.admin.show(`${pathOf(source)}/schemas/${String(account?.["id"])}`, null);
    caller.tenant.admin.show(`${pathOf(source)}/provisioning-policies/CREATE`, "odd");
    expect((await caller.get("/sources")).list.map((member: Json | null) => member?.["name"])).toEqual([
      "Corporate Directory",
      undefined,
    ]);
    expect((await caller.get(`${pathOf(source)}/schemas`)).list[0]).toBeNull();
    expect((await caller.get(`${pathOf(source)}/provisioning-policies`)).list).toEqual(["odd"]);
  });

  it("are identities without attributes", async () => {
    const caller = await tenantFor();
    const owner = await caller.owner();
    caller.tenant.admin.show(`/identities/${String(owner["id"])}`, { attributes: [] });
    expect((await caller.get(`/identities/${String(owner["id"])}`)).body["attributes"]).toEqual([]);
    const { list } = await caller.get("/identities");
    expect(list.find(({ id }) => id === owner["id"])?.["attributes"]).toEqual([]);
  });

  it("are stored raw by the admin path, features of null among them", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource();
    caller.tenant.admin.put(pathOf(source), { ...source, features: ["X", null], since: 5 });
    expect((await caller.get(pathOf(source))).body).toMatchObject({ features: ["X", null], since: 5 });
  });
});

describe("pages that come short", () => {
  it("have one member less than their limit while more follow, and count it", async () => {
    const caller = await tenantFor({ behaviours: { shortPages: true } });
    for (const name of ["A", "B", "C"]) await caller.createSource({ name });
    const first = await caller.get("/sources?limit=2&count=true");
    const rest = await caller.get("/sources?limit=10&offset=2");
    expect(first.list.map(({ name }) => name)).toEqual(["Corporate Directory"]);
    expect(first.headers.get("x-total-count")).toBe("5");
    expect(rest.list.map(({ name }) => name)).toEqual(["A", "B", "C"]);
    const one = await caller.get(`/sources?limit=1&filters=${encodeURIComponent('name eq "B"')}`);
    expect(one.list).toHaveLength(1);
  });
});

describe("several entitlement types", () => {
  it("each have a schema, and one request loads the first of them", async () => {
    const caller = await tenantFor();
    const source = await caller.createSource({ connector: "delimited-file" }, "?provisionAsCsv=true");
    const role = { name: "role", identityAttribute: "role", attributes: [{ name: "role" }] };
    expect((await caller.post(`${pathOf(source)}/schemas`, role)).status).toBe(201);
    const load = async (content: string) => {
      const { body } = await caller.upload(`${pathOf(source)}/load-entitlements`, "file.csv", content);
      return (await caller.get(`/task-status/${String(body["id"])}`)).body["completionStatus"];
    };
    expect(await load("id,displayName\n1,One\n")).toBe("SUCCESS");
    expect(await load("role\nAdmin\n")).toBe("ERROR");
  });
});

describe("reads that lag", () => {
  const lists: [string, (caller: Caller, source: string) => Promise<unknown>][] = [
    ["schemas", (caller, source) => caller.post(`${source}/schemas`, { name: "role", attributes: [] })],
    [
      "provisioning-policies",
      (caller, source) =>
        caller.post(`${source}/provisioning-policies`, { name: "x", usageType: "ENABLE", fields: [] }),
    ],
    [
      "schedules",
      (caller, source) =>
        caller.post(`${source}/schedules`, { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" }),
    ],
    [
      "password-policies",
      async (caller, source) => {
        const [policy] = (await caller.get("/password-policies")).list;
        await caller.patch(`${source}/password-policies`, [{ policyId: policy?.["id"] }], "application/json");
      },
    ],
  ];

  it.each(lists)("lag in the list of %s, right after a write", async (list, write) => {
    const caller = await tenantFor();
    const source = pathOf(await caller.createSource());
    caller.tenant.admin.set({ staleReadsMs: 60_000 });
    const before = (await caller.get(`${source}/${list}`)).list.length;
    await write(caller, source);
    expect((await caller.get(`${source}/${list}`)).list).toHaveLength(before);
    caller.tenant.admin.set({ clockOffsetMs: 61_000 });
    expect((await caller.get(`${source}/${list}`)).list).toHaveLength(before + 1);
  });

  it("lag in the schema as CSV, and in one schema", async () => {
    const caller = await tenantFor();
    const source = pathOf(await caller.createSource({ connector: "delimited-file" }, "?provisionAsCsv=true"));
    const { text } = await caller.get(`${source}/schemas/accounts`);
    caller.tenant.admin.set({ staleReadsMs: 60_000 });
    await caller.upload(`${source}/schemas/accounts`, "schema.csv", "id,name\n");
    expect((await caller.get(`${source}/schemas/accounts`)).text).toBe(text);
  });

  it("can be had together with lost answers, shuffled lists and cipher text that changes", async () => {
    const caller = await tenantFor({ shuffle: true, behaviours: { secrets: "changing", listOrder: "shuffled" } });
    const source = await caller.createSource({ connectorAttributes: { password: "plain" } });
    for (const name of ["A", "B", "C", "D"]) await caller.createSource({ name });
    const names = (await caller.get("/sources")).list.map(({ name }) => name);
    expect(names).not.toEqual(["Corporate Directory", "HR Feed", "A", "B", "C", "D"]);
    expect((await caller.get("/sources?sorters=name")).list[0]?.["name"]).toBe("A");
    caller.tenant.admin.set({ staleReadsMs: 60_000 });
    caller.tenant.admin.fault({ kind: "reset-after", method: "PATCH", every: 2, times: 2 });
    const patch = (value: string) => caller.patch(pathOf(source), [{ op: "replace", path: "/description", value }]);
    const outcomes: unknown[] = [];
    for (const value of ["1", "2", "3", "4", "5", "6"]) {
      outcomes.push(
        await patch(value).then(
          ({ status }) => status,
          () => "lost",
        ),
      );
    }
    expect(outcomes).toEqual([200, "lost", 200, "lost", 200, 200]);
    const reads = [await caller.get(pathOf(source)), await caller.get(pathOf(source))].map(({ body }) => body);
    expect(reads.map(({ description }) => description)).toEqual([undefined, undefined]);
    expect(reads[0]?.["connectorAttributes"]).not.toEqual(reads[1]?.["connectorAttributes"]);
  });
});

describe("a client with fewer rights", () => {
  it.each([404, 403] as const)("sees some sources only; of others it is told %i", async (unseenSource) => {
    const caller = await tenantFor({ behaviours: { unseenSource } });
    const [seen, other] = [await caller.createSource(), await caller.createSource({ name: "Other" })];
    const weak = caller.as(caller.tenant.admin.addClient({ owner: "jane.doe", sees: [String(seen["id"])] }));
    expect((await weak.get("/sources")).list.map(({ name }) => name)).toEqual(["HR Feed"]);
    expect((await weak.get(`${pathOf(seen)}/schemas`)).status).toBe(200);
    const calls = [
      await weak.get(pathOf(other)),
      await weak.get(`${pathOf(other)}/schemas`),
      await weak.patch(pathOf(other), [{ op: "replace", path: "/description", value: "x" }]),
      await weak.delete(pathOf(other)),
    ];
    expect(calls.map(({ status }) => status)).toEqual(Array(4).fill(unseenSource));
    expect((await weak.get("/sources/nothing")).status).toBe(404);
    expect((await caller.get("/sources")).list).toHaveLength(3);
  });

  it("is one of several clients, with tokens and a rate limit of their own", async () => {
    const caller = await tenantFor({ rateLimit: { requests: 1, perMs: 60_000 } });
    const other = caller.as(caller.tenant.admin.addClient());
    const statuses = [];
    for (const client of [caller, other, caller]) statuses.push((await client.get("/sources")).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});

test("the removal of what a source has one of takes nothing else along", async () => {
  const caller = await tenantFor();
  const source = await caller.createSource();
  const path = `${pathOf(source)}/correlation-config`;
  caller.tenant.admin.put(path, { attributeAssignments: [] });
  const before = Object.keys(caller.tenant.admin.state()["identities"] ?? {});
  caller.tenant.admin.remove(path);
  expect(Object.keys(caller.tenant.admin.state()["identities"] ?? {})).toEqual(before);
  expect(before).not.toEqual([]);
});
