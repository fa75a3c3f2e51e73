import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

beforeAll(keepNotesApart);

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const owned = (owner: object): Declared[] => [
  {
    name: "hr",
    kind: "source",
    args: {
      name: "HR Feed",
      owner,
      cluster: { name: "sp_connect_proxy_cluster" },
      connector: "active-directory",
      passwordPolicies: [{ name: "Default" }, { name: "Corporate Password Policy" }],
      features: ["PASSWORD"],
    },
  },
];

function identity(alias: string): { id: string; name: string } {
  const found = Object.values(tenant.admin.state()["identities"] ?? {}).find(
    (object) => (object as { alias: string }).alias === alias,
  );
  return found as { id: string; name: string };
}

test("an owner that was changed on the tenant is set back, or accepted by declaring it", async () => {
  const engine = new Engine(settingsFor(tenant));
  const program = owned({ alias: "slpt.services" });
  expect((await engine.up(program)).errors).toEqual([]);
  const jane = identity("jane.doe");
  const change = () =>
    tenant.admin.edit(`/sources/${engine.idOf("hr")}`, [
      { op: "replace", path: "/owner", value: { type: "IDENTITY", id: jane.id, name: jane.name } },
    ]);

  change();
  await engine.refresh();
  expect(await engine.up(program)).toEqual({ steps: [{ op: "update", name: "hr" }], errors: [] });
  expect(await engine.up(program)).toEqual({ steps: [], errors: [] });

  change();
  expect(await engine.up(owned({ name: jane.name }))).toEqual({ steps: [], errors: [] });
});

test("on a version that finds no identity by its name, all other ways do, and the message names them", async () => {
  const engine = new Engine({ ...settingsFor(tenant), apiVersion: "v3" });
  const [source] = owned({ name: identity("jane.doe").name });
  const args = { name: "HR Feed", connector: "active-directory" };
  const told = (await engine.up([{ ...source, args: { ...args, owner: { name: "Jane Doe" } } } as Declared])).errors;
  expect(told.join("\n")).toMatch(/owner: version v3 .*\{ alias \} or \{ id \}.*apiVersion/s);
  const other = { ...args, owner: { alias: "jane.doe" } };
  expect((await engine.up([{ ...source, args: other } as Declared])).errors).toEqual([]);
  const byId = { ...args, owner: { id: identity("support").id } };
  expect(await engine.up([{ ...source, args: byId } as Declared])).toMatchObject({
    errors: [],
    steps: [{ op: "update" }],
  });
});

test("a list without a filter is asked for once, however many names are looked up in it", async () => {
  const engine = new Engine(settingsFor(tenant));
  expect((await engine.up(owned({ alias: "slpt.services" }))).errors).toEqual([]);
  const lists = tenant.requests().filter(({ operationId }) => operationId === "listPasswordPolicies");
  expect(lists).toHaveLength(1);
});

test("an identity or a group that is written wrong is told with the nearest, where the tenant lists what begins alike", async () => {
  const engine = new Engine(settingsFor(tenant));
  const [source] = owned({ alias: "jane.doee" });
  const group = { managementWorkgroup: { name: "Source Managerz" } };
  const { errors } = await engine.up([{ ...source, args: { ...source?.args, ...group } } as Declared]);
  expect(errors.join("\n")).toMatch(/alias "jane\.doee"; the nearest is "jane\.doe"\. Correct it/);
  expect(errors.join("\n")).toMatch(/name "Source Managerz"; the nearest is "Source Managers"/);
  tenant.admin.fault({ operationId: "listIdentities", kind: "status", status: 400, skip: 1, times: 9 });
  const told = (await engine.up(owned({ alias: "jane.dooe" }))).errors.join("\n");
  expect(told).toMatch(/no identity with alias "jane\.dooe"\. Correct it/);
});
