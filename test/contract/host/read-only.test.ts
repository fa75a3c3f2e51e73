import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { clientOf, existingSource, writes } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls } from "./engine-calls";

/** What is read-only keeps the tenant and the state as they are, also where no write would be needed. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const LOCKED = { readOnly: "true" };
const refused = /is a write, and the connection is read-only; nothing was sent|reason that is told with another/;

test("every creation, update and deletion is refused, and a preview says so once", async () => {
  const id = await existingSource(clientOf(tenant), "HR", { connector: "jdbc" });
  const begun = new EngineCalls(tenant);
  const account = { source: id, name: "account", displayAttribute: "id" };
  const schema = await begun.create("Schema", account);
  const robot = { source: id, name: "robot", attributes: [{ name: "id", type: "STRING" }] };
  tenant.clearRequests();

  const locked = new EngineCalls(tenant, LOCKED);
  await expect(locked.create("Schema", robot)).rejects.toThrow(refused);
  // What is there as it shall be needs no write, and the state would change.
  await expect(locked.create("Schema", account, "again")).rejects.toThrow(refused);
  await expect(locked.update("Schema", schema.id, schema.outputs, account)).rejects.toThrow(refused);
  await expect(locked.delete("Schema", schema.id, schema.outputs)).rejects.toThrow(refused);
  expect(writes(tenant)).toEqual([]);

  const preview = new EngineCalls(tenant, LOCKED);
  await preview.previewCreation("Schema", robot);
  await preview.previewCreation("Schema", { ...robot, name: "another" }, "another");
  expect(preview.warnings).toEqual([expect.stringContaining("is read-only (sailpoint:readOnly)")]);
  const open = new EngineCalls(tenant);
  await open.previewCreation("Schema", robot);
  expect(open.warnings).toEqual([]);
});

test("what a destruction would drop without a call is refused when it reads; what is only read is read", async () => {
  const id = await existingSource(clientOf(tenant), "HR", { connector: "jdbc" });
  const schema = await new EngineCalls(tenant).create("Schema", {
    source: id,
    name: "account",
    displayAttribute: "id",
  });
  const destroying = new EngineCalls(tenant, LOCKED, { destroys: true });
  await expect(destroying.read("Schema", schema.id, schema.outputs)).rejects.toThrow(refused);
  const imported = await new EngineCalls(tenant).read("Source", id);
  expect(await destroying.read("Source", id, imported)).toMatchObject({ name: "HR" });
  expect(await new EngineCalls(tenant, LOCKED).read("Schema", schema.id, schema.outputs)).toMatchObject({
    name: "account",
  });
});
