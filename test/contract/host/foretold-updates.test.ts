import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { clientOf, existingSource, writes } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import type { JsonObject } from "../../../provider/src/reconcile";
import { file } from "../../faults/subjects";
import { EngineCalls } from "./engine-calls";

/** What a preview tells of changes, and whether that is what comes. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
let id: string;
beforeEach(async () => {
  tenant = await startTenant();
  const client = clientOf(tenant);
  id = await existingSource(client, "HR", { connector: "active-directory" });
  await client.call("createProvisioningPolicy", {
    sourceId: id,
    body: { name: "Disable", description: "by hand", usageType: "DISABLE", fields: [{ name: "x", type: "string" }] },
  });
  tenant.clearRequests();
});
afterEach(() => tenant.close());

/** As a program would declare it. */
const inputsOf = ({ tenant: _tenant, __record: _record, schemaId: _id, created: _created, ...inputs }: JsonObject) =>
  inputs;
const less = (inputs: JsonObject, ...keys: string[]): JsonObject =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => !keys.includes(key)));

test.each<[kind: string, id: string, fewer: (inputs: JsonObject) => JsonObject, stays: string[]]>([
  [
    "Schema",
    "account",
    (inputs) => ({
      ...less(inputs, "identityAttribute"),
      attributes: (inputs["attributes"] as { name: string }[]).filter(({ name }) => name !== "sn"),
    }),
    ["identityAttribute", "attributes[name=sn]"],
  ],
  ["ProvisioningPolicy", "DISABLE", (inputs) => less(inputs, "description", "fields"), ["description", "fields"]],
])(
  "of a %s that was imported, what is declared no longer stays, and the preview says so",
  async (kind, key, fewer, stays) => {
    const state = await new EngineCalls(tenant).read(kind, `${id}/${key}`);
    const news = fewer(inputsOf(state));
    const preview = new EngineCalls(tenant);
    await preview.diff(kind, `${id}/${key}`, state, news);
    const told = stays.map((path): unknown =>
      expect.stringContaining(`: ${path}: was there before the program, stays as it is`),
    );
    expect(preview.infos).toEqual(expect.arrayContaining(told));
    expect(preview.infos).toHaveLength(stays.length);
    await new EngineCalls(tenant).update(kind, `${id}/${key}`, state, news);
    expect(writes(tenant)).toEqual([]);
  },
);

test("what the program has changed of an import comes back when it is declared no longer, and the preview says to what", async () => {
  const imported = await new EngineCalls(tenant).read("Schema", `${id}/account`);
  const begun = new EngineCalls(tenant);
  const changed = await begun.update("Schema", `${id}/account`, imported, {
    ...inputsOf(imported),
    displayAttribute: "mail",
    includePermissions: true,
  });
  const preview = new EngineCalls(tenant);
  const news = less(inputsOf(changed), "displayAttribute", "includePermissions");
  await preview.diff("Schema", `${id}/account`, changed, news);
  expect(preview.infos.sort()).toEqual([
    expect.stringMatching(/: displayAttribute: will be /),
    expect.stringMatching(
      /: includePermissions: true on the tenant, will be false|: includePermissions: will be removed/,
    ),
  ]);
});

const jar = (name: string, content: string) => file(name, content) as JsonObject;

describe("of a source", () => {
  const hr = { name: "HR", owner: { alias: "slpt.services" }, connector: "active-directory", adopt: true };
  let state: JsonObject;
  beforeEach(async () => {
    ({ outputs: state } = await new EngineCalls(tenant).create("Source", hr));
  });

  test("that others use, a preview of its renaming names them and warns", async () => {
    tenant.admin.put("/source-apps/app", { id: "app", name: "Payroll", accountSource: { id } });
    const preview = new EngineCalls(tenant);
    await preview.diff("Source", id, state, { ...hr, name: "People" });
    expect(preview.warnings).toEqual([
      expect.stringMatching(/^Source "People": will be renamed, and is used by .*where one of them names it/),
    ]);
    const other = new EngineCalls(tenant);
    await other.diff("Source", id, state, { ...hr, description: "of people" });
    expect(other.warnings).toEqual([]);
  });

  test("that nobody uses, a renaming warns of nothing", async () => {
    const preview = new EngineCalls(tenant);
    await preview.diff("Source", id, state, { ...hr, name: "People" });
    expect(preview.warnings).toEqual([]);
  });

  test("a replacement warns of what the tenant deletes", async () => {
    const preview = new EngineCalls(tenant);
    expect(await preview.diff("Source", id, state, { ...hr, connector: "jdbc" })).toEqual(["connector"]);
    expect(preview.warnings).toEqual([
      expect.stringContaining("will be replaced: the tenant deletes the source, its accounts and everything"),
    ]);
  });

  test("a preview names each connector file that goes there, and each that stays", async () => {
    const declared = { ...hr, connectorFiles: [jar("a.jar", "first"), jar("b.jar", "second")] };
    const begun = new EngineCalls(tenant);
    await begun.diff("Source", id, state, declared);
    expect(begun.infos).toEqual([
      expect.stringMatching(/: connectorFiles: "a\.jar" will be uploaded \(SHA-256 [0-9a-f]{8}…\)$/),
      expect.stringMatching(/: connectorFiles: "b\.jar" will be uploaded/),
    ]);
    const uploaded = await new EngineCalls(tenant).update("Source", id, state, declared);
    const changed = new EngineCalls(tenant);
    await changed.diff("Source", id, uploaded, { ...hr, connectorFiles: [jar("a.jar", "another")] });
    expect(changed.infos).toEqual([
      expect.stringMatching(/: connectorFiles: "a\.jar" will be uploaded/),
      expect.stringMatching(/: connectorFiles: "b\.jar" stays on the tenant, which deletes no file$/),
    ]);
    const none = new EngineCalls(tenant);
    await none.diff("Source", id, uploaded, hr);
    expect(none.infos).toEqual(
      ["a", "b"].map((name): unknown => expect.stringMatching(`"${name}.jar" stays on the tenant`)),
    );
  });
});

test("what the tenant repeats of the source's secrets is taken out of the error, though the request carried none", async () => {
  const calls = new EngineCalls(tenant);
  const secrets = {
    password: "tr0ub4dor-1",
    pin: "tr0ub4dor-2",
    encrypted: "pin",
    list: [{ clientSecret: "tr0ub4dor-3" }],
  };
  const inputs = { name: "Told", owner: { alias: "support" }, connector: "jdbc", connectorAttributes: secrets };
  const { id: told, outputs } = await calls.create("Source", inputs);
  const text = "bad tr0ub4dor-1 tr0ub4dor-2 tr0ub4dor-3";
  const body = { detailCode: "400", messages: [{ text }] };
  tenant.admin.fault({ operationId: "updateSource", kind: "status", status: 400, body });
  const refused = calls.update("Source", told, outputs, { ...inputs, description: "new" });
  await expect(refused).rejects.toThrow("bad [secret] [secret] [secret]");
});
