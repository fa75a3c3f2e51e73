import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { Folder, run } from "./support/command";
import { called, tenantWithFeed } from "./support/tenant";

type Saved = Record<string, unknown> & { connectorAttributes: Record<string, unknown> };

let tenant: RunningTenant;
let feed: string;
let source: Saved;
let policies: object[];
const folder = new Folder();

beforeEach(async () => {
  const prepared = await tenantWithFeed();
  ({ tenant, feed, policies } = prepared);
  source = { ...prepared.source, connectorAttributes: prepared.source.connectorAttributes ?? {} };
});
afterEach(() => tenant.close());
afterAll(() => {
  folder.remove();
});

const writes = (of = tenant) => called(of).filter((id) => /^(put|create|update|delete)/.test(id));
const live = () => tenant.admin.state()["sources"]?.[feed] as Saved;
const edit = (...operations: [op: string, path: string, value?: unknown][]) => {
  tenant.admin.edit(
    `/sources/${feed}`,
    operations.map(([op, path, value]) => ({ op, path, ...(op === "remove" ? {} : { value }) })),
  );
};
const changeByHand = () => {
  edit(
    ["add", "/description", "changed by hand"],
    ["replace", "/connectorAttributes/delimiter", ";"],
    ["remove", "/connectorAttributes/indexColumn"],
    ["add", "/connectorAttributes/extra", 1],
    ["replace", "/features", ["SEARCH"]],
  );
  tenant.admin.aggregate(feed);
  tenant.admin.edit(`/sources/${feed}/provisioning-policies/CREATE`, [{ op: "replace", path: "/fields", value: [] }]);
};
const repaired = () => {
  expect(live()).toMatchObject({ features: expect.arrayContaining(source["features"] as string[]) as unknown });
  expect(live()["description"] ?? null).toBeNull();
  expect(live().connectorAttributes).toMatchObject({
    delimiter: ",",
    indexColumn: "id",
    hasFullAggregationCompleted: true,
  });
  expect(live().connectorAttributes).not.toHaveProperty("extra");
};

test("an export: the plan, which writes nothing; --yes writes it; then there is nothing to do", async () => {
  const out = join(folder.path, "night");
  expect((await run(["export", "--out", out], { tenant })).code).toBe(0);
  changeByHand();
  tenant.clearRequests();
  const plan = await run(["restore", out], { tenant });
  expect(plan).toMatchObject({ code: 0, problems: "" });
  expect(plan.stdout.split("\n")).toEqual([
    "2 sources on tenant-a: 1 differs from what was saved.",
    "HR Feed:",
    '  ~ Source "HR Feed"',
    ...["DIRECT_PERMISSIONS", "DISCOVER_SCHEMA", "NO_RANDOM_ACCESS"].map(
      (name) => `      features[${name}]: will be added`,
    ),
    "      features[SEARCH]: will be removed",
    '      connectorAttributes.delimiter: ";" on the tenant, will be ","',
    '      connectorAttributes.indexColumn: will be "id"',
    "      connectorAttributes.extra: will be removed",
    "      description: will be removed",
    "  ~ ProvisioningPolicy CREATE",
    expect.stringMatching(/^ {6}fields/),
    expect.stringMatching(/^ {6}fields/),
    "Nothing was written: --yes writes this.",
    "",
  ]);
  expect(writes()).toEqual([]);

  const secret = live().connectorAttributes["password"];
  const written = await run(["restore", out, "--yes", "--json"], { tenant });
  expect(written).toMatchObject({ code: 0, problems: "" });
  expect(written.json()).toMatchObject({ written: true, secretsToSet: [] });
  expect(writes()).toEqual(["updateSource", "updateProvisioningPolicy"]);
  repaired();
  expect(live().connectorAttributes["password"]).toBe(secret);

  tenant.clearRequests();
  const again = await run(["restore", out, "--yes"], { tenant });
  expect(again.stdout).toBe("2 sources on tenant-a: as they were saved; nothing to write.\n");
  expect(writes()).toEqual([]);
});

test("a source that is gone is made again with all that hung on it; on another tenant by names", async () => {
  const out = join(folder.path, "gone");
  expect((await run(["export", "HR Feed", "--out", out], { tenant })).code).toBe(0);
  tenant.admin.remove(`/sources/${feed}`);
  const back = await run(["restore", out, "--yes", "--json"], { tenant });
  expect(back).toMatchObject({ code: 0, problems: "" });
  expect(back.json()).toMatchObject({ secretsToSet: ['HR Feed: Source "HR Feed": connectorAttributes.password'] });
  expect((await run(["compare", out, "env:"], { tenant })).stdout).toContain(
    "    connectorAttributes.password: [secret] (left only)\n",
  );
  const other = await startTenant({ tenant: "b" });
  try {
    expect((await run(["restore", out, "--yes"], { tenant: other })).code).toBe(0);
    const names = Object.values(other.admin.state()["sources"] ?? {}).map((one) => (one as Saved)["name"]);
    expect(names).toContain("HR Feed");
    const again = await run(["restore", out, "--yes"], { tenant: other });
    expect(again.stdout).toContain("nothing to write");
  } finally {
    await other.close();
  }
});

