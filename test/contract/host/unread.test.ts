import { type RunningTenant, startTenant } from "sailpoint-simulator";
import type { JsonObject } from "../../../provider/src/reconcile";
import { clientOf, existingSource } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { EngineCalls } from "./engine-calls";

/** What a command does not read, on purpose and by Pulumi's doing. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
let source: string;
beforeEach(async () => {
  tenant = await startTenant();
  source = await existingSource(clientOf(tenant), "HR", { connector: "jdbc" });
});
afterEach(() => tenant.close());

const account = (description: string): JsonObject => ({
  ...{ source, name: "account", displayAttribute: "id" },
  attributes: [{ name: "id", type: "STRING", description }],
});
const usage = (): JsonObject => ({ source, usageType: "CREATE", name: "Account", fields: [] });
const asked = () =>
  tenant.requests().flatMap(({ operationId = "token" }) => (operationId === "token" ? [] : operationId));

describe("a destroying command", () => {
  test("does not ask for what hangs on a source that is there; its state stays as it is", async () => {
    const calls = new EngineCalls(tenant);
    const schema = await calls.create("Schema", account("ours"));
    const policy = await calls.create("ProvisioningPolicy", usage());
    tenant.clearRequests();
    const destroying = new EngineCalls(tenant, {}, { destroys: true });
    expect(await destroying.read("Schema", schema.id, schema.outputs)).toEqual(schema.outputs);
    expect(await destroying.read("ProvisioningPolicy", policy.id, policy.outputs)).toEqual(policy.outputs);
    expect(asked()).toEqual(["getSource", "getSource"]);
    tenant.clearRequests();
    await new EngineCalls(tenant).read("Schema", schema.id, schema.outputs);
    expect(asked()).toContain("getSourceSchemas");
  });

  test("asks for what hangs on a source that is gone, and finds it gone", async () => {
    const schema = await new EngineCalls(tenant).create("Schema", account("ours"));
    await clientOf(tenant).call("deleteSource", { id: source });
    const destroying = new EngineCalls(tenant, {}, { destroys: true });
    expect(await destroying.read("Schema", schema.id, schema.outputs)).toEqual({});
  });

  test("asks for what hangs on a source that the client may not read", async () => {
    const schema = await new EngineCalls(tenant).create("Schema", account("ours"));
    tenant.admin.fault({ operationId: "getSource", kind: "status", status: 403, times: 10 });
    const destroying = new EngineCalls(tenant, {}, { destroys: true });
    expect(await destroying.read("Schema", schema.id, schema.outputs)).toEqual(schema.outputs);
    expect(asked()).toContain("getSourceSchemas");
  });

  test("gives back what was there before, with what others put into it unread", async () => {
    const before = await schemaNow();
    const schema = await new EngineCalls(tenant).create("Schema", { ...account("ours"), identityAttribute: "id" });
    const client = clientOf(tenant);
    const { id } = await schemaNow();
    const patch = [{ op: "replace" as const, path: "/nativeObjectType", value: "Theirs" }];
    await client.call("updateSourceSchema", { sourceId: source, schemaId: String(id), body: patch });

    const destroying = new EngineCalls(tenant, {}, { destroys: true });
    const read = await destroying.read("Schema", schema.id, schema.outputs);
    await destroying.delete("Schema", schema.id, read);
    const after = await schemaNow();
    expect(after).toEqual({ ...before, nativeObjectType: "Theirs", modified: after["modified"] });
  });
});

async function schemaNow(): Promise<JsonObject> {
  const schemas = await clientOf(tenant).call("getSourceSchemas", { sourceId: source });
  return JSON.parse(JSON.stringify(schemas.find(({ name }) => name === "account"))) as JsonObject;
}

describe("a command that runs the program in place of a refresh", () => {
  test("says once that the tenant was not read", async () => {
    const made = new EngineCalls(tenant);
    const schema = await made.create("Schema", account("ours"));
    const policy = await made.create("ProvisioningPolicy", usage());
    const calls = new EngineCalls(tenant, {}, { runsProgram: true });
    await calls.diff("Schema", schema.id, schema.outputs, account("ours"));
    await calls.diff("ProvisioningPolicy", policy.id, policy.outputs, usage());
    expect(calls.warnings).toEqual([expect.stringContaining("The tenant is not read in this command")]);
  });

  test("says nothing with --refresh, by which it was read, and nothing of what is new", async () => {
    const schema = await new EngineCalls(tenant).create("Schema", account("ours"));
    const calls = new EngineCalls(tenant, {}, { runsProgram: true });
    const read = await calls.read("Schema", schema.id, schema.outputs);
    await calls.diff("Schema", schema.id, read, account("ours"));
    await calls.previewCreation("ProvisioningPolicy", usage());
    expect(calls.warnings).toEqual([]);
  });
});
