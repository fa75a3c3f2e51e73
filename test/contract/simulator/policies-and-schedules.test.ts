import { saidBy, tenantFor, type Json, type Reply } from "./support";

async function sourceWith(options: Parameters<typeof tenantFor>[0] = {}) {
  const caller = await tenantFor(options);
  const source = await caller.createSource();
  return { caller, source: `/sources/${String(source["id"])}` };
}

const field = (name: string, more: Json = {}) => ({ name, transform: {}, attributes: {}, type: "string", ...more });
const enable = { name: "Enable", usageType: "ENABLE", fields: [field("b"), field("a", { isRequired: true })] };

const never: Reply = { status: 0, headers: new Headers(), body: {}, list: [], text: "" };

describe("provisioning policies", () => {
  it("begin with CREATE, which can be deleted", async () => {
    const { caller, source } = await sourceWith();
    const path = `${source}/provisioning-policies`;
    expect((await caller.get(path)).list.map(({ usageType }) => usageType)).toEqual(["CREATE"]);
    expect((await caller.delete(`${path}/CREATE`)).status).toBe(204);
    expect((await caller.get(`${path}/CREATE`)).status).toBe(404);
  });

  it("keep the order of their fields, and isRequired in CREATE only", async () => {
    const { caller, source } = await sourceWith();
    const path = `${source}/provisioning-policies`;
    const created = await caller.post(path, enable);
    expect(created.status).toBe(201);
    expect(created.body["fields"]).toMatchObject([{ name: "b" }, { name: "a", isRequired: false }]);
    const body = { ...enable, usageType: "CREATE" };
    expect((await caller.put(`${path}/CREATE`, body)).body["fields"]).toMatchObject([
      { name: "b", isRequired: false },
      { name: "a", isRequired: true },
    ]);
  });

  it("are patched by index, and not in their usage type", async () => {
    const { caller, source } = await sourceWith();
    const one = `${source}/provisioning-policies/ENABLE`;
    await caller.post(`${source}/provisioning-policies`, enable);
    const patched = await caller.patch(one, [
      { op: "test", path: "/fields/0/name", value: "b" },
      { op: "add", path: "/fields/1", value: field("c") },
    ]);
    expect((patched.body["fields"] as Json[]).map(({ name }) => name)).toEqual(["b", "c", "a"]);
    const refused = await caller.patch(one, [{ op: "replace", path: "/usageType", value: "DISABLE" }]);
    expect(saidBy(refused)).toContain('"usageType"');
    expect((await caller.put(one, { ...enable, usageType: "DISABLE" })).status).toBe(400);
  });

  it("are updated together, all or none", async () => {
    const { caller, source } = await sourceWith();
    const path = `${source}/provisioning-policies`;
    const create = { name: "Bulk", usageType: "CREATE", fields: [] };
    expect((await caller.post(`${path}/bulk-update`, [create, enable])).status).toBe(404);
    expect((await caller.get(`${path}/CREATE`)).body["name"]).toBe("Account");
    await caller.post(path, enable);
    const reply = await caller.post(`${path}/bulk-update`, [create, { ...enable, name: "Bulk" }]);
    expect(reply.list.map(({ name }) => name)).toEqual(["Bulk", "Bulk"]);
  });

  it.each<[string, Json]>([
    ["no name", { name: undefined }],
    ["no usage type", { usageType: undefined }],
    ["an unknown usage type", { usageType: "TELEPORT" }],
    ["an unknown field type", { fields: [field("a", { type: "text" })] }],
  ])("are refused with %s", async (_what, change) => {
    const { caller, source } = await sourceWith();
    expect((await caller.post(`${source}/provisioning-policies`, { ...enable, ...change })).status).toBe(400);
  });

  it.each<[string, Json]>([
    ["CREATE_MACHINE_ACCOUNT", {}],
    ["ENABLE", { behaviours: { policiesWithoutPath: "DISABLE, ENABLE" } }],
  ])("may be in the list and not be found by usage type: %s", async (usageType, options) => {
    const { caller, source } = await sourceWith(options);
    caller.tenant.admin.put(`${source}/provisioning-policies/${usageType}`, { ...enable, usageType });
    const path = `${source}/provisioning-policies`;
    expect((await caller.get(path)).list.map((policy) => policy["usageType"])).toContain(usageType);
    const calls = [
      await caller.get(`${path}/${usageType}`),
      await caller.put(`${path}/${usageType}`, enable),
      await caller.patch(`${path}/${usageType}`, []),
      await caller.delete(`${path}/${usageType}`),
    ];
    expect(calls.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(saidBy(calls[0] ?? never)).toContain(`Referenced template '${usageType}' was not found.`);
  });

  it("are made by usage type only for the types that it knows", async () => {
    const { caller, source } = await sourceWith();
    const body = { ...enable, usageType: "CREATE_MACHINE_ACCOUNT" };
    expect((await caller.post(`${source}/provisioning-policies`, body)).status).toBe(400);
  });

  it.each([
    ["kept", null, ""],
    ["string", "string", "string"],
  ] as const)(
    "take fields of a blank type, as exports have them, and show it as %s",
    async (blankFieldType, one, two) => {
      const { caller, source } = await sourceWith({ behaviours: { blankFieldType } });
      const fields = [field("a", { type: null }), field("b", { type: "" }), field("c", { exported: true })];
      const reply = await caller.post(`${source}/provisioning-policies`, { ...enable, fields });
      expect(reply.body["fields"]).toMatchObject([{ type: one }, { type: two }, { type: "string", exported: true }]);
    },
  );

  it.each([400, 409] as const)("are refused a second time, with %i", async (duplicatePolicy) => {
    const { caller, source } = await sourceWith({ behaviours: { duplicatePolicy } });
    const reply = await caller.post(`${source}/provisioning-policies`, { ...enable, usageType: "CREATE" });
    expect(reply.status).toBe(duplicatePolicy);
  });

  it.each([
    ["kept", "Account"],
    ["null", null],
    ["empty", ""],
  ] as const)("show their name as %s", async (policyName, shown) => {
    const { caller, source } = await sourceWith({ behaviours: { policyName } });
    expect((await caller.get(`${source}/provisioning-policies/CREATE`)).body["name"]).toBe(shown);
  });
});

describe("schedules", () => {
  const nightly = { type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" };

  it("live: created, listed, patched, deleted", async () => {
    const { caller, source } = await sourceWith();
    const path = `${source}/schedules`;
    expect((await caller.get(path)).list).toEqual([]);
    expect((await caller.post(path, nightly)).status).toBe(201);
    const patch = [{ op: "replace", path: "/cronExpression", value: "0 0 5,13,21 * * ?" }];
    const patched = await caller.patch(`${path}/ACCOUNT_AGGREGATION`, patch);
    expect(patched.body).toEqual({ ...nightly, cronExpression: "0 0 5,13,21 * * ?" });
    expect((await caller.get(path)).list).toEqual([patched.body]);
    expect((await caller.delete(`${path}/ACCOUNT_AGGREGATION`)).status).toBe(204);
    expect((await caller.get(`${path}/ACCOUNT_AGGREGATION`)).status).toBe(404);
    expect((await caller.get(`${path}/NIGHTLY`)).status).toBe(400);
  });

  it("keep their type", async () => {
    const { caller, source } = await sourceWith();
    await caller.post(`${source}/schedules`, nightly);
    const patch = [{ op: "replace", path: "/type", value: "GROUP_AGGREGATION" }];
    expect((await caller.patch(`${source}/schedules/ACCOUNT_AGGREGATION`, patch)).status).toBe(400);
  });

  it.each([400, 409, "replaced"] as const)(
    "are there once for each type: a second one gives %s",
    async (duplicateSchedule) => {
      const { caller, source } = await sourceWith({ behaviours: { duplicateSchedule } });
      await caller.post(`${source}/schedules`, nightly);
      const again = await caller.post(`${source}/schedules`, { ...nightly, cronExpression: "0 0 4 * * ?" });
      expect(again.status).toBe(duplicateSchedule === "replaced" ? 201 : duplicateSchedule);
      expect((await caller.get(`${source}/schedules`)).list).toHaveLength(1);
    },
  );

  it.each([
    "0 0 5,13,21 * * ?",
    "0 0 12 1/1 * ? *",
    "0 15 10 ? * MON-FRI",
    "0 0 0 L * ?",
    "0 0 0 ? * 6L",
    "0 0 0 ? * 2#1",
    "0 0/15 8-18 ? JAN-JUN * 2026",
  ])("take %s", async (cronExpression) => {
    const { caller, source } = await sourceWith();
    expect((await caller.post(`${source}/schedules`, { ...nightly, cronExpression })).status).toBe(201);
  });

  it.each([
    ["five fields", "0 3 * * *"],
    ["eight fields", "0 0 3 * * ? * *"],
    ["no question mark", "0 0 3 * * *"],
    ["two question marks", "0 0 3 ? * ?"],
    ["a question mark elsewhere", "0 ? 3 * * ?"],
    ["the day 0 of a week", "0 0 3 ? * 0"],
    ["hour 24", "0 0 24 * * ?"],
    ["an unknown month", "0 0 3 ? JUNE 2"],
    ["a step of nothing", "0 0/ 3 * * ?"],
    ["nothing", ""],
  ])("refuse %s", async (_what, cronExpression) => {
    const { caller, source } = await sourceWith();
    expect((await caller.post(`${source}/schedules`, { ...nightly, cronExpression })).status).toBe(400);
  });

  it("can come back normalised", async () => {
    const { caller, source } = await sourceWith({ behaviours: { cronExpression: "normalised" } });
    const reply = await caller.post(`${source}/schedules`, { ...nightly, cronExpression: " 0 0  3 ? * mon" });
    expect(reply.body["cronExpression"]).toBe("0 0 3 ? * MON");
  });
});

describe("the correlation config", () => {
  const assignment = { property: "email", value: "mail", operation: "EQ", matchMode: null, operationMatchMode: "X" };

  it("always exists, under a name of the server's", async () => {
    const { caller, source } = await sourceWith();
    const fresh = await caller.get(`${source}/correlation-config`);
    expect(fresh.body).toMatchObject({ name: "Source [HR Feed] Account Correlation", attributeAssignments: [] });
    const other = await sourceWith({ behaviours: { correlationName: "name-first" } });
    const named = await other.caller.get(`${other.source}/correlation-config`);
    expect(named.body["name"]).toMatch(/^HR Feed \[source-\d+\] Account Correlation$/);
  });

  it("may be null: from the start, or as it was written", async () => {
    const fresh = await sourceWith({ behaviours: { freshCorrelation: "null" } });
    const path = `${fresh.source}/correlation-config`;
    expect((await fresh.caller.get(path)).body["attributeAssignments"]).toBeNull();
    await fresh.caller.put(path, { attributeAssignments: [assignment] });
    expect((await fresh.caller.put(path, { attributeAssignments: null })).status).toBe(200);
    expect((await fresh.caller.get(path)).body["attributeAssignments"]).toBeNull();
  });

  it("keeps the order of assignments, and fields that it does not know", async () => {
    const { caller, source } = await sourceWith();
    const attributeAssignments = [{ ...assignment, property: "uid" }, assignment];
    const put = await caller.put(`${source}/correlation-config`, { name: "mine", attributeAssignments });
    expect(put.body).toMatchObject({ name: "Source [HR Feed] Account Correlation", attributeAssignments });
    expect((await caller.get(`${source}/correlation-config`)).body).toEqual(put.body);
  });

  it.each<[string, Json]>([
    ["another operation", { operation: "LIKE" }],
    ["an unknown match mode", { matchMode: "MIDDLE" }],
    ["no property", { property: undefined }],
  ])("refuses %s", async (_what, change) => {
    const { caller, source } = await sourceWith();
    const body = { attributeAssignments: [{ ...assignment, ...change }] };
    expect((await caller.put(`${source}/correlation-config`, body)).status).toBe(400);
  });

  it.each([
    ["404", 404],
    ["template", 200],
  ] as const)("can begin as %s", async (freshCorrelation, status) => {
    const { caller, source } = await sourceWith({ behaviours: { freshCorrelation } });
    expect((await caller.get(`${source}/correlation-config`)).status).toBe(status);
    expect((await caller.put(`${source}/correlation-config`, { attributeAssignments: [] })).status).toBe(200);
    expect((await caller.get(`${source}/correlation-config`)).body["attributeAssignments"]).toEqual([]);
  });
});
