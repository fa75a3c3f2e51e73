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

describe("what the engine has not read before it asks for a plan", () => {
  const edited = async (description: string) => {
    const { id, attributes } = (await schemaNow()) as { id: string; attributes: { name: string }[] };
    const path = `/attributes/${String(attributes.findIndex(({ name }) => name === "id"))}/description`;
    const patch = [{ op: "replace" as const, path, value: description }];
    await clientOf(tenant).call("updateSourceSchema", { sourceId: source, schemaId: id, body: patch });
  };
  let schema: { id: string; outputs: JsonObject };
  beforeEach(async () => {
    schema = await new EngineCalls(tenant).create("Schema", account("ours"));
    tenant.clearRequests();
  });

  test("is read then, once; without drift nothing is said", async () => {
    const calls = new EngineCalls(tenant);
    for (let i = 0; i < 2; i += 1) {
      expect(await calls.changes("Schema", schema.id, schema.outputs, account("ours"))).toEqual([]);
    }
    expect(asked()).toEqual(["getSourceSchemas"]);
    expect(calls.warnings).toEqual([]);
  });

  test("is not read again where a refresh or an import has", async () => {
    const calls = new EngineCalls(tenant);
    const read = await calls.read("Schema", schema.id, schema.outputs);
    const importing = new EngineCalls(tenant);
    const imported = await importing.read("Schema", "name:HR/account");
    tenant.clearRequests();
    await calls.changes("Schema", schema.id, read, account("ours"), { name: "by another name" });
    await importing.changes("Schema", schema.id, imported, account("ours"));
    expect(asked()).toEqual([]);
  });

  test("shows its drift, which the update repairs; what others did beside it stays", async () => {
    await edited("theirs");
    const { id } = await schemaNow();
    const patch = [{ op: "replace" as const, path: "/nativeObjectType", value: "Theirs" }];
    await clientOf(tenant).call("updateSourceSchema", { sourceId: source, schemaId: String(id), body: patch });
    const calls = new EngineCalls(tenant);
    expect(await calls.changes("Schema", schema.id, schema.outputs, account("ours"))).toEqual([
      "attributes[0].description",
    ]);
    expect(calls.warnings).toEqual([
      expect.stringMatching(
        /^Schema "account".*: changed on the tenant without the program: attributes\[name=id\]\.desc/,
      ),
    ]);
    await calls.update("Schema", schema.id, schema.outputs, account("ours"));
    expect(await schemaNow()).toMatchObject({ nativeObjectType: "Theirs" });
    expect((await schemaNow())["attributes"]).toContainEqual(
      expect.objectContaining({ name: "id", description: "ours" }),
    );
  });

  test("is told and left alone where the resource ignores changes: the engine knows no newer value of them", async () => {
    await edited("theirs");
    const calls = new EngineCalls(tenant);
    const options = { ignoreChanges: ["attributes"] };
    expect(await calls.changes("Schema", schema.id, schema.outputs, account("ours"), options)).toEqual([]);
    expect(calls.warnings).toEqual([expect.stringContaining("It stays, since the resource has ignoreChanges")]);
  });

  test("stops the command when it is gone, before anything is made beside it", async () => {
    await clientOf(tenant).call("deleteSource", { id: source });
    const calls = new EngineCalls(tenant);
    await expect(calls.changes("Schema", schema.id, schema.outputs, account("ours"))).rejects.toThrow(
      /Schema "account".* is not on the tenant any more.*--refresh/,
    );
  });

  test("is not read by a command that destroys", async () => {
    const calls = new EngineCalls(tenant, {}, { destroys: true });
    await calls.changes("Schema", schema.id, schema.outputs, account("ours"));
    expect(asked()).toEqual([]);
  });
});
