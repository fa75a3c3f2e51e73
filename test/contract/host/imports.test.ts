import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { clientOf, existingSource } from "../../engine/lifecycle/tenants";
import { EngineCalls } from "./engine-calls";

/** What an import is told where there is nothing under its id. */

let tenant: RunningTenant;
beforeAll(async () => {
  tenant = await startTenant();
  await existingSource(clientOf(tenant), "Y Feed", { connector: "active-directory" });
});
afterAll(() => tenant.close());

test.each([
  ["Source", "Y Feed", 'no source with the id "Y Feed"; name:Y Feed stands for the one that is called so'],
  ["Source", "0".repeat(32), `no source with the id "${"0".repeat(32)}"`],
  ["Schema", "Y Feed/account", 'no source with the id "Y Feed"; name:Y Feed/account stands for'],
  [
    "Schema",
    "name:Y Feed/Account",
    '"name:Y Feed/Account" names no Schema of the source "Y Feed": it has account, group',
  ],
  ["ProvisioningPolicy", "name:Y Feed/create", "it has CREATE"],
  ["Schedule", "name:Y Feed/ACCOUNT_AGGREGATION", "names no Schedule of the source "],
  ["CorrelationConfig", "1", 'no source with the id "1"'],
])("a %s as %j", async (kind, named, told) => {
  await expect(new EngineCalls(tenant).read(kind, named)).rejects.toThrow(told);
});