test("a connector that the tenant lacks is told before anything is sent", async () => {
  const out = join(folder.path, "unknown-connector");
  expect((await run(["export", "HR Feed", "--out", out], { tenant })).code).toBe(0);
  const file = join(out, "export.json");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll('"delimited-file"', '"delimited-fiel"'));
  tenant.admin.remove(`/sources/${feed}`);
  const plan = await run(["restore", out], { tenant });
  expect(plan.problems).toContain('connector: the tenant has no connector with script name "delimited-fiel"');
  expect(plan).toMatchObject({ code: 2, stdout: "" });
});

test("where the tenant refuses halfway, it is told what was written, and the same command goes on", async () => {
  const out = join(folder.path, "halfway");
  expect((await run(["export", "HR Feed", "--out", out], { tenant })).code).toBe(0);
  changeByHand();
  tenant.admin.fault({ method: "PATCH", path: "/provisioning-policies/CREATE", kind: "status", status: 403 });
  const failed = await run(["restore", out, "--yes", "--json"], { tenant });
  expect(failed.code).toBe(3);
  expect(failed.problems).toContain('Written before it: HR Feed: Source "HR Feed"');
  tenant.admin.clearFaults();
  expect((await run(["restore", out, "--yes"], { tenant })).code).toBe(0);
  expect((await run(["restore", out], { tenant })).stdout).toContain("nothing to write");
});

test("a source that was renamed since is not made a second time without a word", async () => {
  const out = join(folder.path, "renamed");
  expect((await run(["export", "HR Feed", "--out", out], { tenant })).code).toBe(0);
  edit(["replace", "/name", "HR Feed of Payroll"]);
  tenant.clearRequests();
  const plan = await run(["restore", out], { tenant });
  expect(plan.stdout).toContain('A new source "HR Feed" will be made: the tenant has none of this name.');
  expect(plan.stdout).toContain('--only "HR Feed" --source "HR Feed of Payroll"');
  const json = (await run(["restore", out, "--json"], { tenant })).json();
  expect(json).toMatchObject({ sources: [{ name: "HR Feed", new: true, alike: ["HR Feed of Payroll"] }] });
  const refused = await run(["restore", out, "--yes"], { tenant });
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("Nothing was written. --new makes")]);
  expect(refused.stderr).toContain("HR Feed of Payroll");
  expect(writes()).toEqual([]);
  const words = ["restore", out, "--only", "HR Feed", "--source", "HR Feed of Payroll", "--yes"];
  expect(await run(words, { tenant })).toMatchObject({ code: 0, problems: "" });
  expect(writes()).toEqual(["updateSource"]);
  expect((live() as Record<string, unknown>)["name"]).toBe("HR Feed");

  edit(["replace", "/name", "HR Feed of Payroll"]);
  expect(await run(["restore", out, "--yes", "--new"], { tenant })).toMatchObject({ code: 0, problems: "" });
  expect(writes()).toContain("createSource");
});

test("what a new source has from the start, and was not saved, goes as the source is made again", async () => {
  const schemas = tenant.admin.state()["schemas"]?.[feed] as Record<string, { name: string; attributes: unknown[] }>;
  const [id = ""] = Object.keys(schemas).filter((one) => schemas[one]?.name === "account");
  expect(schemas[id]?.attributes.length).toBeGreaterThan(1);
  tenant.admin.edit(`/sources/${feed}/schemas/${id}`, [
    { op: "replace", path: "/attributes", value: schemas[id]?.attributes.slice(0, 1) },
  ]);
  edit(["remove", "/connectorAttributes/partitionMode"], ["replace", "/features", []]);
  const out = join(folder.path, "fewer");
  await run(["export", "--out", out], { tenant });
  const other = await startTenant({ tenant: "b" });
  try {
    expect(await run(["restore", out, "--yes"], { tenant: other })).toMatchObject({ code: 0, problems: "" });
    const compared = (await run(["compare", out, "--json"], { tenant: other })).json() as {
      sources: { objects: { differences: { path: string }[] }[] }[];
    };
    const paths = compared.sources.flatMap(({ objects }) => objects.flatMap(({ differences }) => differences));
    expect(paths).toEqual([expect.objectContaining({ path: "connectorAttributes.password" })]);
  } finally {
    await other.close();
  }
});

