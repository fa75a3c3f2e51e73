import { type RunningTenant, startTenant } from "sailpoint-simulator";
import type { JsonObject } from "../../../provider/src/reconcile";
import { clientOf, existingSource } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls } from "./engine-calls";

/**
 * Where a setting has changed since the state was written, the engine reads by one process and plans and changes by
 * another. Both know the engine's address.
 */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
let source: string;
let reading: EngineCalls;
let changing: EngineCalls;
let commands = 0;
const provider = () => new EngineCalls(tenant, {}, { engine: `127.0.0.1:${String(commands)}` });
beforeEach(async () => {
  tenant = await startTenant();
  source = await existingSource(clientOf(tenant), "HR", { connector: "jdbc" });
  commands += 1;
  reading = provider();
  changing = provider();
});
afterEach(() => tenant.close());

const owner = { alias: "support" };
const usage = (description: string): JsonObject => ({
  ...{ source, usageType: "DISABLE", name: "Account" },
  fields: [{ name: "mail", type: "string", attributes: { description } }],
});
const policyNow = async () => {
  const policies = await clientOf(tenant).call("listProvisioningPolicies", { sourceId: source });
  return policies.find(({ usageType }) => usageType === "DISABLE");
};

test("what one has read is not read again for the plan of the other; by another command it is", async () => {
  const { id, outputs } = await new EngineCalls(tenant).create("ProvisioningPolicy", usage("ours"));
  const read = await reading.read("ProvisioningPolicy", id, outputs);
  tenant.clearRequests();
  expect(await changing.changes("ProvisioningPolicy", id, read, usage("ours"))).toEqual([]);
  const asked = () =>
    tenant.requests().flatMap(({ operationId = "token" }) => (operationId === "token" ? [] : operationId));
  expect(asked()).toEqual([]);
  const another = new EngineCalls(tenant, {}, { engine: "127.0.0.1:9" });
  await another.changes("ProvisioningPolicy", id, read, usage("ours"));
  expect(asked()).toEqual(["listProvisioningPolicies"]);
});

test("what a resource took over goes on as another's, which gives back what was there before both", async () => {
  const before = { usageType: "DISABLE", name: "Theirs", fields: [{ name: "theirs", type: "string" }] };
  tenant.admin.put(`/sources/${source}/provisioning-policies/DISABLE`, before);
  const { id, outputs } = await new EngineCalls(tenant).create("ProvisioningPolicy", usage("ours"));
  await reading.read("ProvisioningPolicy", id, outputs, "old");

  const plan = await changing.previewCreation("ProvisioningPolicy", usage("other"), "new");
  expect(plan.id).toBe(id);
  expect(changing.infos.join("\n")).toContain("which this stack has already: it goes on and is not deleted");
  const made = await changing.create("ProvisioningPolicy", usage("other"), "new");
  await changing.delete("ProvisioningPolicy", id, outputs, "old");
  expect(await policyNow()).toMatchObject({ name: "Account" });

  await new EngineCalls(tenant).delete("ProvisioningPolicy", id, made.outputs, "new");
  expect(await policyNow()).toMatchObject(before);
});

test("what a resource made goes on as another's, which deletes it", async () => {
  const { id, outputs } = await new EngineCalls(tenant).create("ProvisioningPolicy", usage("ours"));
  await reading.read("ProvisioningPolicy", id, outputs, "old");
  const made = await changing.create("ProvisioningPolicy", usage("ours"), "new");
  await changing.delete("ProvisioningPolicy", id, outputs, "old");
  await new EngineCalls(tenant).delete("ProvisioningPolicy", id, made.outputs, "new");
  expect(await policyNow()).toBeUndefined();
});

test("what the other has deleted is nobody's any more", async () => {
  const { id, outputs } = await new EngineCalls(tenant).create("ProvisioningPolicy", usage("ours"));
  const read = await reading.read("ProvisioningPolicy", id, outputs, "old");
  await changing.delete("ProvisioningPolicy", id, read, "old");
  const theirs = { usageType: "DISABLE", name: "Theirs", fields: [] };
  tenant.admin.put(`/sources/${source}/provisioning-policies/DISABLE`, theirs);
  const made = await provider().create("ProvisioningPolicy", usage("ours"), "new");
  await new EngineCalls(tenant).delete("ProvisioningPolicy", id, made.outputs, "new");
  expect(await policyNow()).toMatchObject(theirs);
});

test("what goes with its source, which is replaced, is not deleted by another one before it", async () => {
  const { id, outputs } = await new EngineCalls(tenant).create("ProvisioningPolicy", usage("ours"));
  await changing.replacesSource("ProvisioningPolicy", id, outputs);
  await provider().delete("ProvisioningPolicy", id, outputs);
  expect(await policyNow()).toMatchObject({ name: "Account" });
});

describe("a source", () => {
  const inputs = { name: "Made", owner, connector: "jdbc" };
  let made: { id: string; outputs: JsonObject };
  beforeEach(async () => {
    made = await new EngineCalls(tenant).create("Source", inputs, "hr");
    await reading.read("Source", made.id, made.outputs, "hr");
  });

  test("that an option replaces is told to be replaced", async () => {
    await changing.previewCreation("Source", inputs, "hr");
    expect(changing.warnings).toEqual([expect.stringMatching(/will be replaced.*deleteBeforeReplace: true/)]);
    await expect(changing.create("Source", inputs, "hr")).rejects.toThrow("If it shall be replaced");
  });

  test("that has another name in the program is known to be this stack's", async () => {
    await changing.previewCreation("Source", inputs, "renamed");
    expect(changing.warnings).toEqual([expect.stringContaining("this stack has it")]);
  });

  test("that is imported again is refused", async () => {
    tenant.clearRequests();
    await expect(changing.import("Source", "name:Made", "hr")).rejects.toThrow("is imported already");
  });
});
