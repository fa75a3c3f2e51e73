import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { noteDeletion, notedDeletion } from "../../../provider/src/tenant/deletion-notes";
import { clientOf, existingSource } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls } from "../host/engine-calls";

/** What an earlier command left of a deletion; that it is waited for is shown on the real engine. */

beforeAll(keepNotesApart);

let tenant: RunningTenant;
let id: string;
const host = () => new URL(tenant.baseUrl).host;
beforeEach(async () => {
  tenant = await startTenant();
  id = await existingSource(clientOf(tenant), "HR", { connector: "jdbc" });
});
afterEach(() => tenant.close());

async function begun(completionStatus: "SUCCESS" | "ERROR"): Promise<EngineCalls> {
  tenant.admin.set({ deletionMs: 700, taskOutcomes: [{ kind: "delete", completionStatus, message: "Locked." }] });
  const { id: taskId } = await clientOf(tenant).call("deleteSource", { id });
  noteDeletion({ host: host() }, id, taskId);
  return new EngineCalls(tenant);
}

test("all that is asked of the source waits for one end, which is told once", async () => {
  const calls = await begun("SUCCESS");
  const reads = await Promise.all([
    calls.read("Source", id, { name: "HR" }),
    calls.read("Schema", `${id}/account`, { source: id, name: "account" }, "account"),
  ]);
  expect(reads).toEqual([{}, {}]);
  expect(calls.warnings).toEqual([
    expect.stringMatching(/^Source .* is being deleted by the tenant's task [0-9a-f]{32}/),
  ]);
  expect(notedDeletion({ host: host() }, id)).toBeUndefined();
});

test("a deletion that failed is told, and the source stays", async () => {
  const calls = await begun("ERROR");
  expect(await calls.read("Source", id)).toMatchObject({ name: "HR" });
  expect(calls.warnings).toEqual([
    expect.stringContaining("is being deleted"),
    expect.stringMatching(/was not deleted: .* ended with ERROR: Locked\. The source is still there/),
  ]);
});

test("a task that has ended since, or that the tenant does not know, holds nobody up", async () => {
  const calls = await begun("ERROR");
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(await calls.read("Source", id)).toMatchObject({ name: "HR" });
  noteDeletion({ host: host() }, id, "0".repeat(32));
  const later = new EngineCalls(tenant);
  expect(await later.read("Source", id)).toMatchObject({ name: "HR" });
  expect([...calls.warnings, ...later.warnings]).toEqual([]);
  expect(notedDeletion({ host: host() }, id)).toBeUndefined();
});

test("a client that may not read tasks goes on without", async () => {
  noteDeletion({ host: host() }, id, "0".repeat(32));
  tenant.admin.fault({ operationId: "getTaskStatus", kind: "status", status: 403 });
  expect(await new EngineCalls(tenant).read("Source", id)).toMatchObject({ name: "HR" });
});

test("a destroying command does not wait before it: its own deletion does", async () => {
  await begun("SUCCESS");
  const calls = new EngineCalls(tenant, {}, { destroys: true });
  expect(await calls.read("Source", id, { name: "HR" })).toMatchObject({ name: "HR" });
  await calls.delete("Source", id, { name: "HR" });
  expect(tenant.admin.state()["sources"]).not.toHaveProperty(id);
});
