import { saidBy, tenantFor, type Caller, type Json } from "./support";

const taskOf = async (caller: Caller, id: unknown) => (await caller.get(`/task-status/${String(id)}`)).body;

async function csvSource(options: Parameters<typeof tenantFor>[0] = {}) {
  const caller = await tenantFor(options);
  const source = await caller.createSource({ connector: "delimited-file" }, "?provisionAsCsv=true");
  return { caller, id: String(source["id"]), path: `/sources/${String(source["id"])}` };
}

const accountsOf = (caller: Caller, id: string) => Object.keys(caller.tenant.admin.state()["accounts"]?.[id] ?? {});

describe("deleting a source", () => {
  it("is a task: the source is there while it runs, and gone when it ended well", async () => {
    const caller = await tenantFor({ deletionMs: 10_000 });
    const { id } = await caller.createSource();
    const path = `/sources/${String(id)}`;
    const reply = await caller.delete(path);
    expect([reply.status, reply.body]).toEqual([
      202,
      { type: "TASK_RESULT", id: expect.any(String) as string, name: null },
    ]);
    const running = await taskOf(caller, reply.body["id"]);
    expect(running).toMatchObject({ type: "QUARTZ", completed: null, completionStatus: null });
    expect((await caller.get(path)).status).toBe(200);
    expect((await caller.delete(path)).status).toBe(404);
    expect((await caller.patch(path, [{ op: "replace", path: "/description", value: "x" }])).status).toBe(404);
    caller.tenant.admin.set({ clockOffsetMs: 11_000 });
    const over = await taskOf(caller, reply.body["id"]);
    expect(over).toMatchObject({
      completed: expect.any(String) as string,
      completionStatus: "SUCCESS",
      percentComplete: 100,
    });
    expect((await caller.get(path)).status).toBe(404);
    expect((await caller.get(`${path}/schemas`)).status).toBe(404);
    expect((await caller.delete(path)).status).toBe(404);
    expect((await caller.createSource())["id"]).not.toBe(id);
  });

  it("tells completed before completionStatus, on some tenants", async () => {
    const caller = await tenantFor({ behaviours: { completionStatusLagMs: 5000 } });
    const { id } = await caller.createSource();
    const { body } = await caller.delete(`/sources/${String(id)}`);
    expect(await taskOf(caller, body["id"])).toMatchObject({
      completed: expect.any(String) as string,
      completionStatus: null,
    });
    caller.tenant.admin.set({ clockOffsetMs: 5000 });
    expect(await taskOf(caller, body["id"])).toMatchObject({ completionStatus: "SUCCESS" });
  });

  it("leaves the source readable for a while, on some tenants", async () => {
    const caller = await tenantFor({ behaviours: { lingerAfterDeletionMs: 5000 } });
    const { id } = await caller.createSource();
    await caller.delete(`/sources/${String(id)}`);
    expect((await caller.get(`/sources/${String(id)}`)).status).toBe(200);
    expect((await caller.delete(`/sources/${String(id)}`)).status).toBe(404);
    caller.tenant.admin.set({ clockOffsetMs: 6000 });
    expect((await caller.get(`/sources/${String(id)}`)).status).toBe(404);
  });

  it.each(["ERROR", "TERMINATED", "TEMPERROR"] as const)(
    "leaves the source there when its task ends in %s",
    async (completionStatus) => {
      const caller = await tenantFor();
      const { id } = await caller.createSource();
      caller.tenant.admin.set({ taskOutcomes: [{ kind: "delete", completionStatus, message: "It did not go." }] });
      const { body } = await caller.delete(`/sources/${String(id)}`);
      const task = await taskOf(caller, body["id"]);
      expect(task["completionStatus"]).toBe(completionStatus);
      expect(JSON.stringify(task["messages"])).toContain("It did not go.");
      expect((await caller.get(`/sources/${String(id)}`)).status).toBe(200);
      await caller.delete(`/sources/${String(id)}`);
      expect((await caller.get(`/sources/${String(id)}`)).status).toBe(404);
    },
  );

  it.each(["identity-profile", "application", "transform"] as const)("is refused while an %s uses it", async (by) => {
    const caller = await tenantFor();
    const { id } = await caller.createSource();
    caller.tenant.admin.use(String(id), by, "User of it");
    const reply = await caller.delete(`/sources/${String(id)}`);
    expect(reply.status).toBe(400);
    expect(saidBy(reply)).toContain("User of it");
    const connections = (await caller.get(`/sources/${String(id)}/connections`)).body;
    const lists = ["identityProfiles", "dependentApps", "dependentCustomTransforms"].map(
      (key) => connections[key] as Json[],
    );
    expect(lists.flat()).toHaveLength(1);
    const { authoritative } = (await caller.get(`/sources/${String(id)}`)).body;
    expect(authoritative).toBe(by === "identity-profile");
  });

  it("is refused while a task is pending on it", async () => {
    const { caller, path } = await csvSource({ aggregationMs: 1000 });
    await caller.upload(`${path}/load-accounts`, "a.csv", "id,name\n1,One\n");
    expect((await caller.delete(path)).status).toBe(400);
    caller.tenant.admin.set({ clockOffsetMs: 1000 });
    expect((await caller.delete(path)).status).toBe(202);
  });
});

