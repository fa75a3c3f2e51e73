import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { parse } from "yaml";
import { comparison } from "../../../provider/src/inventory/comparison";
import { clientOf, existingSource } from "../../engine/lifecycle/tenants";
import { keepNotesApart } from "../../faults/notes";
import { Folder, run } from "../cli/support/command";
import { EngineCalls } from "../host/engine-calls";

/** Sources that a program cannot name, or not say in full. */

beforeAll(keepNotesApart);

let tenant: RunningTenant;
const folder = new Folder();
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());
afterAll(() => folder.remove());

const source = (name: string, more = {}) => existingSource(clientOf(tenant), name, { connector: "jdbc", ...more });

test("a source without a name is left out of an export, and told", async () => {
  const id = await source("one");
  await source("two");
  tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/name", value: "" }]);
  const outcome = await run(["export", "--out", join(folder.path, "nameless"), "--json"], { tenant });
  expect(outcome.code).toBe(0);
  const { sources, notes } = outcome.json() as { sources: { name: string }[]; notes: object[] };
  expect(sources.map((each) => each.name)).toContain("two");
  expect(notes).toEqual([
    { source: id, title: `Source ${id}`, why: expect.stringContaining("it has no name") as unknown },
  ]);
});

describe("two sources of one name", () => {
  let ids: string[];
  beforeEach(async () => {
    const [one, two] = [await source("one"), await source("two")];
    ids = [one, two].sort();
    // The API would refuse it.
    tenant.admin.edit(`/sources/${two}`, [{ op: "replace", path: "/name", value: "one" }]);
    await source("three");
    tenant.clearRequests();
  });
  const several = () => expect.stringMatching(new RegExp(`2 sources .*\\(${ids.join(", ")}\\)`)) as unknown;
  const writes = () => tenant.requests().filter(({ method }) => method !== "GET");

  test("are left out of an export, with what hangs on them, and told", async () => {
    const out = join(folder.path, "several");
    const outcome = await run(["export", "--out", out, "--json"], { tenant });
    expect(outcome.code).toBe(0);
    const { sources, notes } = outcome.json() as { sources: { name: string }[]; notes: object[] };
    expect(sources.map(({ name }) => name)).not.toContain("one");
    expect(notes).toEqual([{ source: "one", title: 'Source "one"', why: several() }]);
  });

  test.each([["adopt", true]] as const)("are not taken over by %s, in the preview and in up", async (field, value) => {
    const inputs = { name: "one", owner: { alias: "support" }, connector: "jdbc", [field]: value };
    await expect(new EngineCalls(tenant).previewCreation("Source", inputs)).rejects.toThrow("2 sources with the name");
    await expect(new EngineCalls(tenant).create("Source", inputs)).rejects.toThrow("2 sources with the name");
    expect(writes()).toEqual([]);
  });

  test.each([[["health"]], [["remove-accounts", "--yes"]], [["peek"]]])(
    "are not guessed by %j",
    async ([name = "", ...options]) => {
      const outcome = await run([name, "one", ...options], { tenant });
      expect(outcome).toMatchObject({ code: 2, stdout: "" });
      expect(outcome.problems).toEqual(several());
      expect(writes()).toEqual([]);
      expect((await run(["health", ids[1] ?? ""], { tenant })).code).not.toBe(2);
    },
  );
});

test("a source whose name holds a line break is found by it", async () => {
  const id = await source("line\nbreak");
  await source("line");
  const inputs = { name: "line\nbreak", owner: { alias: "support" }, connector: "jdbc", adopt: true };
  expect((await new EngineCalls(tenant).previewCreation("Source", inputs)).id).toBe(id);
  expect((await run(["health", "line\nbreak", "--json"], { tenant })).stdout).toContain(id);
});

test("keys that mean something to Pulumi are left out and told with their place; the rest is exported", async () => {
  const signature = "4dabf18193072939515e22adb298388d";
  const keys = { "fn::join": "x", [signature]: "y", deep: { "fn::secret": 1, plain: 2 } };
  await source("odd", { connectorAttributes: keys });
  await source("even");
  const notesOf = async (language: string) => {
    const out = join(folder.path, language);
    mkdirSync(out);
    const outcome = await run(["export", "--out", join(out, "p"), "--language", language, "--json"], { tenant });
    expect(outcome.code).toBe(0);
    return (outcome.json() as { notes: { title: string; why: string }[] }).notes.map(
      ({ title, why }) => `${title}: ${why}`,
    );
  };
  const marked = `Source "odd": connectorAttributes: a key named ${signature}, by which Pulumi marks its own values`;
  expect(await notesOf("typescript")).toEqual([marked]);
  const inYaml = (path: string, key: string) =>
    `Source "odd": ${path}: a key named ${key}, which a program in YAML would run as a function (one in TypeScript would not)`;
  expect((await notesOf("yaml")).sort()).toEqual(
    [inYaml("connectorAttributes", "fn::join"), inYaml("connectorAttributes.deep", "fn::secret"), marked].sort(),
  );
  const program = parse(readFileSync(join(folder.path, "yaml", "p", "Main.yaml"), "utf8")) as {
    resources: Record<string, { properties: Record<string, unknown> }>;
  };
  expect(program.resources["odd"]?.properties["connectorAttributes"]).toEqual({ deep: { plain: 2 } });
  expect(program.resources).toHaveProperty("even");
});

test("of a program that declares nothing a comparison says that nothing was compared", () => {
  const side = (title: string) => ({ title, sources: [], notes: [], unnamable: new Map<string, string>() });
  const { notes } = comparison({ ...side("stack dev"), partial: true }, side("tenant acme"));
  expect(notes).toEqual([{ source: "stack dev", title: "sources", why: "it declares none, so nothing was compared" }]);
});
