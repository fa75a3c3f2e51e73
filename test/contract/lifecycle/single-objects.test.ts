import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import * as handlers from "../../../provider/src/dynamic";
import { doorTo } from "../../engine/lifecycle/door";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

/** What is asked of the tenant for one object, where a refresh takes the list of all. */

beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const source: Declared = {
  name: "hr",
  kind: "source",
  args: {
    name: "HR Feed",
    owner: { alias: "slpt.services" },
    cluster: { name: "sp_connect_proxy_cluster" },
    connector: "active-directory",
  },
};
const on = (name: string, kind: Declared["kind"], args: Declared["args"]): Declared => ({
  name,
  kind,
  args: { source: { ref: "hr" }, ...args },
});
const schema = (description: string) =>
  on("account", "schema", { name: "account", attributes: [{ name: "mail", type: "STRING", description }] });
const policy = (template: string) =>
  on("create", "provisioningPolicy", {
    usageType: "CREATE",
    fields: [{ name: "mail", type: "string", attributes: { template } }],
  });
const schedule = (hour: string) =>
  on("nightly", "schedule", { type: "ACCOUNT_AGGREGATION", cronExpression: `0 0 ${hour} * * ?` });

/** The operations that were called since the last time. */
function called(): string[] {
  const operations = tenant.requests().map(({ operationId }) => operationId ?? "unknown");
  tenant.clearRequests();
  return operations;
}

/** What the tenant keeps below the source. */
const partOf = (engine: Engine, part: string) =>
  (tenant.admin.state()[part]?.[engine.idOf("hr")] ?? {}) as Record<string, Record<string, unknown>>;

async function deployed(declared: Declared[]): Promise<Engine> {
  const engine = new Engine(settingsFor(tenant));
  expect((await engine.up(declared)).errors).toEqual([]);
  called();
  return engine;
}

test.each([
  ["schema", schema, "getSourceSchema", "updateSourceSchema"],
  ["policy", policy, "getProvisioningPolicy", "updateProvisioningPolicy"],
  ["schedule", schedule, "getSourceSchedule", "updateSourceSchedule"],
] as const)("before the PATCH of one %s that object is read, not the list", async (_kind, declare, get, patch) => {
  const engine = await deployed([source, declare("3")]);
  const { steps, errors } = await engine.up([source, declare("4")]);
  expect(errors).toEqual([]);
  expect(steps).toHaveLength(1);
  expect(called().slice(-2)).toEqual([get, patch]);
  expect(await engine.up([source, declare("4")])).toEqual({ steps: [], errors: [] });
});

const named = (...names: string[]) => names.map((name) => ({ name, type: "STRING" }));
const changed = { attributes: [{ name: "mail", type: "STRING", description: "after" }] };
const asJson = (value: unknown) => value as Parameters<typeof handlers.schema.update>[1];

test("a schema that somebody deleted and made anew under its name is found all the same", async () => {
  const engine = await deployed([source, schema("before")]);
  const path = `/sources/${engine.idOf("hr")}/schemas`;
  const [[key, account] = ["", {}]] = Object.entries(partOf(engine, "schemas")).filter(
    ([, { name }]) => name === "account",
  );
  tenant.admin.remove(`${path}/${key}`);
  const id = "00000000000000000000000000000001";
  tenant.admin.put(`${path}/${id}`, { ...account, id });

  // Between the engine's refresh and its update: the state knows the id of before.
  const [kept] = engine.kept().filter(({ kind }) => kind === "schema");
  const settings = settingsFor(tenant);
  handlers.schema.configure({ config: { get: (name) => settings[name.replace("sailpoint:", "")] } });
  await handlers.schema.update(kept?.id ?? "", asJson(kept?.outputs), asJson({ ...kept?.inputs, ...changed }));
  // The list of sources tells that this version of the API is known, and so that the 404 is the schema's own.
  expect(called()).toEqual(["getSourceSchema", "listSources", "getSourceSchemas", "updateSourceSchema"]);
  expect(Object.values(partOf(engine, "schemas")).filter(({ name }) => name === "account")).toHaveLength(1);
});

test("a source that had no native change detection has none again after destroy", async () => {
  const detection = on("changes", "nativeChangeDetection", { enabled: true, operations: ["ACCOUNT_CREATED"] });
  const engine = await deployed([source, detection]);
  const settings = () => Object.values(partOf(engine, "native-change-detection-config"));
  expect(settings()).toMatchObject([{ enabled: true, operations: ["ACCOUNT_CREATED"] }]);

  expect((await engine.up([source])).errors).toEqual([]);
  expect(called()).toContain("deleteNativeChangeDetectionConfig");
  expect(settings()).toEqual([]);
});