describe("aggregating a Delimited File", () => {
  it("makes the accounts those of the file, and tells how many", async () => {
    const { caller, id, path } = await csvSource();
    const first = await caller.upload(`${path}/load-accounts`, "a.csv", "id,name\n1,One\n2,Two\n", {
      disableOptimization: "true",
    });
    expect([first.status, first.body["success"]]).toEqual([202, true]);
    const launched = first.body["task"] as Json;
    expect(launched["attributes"]).toEqual({ appId: id, optimizedAggregation: "disabled" });
    expect(await taskOf(caller, launched["id"])).toMatchObject({
      completionStatus: "SUCCESS",
      attributes: { total: 2, created: 2, updated: 0, deleted: 0 },
    });
    expect(accountsOf(caller, id)).toEqual(["1", "2"]);
    expect((await caller.get(path)).body).toMatchObject({ healthy: true, status: "SOURCE_STATE_HEALTHY" });
    const second = await caller.upload(`${path}/load-accounts`, "a.csv", "id,name\n1,Uno\n2,Two\n3,Three\n");
    expect(await taskOf(caller, (second.body["task"] as Json)["id"])).toMatchObject({
      attributes: { total: 3, created: 1, updated: 1, deleted: 0 },
    });
  });

  it("deletes none when more would go than the threshold allows", async () => {
    const { caller, id, path } = await csvSource();
    await caller.upload(`${path}/load-accounts`, "a.csv", "id,name\n1,One\n2,Two\n");
    const reply = await caller.upload(`${path}/load-accounts`, "a.csv", "id,name\n1,One\n");
    expect(await taskOf(caller, (reply.body["task"] as Json)["id"])).toMatchObject({ completionStatus: "WARNING" });
    expect(accountsOf(caller, id)).toEqual(["1", "2"]);
    await caller.patch(path, [{ op: "replace", path: "/deleteThreshold", value: 60 }]);
    await caller.upload(`${path}/load-accounts`, "a.csv", "id,name\n1,One\n");
    expect(accountsOf(caller, id)).toEqual(["1"]);
  });

  it("ends in ERROR without the identity attribute, and while another one runs", async () => {
    const { caller, path } = await csvSource();
    const without = await caller.upload(`${path}/load-accounts`, "a.csv", "name\nOne\n");
    expect(await taskOf(caller, (without.body["task"] as Json)["id"])).toMatchObject({ completionStatus: "ERROR" });
    caller.tenant.admin.set({ aggregationMs: 5000 });
    await caller.upload(`${path}/load-accounts`, "a.csv", "id\n1\n");
    const second = await caller.upload(`${path}/load-accounts`, "a.csv", "id\n1\n");
    const task = await taskOf(caller, (second.body["task"] as Json)["id"]);
    expect(task).toMatchObject({ completionStatus: "ERROR" });
    expect(JSON.stringify(task["messages"])).toContain("currently running aggregation");
  });

  it("answers 500 to an empty multipart body, and 400 without a file", async () => {
    const { caller, path } = await csvSource();
    const type = "multipart/form-data; boundary=x";
    const empty = () => caller.send("POST", `${path}/load-accounts`, "--x--\r\n", { "Content-Type": type });
    expect((await empty()).status).toBe(500);
    caller.tenant.admin.set({ behaviours: { emptyMultipart: 400 } });
    expect((await empty()).status).toBe(400);
    expect((await caller.send("POST", `${path}/schemas/accounts`, "", { "Content-Type": type })).status).toBe(400);
    expect((await caller.post(`${path}/load-accounts`)).status).toBe(400);
    expect((await caller.post(`${path}/load-accounts`, {})).status).toBe(400);
  });

  it("loads entitlements, correlates accounts, and removes them", async () => {
    const { caller, id, path } = await csvSource();
    const entitlements = await caller.upload(`${path}/load-entitlements`, "g.csv", "id,displayName\ng1,Group\n");
    expect(await taskOf(caller, entitlements.body["id"])).toMatchObject({ attributes: { total: 1, created: 1 } });
    await caller.upload(`${path}/load-accounts`, "a.csv", "id,name\n1,One\n");
    const correlated = await caller.upload(
      `${path}/load-uncorrelated-accounts`,
      "u.csv",
      "account,identity\n1,jane.doe\n",
    );
    expect(await taskOf(caller, (correlated.body["task"] as Json)["id"])).toMatchObject({ attributes: { total: 1 } });
    const removed = await caller.post(`${path}/remove-accounts`);
    expect(await taskOf(caller, removed.body["id"])).toMatchObject({ completionStatus: "SUCCESS" });
    expect(accountsOf(caller, id)).toEqual([]);
  });

  it("takes a file of ten thousand rows", async () => {
    const { caller, id, path } = await csvSource();
    const rows = Array.from({ length: 10_000 }, (_, row) => `${String(row)},Person ${String(row)}`);
    await caller.upload(`${path}/load-accounts`, "a.csv", ["id,name", ...rows].join("\n"));
    expect(accountsOf(caller, id)).toHaveLength(10_000);
  });
});

describe("aggregating another source", () => {
  it("needs no file, and takes none", async () => {
    const caller = await tenantFor();
    const { id } = await caller.createSource();
    const reply = await caller.post(`/sources/${String(id)}/load-accounts`);
    expect(reply.status).toBe(202);
    expect(accountsOf(caller, String(id)).length).toBeGreaterThan(0);
    expect((await caller.upload(`/sources/${String(id)}/load-accounts`, "a.csv", "id\n1\n")).status).toBe(400);
  });
});
