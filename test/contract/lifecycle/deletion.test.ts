import { type RunningTenant, type TenantOptions, startTenant } from "sailpoint-simulator";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import { clientOf, writes } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

beforeAll(keepNotesApart);

const program: Declared[] = [
  {
    name: "hr",
    kind: "source",
    args: { name: "HR Feed", owner: { alias: "slpt.services" }, connector: "active-directory" },
  },
  {
    name: "account",
    kind: "schema",
    args: { source: { ref: "hr" }, name: "account", attributes: [{ name: "added", type: "STRING" }] },
  },
];

let tenant: RunningTenant | undefined;
afterEach(() => tenant?.close());

async function deployed(options: TenantOptions = {}) {
  const running = await startTenant(options);
  tenant = running;
  const engine = new Engine(settingsFor(running));
  expect((await engine.up(program)).errors).toEqual([]);
  running.clearRequests();
  return { running, engine, id: engine.idOf("hr") };
}

const sent = (running: RunningTenant) => running.requests().map(({ operationId }) => operationId);

test("a source in use is not deleted: the error lists who uses it, and nothing is sent that changes", async () => {
  const { running, engine, id } = await deployed();
  running.admin.use(id, "identity-profile", "Employees of HR");
  running.admin.use(id, "transform", "Work Phone");
  const { errors } = await engine.destroy();
  expect(errors).toEqual([expect.stringContaining('identity profile "Employees of HR"')]);
  expect(errors).toEqual([expect.stringContaining('transform "Work Phone"')]);
  expect(running.requests().filter(({ method }) => method !== "GET")).toEqual([]);
  expect(engine.kept().map(({ name }) => name)).toContain("hr");
});

test.each(["ERROR", "TERMINATED"] as const)(
  "a task that ends in %s is told with its message",
  async (completionStatus) => {
    const { running, engine } = await deployed();
    running.admin.set({ taskOutcomes: [{ kind: "delete", completionStatus, message: "The accounts are locked." }] });
    const { errors } = await engine.destroy();
    expect(errors).toEqual([
      expect.stringMatching(new RegExp(`ended with ${completionStatus}: The accounts are locked`)),
    ]);
    expect(engine.kept().map(({ name }) => name)).toContain("hr");
    expect((await engine.destroy()).errors).toEqual([]);
    expect(engine.kept()).toEqual([]);
  },
);

test("what the tenant calls temporary is tried again", async () => {
  const { running, engine } = await deployed();
  const outcome = { kind: "delete", completionStatus: "TEMPERROR" } as const;
  running.admin.set({ taskOutcomes: [outcome, outcome] });
  expect((await engine.destroy()).errors).toEqual([]);
  expect(sent(running).filter((operation) => operation === "deleteSource")).toHaveLength(3);
});

test("a long deletion tells how long it has been going, and ends when the source is gone", async () => {
  const { running, engine, id } = await deployed({
    behaviours: { lingerAfterDeletionMs: 500, completionStatusLagMs: 200 },
  });
  running.admin.set({ deletionMs: 1500 });
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  const { errors } = await engine.destroy().finally(() => write.mockRestore());
  expect(errors).toEqual([]);
  expect(lines).toContainEqual(expect.stringMatching(/Source "HR Feed": waiting for the deletion task \w+, \d+ s/));
  expect(running.admin.state()["sources"]).not.toHaveProperty(id);
});

test.each([0, 1_500])("a deletion whose answer is lost is waited for (it takes %d ms)", async (deletionMs) => {
  const { running, engine, id } = await deployed({ deletionMs });
  running.admin.fault({ operationId: "deleteSource", kind: "reset-after" });
  expect((await engine.destroy()).errors).toEqual([]);
  expect(running.admin.state()["sources"]).not.toHaveProperty(id);
  expect(engine.kept()).toEqual([]);
});

test("two deployments at once: one source, one error that says what to do", async () => {
  const running = await startTenant({ latencyMs: 20 });
  tenant = running;
  const engines = [new Engine(settingsFor(running)), new Engine(settingsFor(running))];
  const results = await Promise.all(engines.map((engine) => engine.up(program)));
  expect(results.flatMap(({ errors }) => errors)).toEqual([expect.stringContaining("adopt: true")]);
  const named = Object.values(running.admin.state()["sources"] ?? {}).filter(
    (source) => (source as { name: string }).name === "HR Feed",
  );
  expect(named).toHaveLength(1);
});

describe("a schema that we made, and that another admin deletes and makes anew", () => {
  const role: Declared = {
    name: "role",
    kind: "schema",
    args: { source: { ref: "hr" }, name: "role", attributes: [{ name: "ours", type: "STRING" }] },
  };
  const theirs = { name: "role", attributes: [{ name: "theirs", type: "STRING" }] };

  async function madeAnew() {
    const { running, engine, id } = await deployed();
    expect((await engine.up([...program, role])).errors).toEqual([]);
    const client = clientOf(running);
    const schemas = async () =>
      (await client.call("getSourceSchemas", { sourceId: id })) as { id: string; name: string; attributes: object[] }[];
    const ours = (await schemas()).find(({ name }) => name === "role");
    await client.call("deleteSourceSchema", { sourceId: id, schemaId: ours?.id ?? "" });
    await client.call("createSourceSchema", { sourceId: id, body: theirs });
    running.clearRequests();
    return { running, engine, role: async () => (await schemas()).find(({ name }) => name === "role") };
  }
  test.each([true, false])("is not deleted when it is taken out of the program (refresh: %s)", async (refresh) => {
    const { running, engine, role: now } = await madeAnew();
    expect((await engine.up(program, { refresh })).errors).toEqual([]);
    expect(writes(running, "/sources/")).toEqual([]);
    expect(await now()).toMatchObject(theirs);
    expect(engine.kept().map(({ name }) => name)).not.toContain("role");
  });

  test("is brought to what is declared, and given back as they made it", async () => {
    const { engine, role: now } = await madeAnew();
    expect((await engine.up([...program, role])).errors).toEqual([]);
    expect((await now())?.attributes).toMatchObject([{ name: "theirs" }, { name: "ours" }]);
    expect((await engine.up(program)).errors).toEqual([]);
    expect((await now())?.attributes).toMatchObject([{ name: "theirs" }]);
  });
});