test("a source as the API has it, with its policies: its cipher text brings its secret back", async () => {
  changeByHand();
  edit(["replace", "/connectorAttributes/password", "another secret"]);
  const words = ["restore", folder.write("source.json", source), "--policies", folder.write("policies.json", policies)];
  const plan = await run(words, { tenant });
  expect(plan.stdout).toContain("      connectorAttributes.password: will be set\n");
  expect((await run([...words, "--yes"], { tenant })).code).toBe(0);
  repaired();
  expect(live().connectorAttributes["password"]).toBe(source.connectorAttributes["password"]);
});

test("what can never be changed, and names that are not there, are told before anything is sent", async () => {
  const file = folder.write("other.json", { ...source, connector: "jdbc", description: "new" });
  const { code, stderr } = await run(["restore", file, "--yes"], { tenant });
  expect(code).toBe(2);
  expect(stderr).toContain(
    'HR Feed: Source "HR Feed": connector: saved is "jdbc", the tenant has "delimited-file-angularsc"',
  );
  const elsewhere = folder.write("elsewhere.json", {
    ...source,
    id: "0".repeat(32),
    owner: { type: "IDENTITY", id: "1".repeat(32), name: "Nobody Here" },
    cluster: { type: "CLUSTER", id: "2".repeat(32), name: "Nowhere" },
  });
  const named = await run(["restore", elsewhere, "--yes"], { tenant });
  expect(named.code).toBe(2);
  expect(named.stderr).toContain('owner: the tenant has no identity with name "Nobody Here"');
  expect(named.stderr).toContain('  HR Feed: Source "HR Feed": cluster: the tenant has no cluster with name "Nowhere"');
  expect(named.stderr).toContain("Nothing was written.");
  expect(writes()).toEqual([]);
});

test("a class that the vendor has moved, a suffix and fields of another time are no change", async () => {
  tenant.admin.moveConnector(feed, { connectorClass: "sailpoint.connector.delimitedfile.DelimitedFileConnector" });
  const file = folder.write("short.json", {
    ...source,
    connector: "delimited-file",
    healthy: true,
    modified: "2020-01-01",
  });
  expect((await run(["restore", file], { tenant })).stdout).toContain("nothing to write");
});

test("an SP-Config export is recognised, and what it lacks is said", async () => {
  edit(["add", "/description", "changed by hand"]);
  const file = folder.write("spconfig.json", {
    version: 1,
    timestamp: "2026-11-01T00:00:00Z",
    tenant: "acme",
    objects: [
      { version: 1, self: { type: "RULE", id: "1", name: "A rule" }, object: {} },
      { version: 1, self: { type: "SOURCE", id: feed, name: "HR Feed" }, object: source },
    ],
  });
  const { code, stdout } = await run(["restore", file, "--yes"], { tenant });
  expect(code).toBe(0);
  expect(stdout).toContain("an SP-Config export holds no Schema, ProvisioningPolicy, Schedule");
  expect(live()["description"] ?? null).toBeNull();
});

test("a masked secret keeps the one on the tenant; where there is none it is told", async () => {
  const masked = (key: string) => ({
    ...source,
    description: "with a mask",
    connectorAttributes: { ...source.connectorAttributes, [key]: "********" },
  });
  expect((await run(["restore", folder.write("masked.json", masked("password")), "--yes"], { tenant })).code).toBe(0);
  expect(live().connectorAttributes["password"]).toBe(source.connectorAttributes["password"]);
  const lost = await run(["restore", folder.write("lost.json", masked("apiToken")), "--yes"], { tenant });
  expect(lost.stdout).toContain("connectorAttributes.apiToken");
  expect(live().connectorAttributes).not.toHaveProperty("apiToken");
});

test("--read-only shows the plan and refuses to write", async () => {
  edit(["add", "/description", "changed"]);
  const file = folder.write("source.json", source);
  const plan = await run(["restore", file, "--read-only"], { tenant });
  const write = await run(["restore", file, "--read-only", "--yes"], { tenant });
  expect([plan.code, write.code]).toEqual([0, 3]);
  expect(writes()).toEqual([]);
});

test("what is no saved source is told, and standard input is read", async () => {
  const wrong = await run(["restore", folder.write("wrong.json", { nothing: 1 })], { tenant });
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("holds no source")]);
  const list = await run(
    ["restore", folder.write("source.json", source), "--policies", folder.write("no.json", { a: 1 })],
    { tenant },
  );
  expect([list.code, list.stderr]).toEqual([2, expect.stringContaining("no list of policies with a usageType")]);
  expect(await run(["restore", "-"], { tenant, input: JSON.stringify(source) })).toMatchObject({
    code: 0,
    problems: "",
  });
});
