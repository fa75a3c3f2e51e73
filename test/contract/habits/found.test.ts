import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";
import { Engine } from "../../engine-model/engine";
import { listened } from "../../habits/listening";
import { type Declared, type Goal, type Json, goalsOf } from "../../engine-model/goal";

/** What the fuzz of habits has found, each as the least that shows it. */

let tenant: RunningTenant;
let engine: Engine;
beforeAll(keepNotesApart);
beforeEach(async () => {
  tenant = await startTenant();
  engine = new Engine(settingsFor(tenant));
});
afterEach(() => tenant.close());

const source = (args: Json = {}): Declared => ({
  name: "a",
  kind: "source",
  args: { name: "Alpha", owner: { alias: "slpt.services" }, connector: "web-services", ...args },
});
const retained = (declared: Declared): Goal[] => goalsOf([declared]).map((goal) => ({ ...goal, retainOnDelete: true }));

test.each<[string, (now: Declared) => Promise<{ errors: string[] }>]>([
  ["kept at its replacement", (now) => engine.up(retained(now))],
  [
    "tainted",
    (now) => {
      engine.taint("source::a");
      return engine.up([now]);
    },
  ],
])("a source that is %s is not taken for one of another connector", async (_how, up) => {
  expect((await engine.up(retained(source()))).errors).toEqual([]);
  const { errors } = await up(source({ connector: "jdbc", adopt: true }));
  expect(errors).toEqual([expect.stringContaining("is on the tenant already, but with another connector")]);
});

test("cipher text that is another at every read is nobody's change, also without a refresh", async () => {
  tenant.admin.set({ behaviours: { secrets: "changing" } });
  const member = (name: string): Json => ({ uniqueNameForEndPoint: name, password: `geheim-${name}` });
  const attributes = (...names: string[]) => ({
    connectorAttributes: { password: "geheim", connectionParameters: names.map(member) },
  });
  expect((await engine.up([source(attributes("Users", "Groups"))])).errors).toEqual([]);
  const again = await engine.up([source(attributes("Groups"))], { refresh: false });
  expect(again).toEqual({ steps: [{ op: "update", name: "a" }], errors: [] });
  const rotated = source({ connectorAttributes: { ...attributes("Groups").connectorAttributes, password: "another" } });
  expect((await engine.up([rotated], { refresh: false })).errors).toEqual([]);
  expect(Object.values(tenant.admin.secrets(engine.idOf("a"))).sort()).toEqual(["another", "geheim-Groups"]);
});

test("a secret that others changed is not written over unseen, however often it is read", async () => {
  expect((await engine.up([source({ connectorAttributes: { password: "geheim" } })])).errors).toEqual([]);
  const path = `/sources/${engine.idOf("a")}`;
  tenant.admin.edit(path, [{ op: "replace", path: "/connectorAttributes/password", value: "theirs" }]);
  const { errors } = await engine.up([source({ connectorAttributes: { password: "another" } })], { refresh: false });
  expect(errors).toEqual([expect.stringContaining("was changed on the tenant since the state last saw it")]);
});

test("what the tenant does not let go of is left as it is, once it is declared no longer", async () => {
  const saas = (args: Json = {}) => source({ connector: "people-saas", connectorAttributes: { timeout: 5, ...args } });
  const instance = { spConnectorInstanceId: "ours" };
  expect((await engine.up([saas(instance)])).errors).toEqual([]);
  const other = await engine.up([saas({ spConnectorInstanceId: "another" })]);
  expect(other.errors).toEqual([expect.stringContaining("did not take it")]);
  const { result, printed } = await listened(() => engine.up([saas()]));
  expect(result).toEqual({ steps: [{ op: "update", name: "a" }], errors: [] });
  expect(printed).toContainEqual(
    expect.stringContaining("connectorAttributes.spConnectorInstanceId: was to be removed"),
  );
  expect(await engine.preview([saas()])).toEqual({ steps: [], errors: [] });
});

test("a source that was tainted is not taken for one just made, where the answer to its creation is lost", async () => {
  const declared = source({ connectorAttributes: { password: "geheim" } });
  expect((await engine.up([declared])).errors).toEqual([]);
  const id = engine.idOf("a");
  tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/connectorAttributes/password", value: "theirs" }]);
  engine.taint("source::a");
  tenant.admin.fault({ kind: "reset-before", method: "POST", path: "/sources", times: 1 });
  const { errors } = await engine.up([declared]);
  expect(errors).toEqual([expect.stringContaining("is on the tenant already")]);
});

describe("an object that two resources of the state have, after a command that failed in between,", () => {
  const both = (name: string): Declared[] => [
    { ...source({ adopt: true }), name },
    {
      name: `${name} disable`,
      kind: "provisioningPolicy",
      args: { source: { ref: name }, usageType: "DISABLE", fields: [{ name: "x", type: "string" }] },
    },
  ];
  const other: Declared = { ...source({ name: "Beta" }), name: "other" };

  test.each([true, false])(
    "stays for the one that is declared, which has it for longer (refresh: %s)",
    async (refresh) => {
      expect((await engine.up(both("a"))).errors).toEqual([]);
      const before = tenant.admin.state();
      tenant.admin.fault({ operationId: "createSource", kind: "status", status: 400, times: 10 });
      expect((await engine.up([...both("b"), other])).errors).toHaveLength(1);
      tenant.admin.clearFaults();
      expect(engine.idOf("b")).toBe(engine.idOf("a"));
      tenant.clearRequests();
      const { steps, errors } = await engine.up(both("a"), { refresh });
      expect([steps.filter(({ op }) => op === "delete").length > 0, errors]).toEqual([true, []]);
      expect(tenant.requests().filter(({ method }) => method !== "GET")).toEqual([]);
      expect(tenant.admin.state()).toEqual(before);
      expect(await engine.up(both("a"))).toEqual({ steps: [], errors: [] });
    },
  );

  test("goes when neither is declared", async () => {
    expect((await engine.up(both("a"))).errors).toEqual([]);
    tenant.admin.fault({ operationId: "createSource", kind: "status", status: 400, times: 10 });
    expect((await engine.up([...both("b"), other])).errors).toHaveLength(1);
    tenant.admin.clearFaults();
    const id = engine.idOf("a");
    expect((await engine.up([])).errors).toEqual([]);
    expect(tenant.admin.state()["sources"]).not.toHaveProperty(id);
  });
});
