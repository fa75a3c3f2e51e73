import { type RunningTenant, startTenant } from "sailpoint-simulator";
import type { JsonObject } from "../../../provider/src/reconcile";
import { clientOf, existingSource } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls } from "./engine-calls";

/** What a refresh does not find, and what that says of the client. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const usage = (source: string, usageType: string): JsonObject => ({ source, usageType, name: usageType, fields: [] });

/** The warnings of a refresh of sources that are gone, each with these policies on it. */
async function refreshedWithout(names: readonly string[], usages: readonly string[]): Promise<string[]> {
  const made: { id: string; outputs: JsonObject }[] = [];
  for (const name of names) {
    const source = await existingSource(clientOf(tenant), name, { connector: "jdbc" });
    const calls = new EngineCalls(tenant);
    for (const type of usages) made.push(await calls.create("ProvisioningPolicy", usage(source, type)));
    await clientOf(tenant).call("deleteSource", { id: source });
  }
  const calls = new EngineCalls(tenant);
  for (const { id, outputs } of made) expect(await calls.read("ProvisioningPolicy", id, outputs)).toEqual({});
  return calls.warnings;
}

test("a source that somebody deleted with all that hangs on it is no sign of fewer rights", async () => {
  expect(await refreshedWithout(["One", "Two"], ["CREATE", "DISABLE", "ENABLE"])).toEqual([]);
});

test("several sources at once may be one; it is said once", async () => {
  expect(await refreshedWithout(["One", "Two", "Three", "Four"], ["CREATE", "DISABLE"])).toEqual([
    expect.stringContaining("this client has fewer rights than the one before"),
  ]);
});
