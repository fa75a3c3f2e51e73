import { type RunningTenant, startTenant } from "sailpoint-simulator";
import type { JsonObject } from "../../../provider/src/reconcile";
import { clientOf, existingSource } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls } from "./engine-calls";

/**
 * With --continue-on-error the engine goes on after a failed creation, and deletes what the program declares no longer:
 * under another name, that is the very object which the creation could not take over.
 */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
let commands = 0;
beforeEach(async () => {
  tenant = await startTenant();
  commands += 1;
});
afterEach(() => tenant.close());

const provider = () => new EngineCalls(tenant, {}, { engine: `127.0.0.1:${String(commands)}` });
const deletions = () => tenant.requests().filter(({ method }) => method === "DELETE");
const NOT_DELETED = /is not deleted: another resource of the program means the same object.*aliases/;

describe.each([
  ["by the process that could not", (calls: EngineCalls) => calls],
  ["by another one of the command", provider],
])("what could not be taken over is not deleted %s", (_by, deleting) => {
  test("a source that is renamed in the program", async () => {
    const inputs = { name: "Made", owner: { alias: "support" }, connector: "jdbc" };
    const { id, outputs } = await new EngineCalls(tenant).create("Source", inputs, "old");
    const calls = provider();
    const read = await calls.read("Source", id, outputs, "old");
    await calls.previewCreation("Source", inputs, "new");
    expect(calls.warnings).toEqual([expect.stringMatching(/this stack has it.*aliases/)]);
    await expect(calls.create("Source", inputs, "new")).rejects.toThrow("is on the tenant already");
    await expect(deleting(calls).delete("Source", id, read, "old")).rejects.toThrow(NOT_DELETED);
    expect(deletions()).toEqual([]);
  });

  test("what hangs on a source, which the next command takes over", async () => {
    const source = await existingSource(clientOf(tenant), "HR", { connector: "jdbc" });
    const usage = (name: string): JsonObject => ({
      ...{ source, usageType: "DISABLE", name: "Account" },
      fields: [{ name, type: "string" }],
    });
    const { id, outputs } = await new EngineCalls(tenant).create("ProvisioningPolicy", usage("mail"), "old");
    const calls = provider();
    const read = await calls.read("ProvisioningPolicy", id, outputs, "old");
    for (const operationId of ["updateProvisioningPolicy", "putProvisioningPolicy"]) {
      tenant.admin.fault({ operationId, kind: "status", status: 400, times: 5 });
    }
    await expect(calls.create("ProvisioningPolicy", usage("phone"), "new")).rejects.toThrow();
    await expect(deleting(calls).delete("ProvisioningPolicy", id, read, "old")).rejects.toThrow(NOT_DELETED);
    expect(deletions()).toEqual([]);

    tenant.admin.clearFaults();
    commands += 1;
    const next = provider();
    await next.read("ProvisioningPolicy", id, read, "old");
    await next.create("ProvisioningPolicy", usage("phone"), "new");
    await deleting(next).delete("ProvisioningPolicy", id, read, "old");
    expect(deletions()).toEqual([]);
    expect(next.infos.join("\n")).toContain("goes on as another resource of the program");
  });
});

test("what a cut-off command made and somebody has edited is told so, and how to go on", async () => {
  const inputs = { name: "Made", owner: { alias: "support" }, connector: "jdbc", description: "ours" };
  const { id } = await new EngineCalls(tenant, {}, { isKilled: true }).create("Source", inputs);
  tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/description", value: "theirs" }]);
  await expect(provider().create("Source", inputs)).rejects.toThrow(
    new RegExp(`cut off while it made one of this name; this one \\(${id}\\) is not as declared`),
  );
  expect((await provider().create("Source", { ...inputs, adopt: true })).id).toBe(id);
});

test("that adopt is taken out, or put in, changes nothing", async () => {
  const inputs = { name: "Made", owner: { alias: "support" }, connector: "jdbc" };
  const made = await new EngineCalls(tenant).create("Source", inputs);
  const calls = provider();
  const adopting = { ...inputs, adopt: true };
  const read = await calls.read("Source", made.id, { ...made.outputs, adopt: true });
  expect(await calls.changes("Source", made.id, read, inputs)).toEqual([]);
  expect(await calls.changes("Source", made.id, made.outputs, adopting)).toEqual([]);
  const other = { ...inputs, description: "ours" };
  expect(await calls.changes("Source", made.id, read, other)).toEqual(["description"]);
  const updated = await calls.update("Source", made.id, read, other);
  expect(updated).toMatchObject({ description: "ours" });
  expect(updated).not.toHaveProperty("adopt");
});