test("that the tenant has none to delete is as good", async () => {
  const engine = await deployed([source, on("changes", "nativeChangeDetection", { enabled: true })]);
  tenant.admin.fault({ operationId: "deleteNativeChangeDetectionConfig", kind: "status", status: 404, times: 1 });
  expect((await engine.up([source])).errors).toEqual([]);
  expect(called()).toContain("deleteNativeChangeDetectionConfig");
});

test("what others set in it meanwhile stays", async () => {
  const detection = on("changes", "nativeChangeDetection", { enabled: true });
  const engine = await deployed([source, detection]);
  const path = `/sources/${engine.idOf("hr")}/native-change-detection-config/`;
  tenant.admin.edit(path, [{ op: "add", path: "/selectedEntitlements/-", value: "groups" }]);

  expect((await engine.up([source])).errors).toEqual([]);
  expect(called()).not.toContain("deleteNativeChangeDetectionConfig");
  const settings = Object.values(partOf(engine, "native-change-detection-config"));
  expect(settings).toMatchObject([{ enabled: false, selectedEntitlements: ["groups"] }]);
});

test("a refusal is told after one try, also by a tenant that gives its lists in another order at every read", async () => {
  tenant.admin.set({ behaviours: { identityAttributeSettable: false } });
  const door = await doorTo(tenant);
  const group = (more: object) => on("group", "schema", { name: "team", attributes: named("a", "b", "c"), ...more });
  const engine = new Engine({ ...settingsFor(tenant), baseUrl: String(door.env["SAIL_BASE_URL"]) });
  expect((await engine.up([source, group({})])).errors).toEqual([]);
  const [id = ""] = Object.entries(partOf(engine, "schemas")).find(([, { name }]) => name === "team") ?? [];
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const shuffle = () => {
      const team = partOf(engine, "schemas")[id] ?? {};
      const [first, ...others] = team["attributes"] as object[];
      tenant.admin.put(`/sources/${engine.idOf("hr")}/schemas/${id}`, { ...team, attributes: [...others, first] });
    };
    door.before("GET", `/schemas/${id}`, shuffle, n);
  }
  called();

  const { errors } = await engine.up([source, group({ identityAttribute: "a" })]);
  expect(errors).toEqual([expect.stringMatching(/Schema "team".*identityAttribute/s)]);
  expect(called().slice(-3)).toEqual(["getSourceSchema", "updateSourceSchema", "getSourceSchema"]);
});

/** The tenant offers those attributes for synchronization that the account schema has. */
describe("an attribute that others have taken away, which the program has", () => {
  const others = { name: "department", enabled: true };
  const sync = (...attributes: object[]) => on("sync", "attributeSyncConfig", { attributes });
  const email = { name: "email", enabled: true };
  const account = (...names: string[]) =>
    on("account", "schema", { name: "account", attributes: names.map((name) => ({ name, type: "STRING" })) });

  async function withoutEmail(): Promise<Engine> {
    const engine = await deployed([source, account("email")]);
    expect((await engine.up([source, account("email"), sync(email, others)])).errors).toEqual([]);
    const schemas = Object.entries(partOf(engine, "schemas"));
    const [id = "", schema] = schemas.find(([, { name }]) => name === "account") ?? [];
    const left = (schema?.["attributes"] as { name: string }[]).filter(({ name }) => !name.includes("mail"));
    const at = `/sources/${engine.idOf("hr")}/schemas/${id}`;
    tenant.admin.edit(at, [{ op: "replace", path: "/attributes", value: left }]);
    return engine;
  }

  test.each([true, false])("hinders no deletion, whether seen before (%s) or not", async (refresh) => {
    const engine = await withoutEmail();
    expect((await engine.up([source], { refresh })).errors).toEqual([]);
    const stored = JSON.stringify(partOf(engine, "attribute-sync-config"));
    expect(stored).not.toContain("department");
  });

  test.each([true, false])(
    "hinders no update that declares it no longer, whether seen before (%s) or not",
    async (refresh) => {
      const engine = await withoutEmail();
      expect((await engine.up([source, sync({ ...others, enabled: false })], { refresh })).errors).toEqual([]);
    },
  );
});
