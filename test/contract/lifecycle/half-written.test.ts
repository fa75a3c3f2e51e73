import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";
import { file } from "../../faults/subjects";

/** A write that was done, or done in part, though the command failed or heard nothing, is still the program's to undo. */
beforeAll(keepNotesApart);

let tenant: RunningTenant;
let engine: Engine;
beforeEach(async () => {
  tenant = await startTenant();
  engine = new Engine(settingsFor(tenant));
});
afterEach(() => tenant.close());

const source = (attributes: Record<string, unknown>, more: Record<string, unknown> = {}): Declared => ({
  name: "hr",
  kind: "source",
  args: {
    name: "HR Feed",
    owner: { alias: "slpt.services" },
    connector: "people-saas",
    adopt: true,
    connectorAttributes: { theirs: "theirs", ...attributes },
    ...more,
  },
});

const attributes = () => {
  const [hr] = Object.values(tenant.admin.state()["sources"] ?? {}).filter(
    (each) => (each as { name: string }).name === "HR Feed",
  );
  return (hr as { connectorAttributes: Record<string, unknown> }).connectorAttributes;
};

/** By another hand, so that the program takes it over; or by the program itself. */
async function begin(way: "updated" | "taken over"): Promise<void> {
  const first = way === "updated" ? engine : new Engine(settingsFor(tenant));
  expect((await first.up([source({})])).errors).toEqual([]);
}

describe.each(["updated", "taken over"] as const)("a source that is %s", (way) => {
  beforeEach(() => begin(way));

  test("is as declared where the answers to what was written are lost, its secret too, and nothing is written twice", async () => {
    tenant.admin.fault({ operationId: "updateSource", kind: "reset-after", times: 4 });
    const declared = [source({ ours: "ours", password: "s3cret-value" })];
    tenant.clearRequests();
    expect((await engine.up(declared)).errors).toEqual([]);
    expect(tenant.requests().filter(({ operationId }) => operationId === "updateSource")).toHaveLength(1);
    tenant.admin.clearFaults();
    expect(await engine.up(declared)).toEqual({ steps: [], errors: [] });
    expect((await engine.up([source({})])).errors).toEqual([]);
    expect(attributes()).not.toHaveProperty("ours");
    expect(attributes()).not.toHaveProperty("password");
  });

  test.each([
    ["and its file is refused", { ours: "ours" }, { connectorFiles: [file("a.jar", "a driver")] }, /./],
    ["and another key of it is not taken", { ours: "ours", spConnectorOwned: "x" }, {}, /did not take/],
  ])("gives back what was added %s", async (_, added, more, says) => {
    tenant.admin.set({ behaviours: { ownedAttributes: "dropped" } });
    tenant.admin.fault({ operationId: "importConnectorFile", kind: "status", status: 400, times: 50 });
    const { errors } = await engine.up([source(added, more)]);
    expect(errors.join("\n")).toMatch(says);
    expect(errors).toHaveLength(1);
    expect(attributes()).toMatchObject({ ours: "ours" });
    expect((await engine.up([source({})])).errors).toEqual([]);
    expect(attributes()).not.toHaveProperty("ours");
    expect(attributes()).toMatchObject({ theirs: "theirs" });
    expect(await engine.up([source({})])).toEqual({ steps: [], errors: [] });
  });

  test("goes on from there when nothing hinders it any more", async () => {
    tenant.admin.fault({ operationId: "importConnectorFile", kind: "status", status: 400, times: 50 });
    const declared = [source({ ours: "ours" }, { connectorFiles: [file("a.jar", "a driver")] })];
    expect((await engine.up(declared)).errors).toHaveLength(1);
    tenant.admin.clearFaults();
    tenant.clearRequests();
    expect((await engine.up(declared)).errors).toEqual([]);
    const written = tenant.requests().filter(({ method }) => method !== "GET");
    expect(written.map(({ operationId }) => operationId)).toEqual(["importConnectorFile"]);
    expect(await engine.up(declared)).toEqual({ steps: [], errors: [] });
  });

  test("is nobody's to delete when its replacement takes it over and fails halfway", async () => {
    expect((await engine.up([source({ ours: "ours" })])).errors).toEqual([]);
    engine.taint("source::hr");
    const { errors } = await engine.up([source({ ours: "ours", spConnectorOwned: "x" })]);
    expect(errors.join("\n")).toMatch(/did not take/);
    expect(attributes()).toMatchObject({ ours: "ours" });
    // Without a refresh, only what the failed creation has noted tells that it is another's by now.
    expect((await engine.up([source({ ours: "theirs" })], { refresh: false })).errors).toEqual([]);
    expect(attributes()).toMatchObject({ ours: "theirs" });
  });
});
