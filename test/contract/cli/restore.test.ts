import type { RunningTenant } from "sailpoint-simulator";
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

const writes = () => called(tenant).filter((id) => /^(put|create|update|delete)/.test(id));
const edit = (...operations: [op: string, path: string, value?: unknown][]) => {
  tenant.admin.edit(
    `/sources/${feed}`,
    operations.map(([op, path, value]) => ({ op, path, ...(op === "remove" ? {} : { value }) })),
  );
};

test("shows the plan and writes nothing; --yes writes it; then there is nothing to do", async () => {
  edit(
    ["replace", "/description", "changed by hand"],
    ["replace", "/connectorAttributes/delimiter", ";"],
    ["remove", "/connectorAttributes/indexColumn"],
    ["add", "/connectorAttributes/extra", 1],
    ["replace", "/connectorAttributes/password", "another secret"],
    ["replace", "/features", ["SEARCH"]],
  );
  tenant.admin.aggregate(feed);
  tenant.admin.edit(`/sources/${feed}/provisioning-policies/CREATE`, [{ op: "replace", path: "/fields", value: [] }]);
  const file = folder.write("source.json", source);
  const words = ["restore", file, "--policies", folder.write("policies.json", policies)];

  const plan = await run(words, { tenant });
  expect(plan).toMatchObject({ code: 0, problems: "" });
  expect(plan.stdout.split("\n")).toEqual([
    'Source "HR Feed" on tenant-a:',
    '  - description: "changed by hand"',
    expect.stringMatching(/^ {2}~ features: \["SEARCH"\] => \["DIRECT_PERMISSIONS"/),
    '  ~ connectorAttributes.delimiter: ";" => ","',
    expect.stringMatching(/^ {2}~ connectorAttributes\.password: "\[secret\]" => "\[secret\]" \(other cipher text\)/),
    "  - connectorAttributes.extra: 1",
    '  + connectorAttributes.indexColumn: "id"',
    "  ~ provisioning policy CREATE",
    "Nothing was written: --yes writes this.",
    "",
  ]);
  expect(writes()).toEqual([]);

  const written = await run([...words, "--yes", "--json"], { tenant });
  expect(written).toMatchObject({ code: 0, problems: "" });
  expect(written.json()).toMatchObject({ written: true, policies: { written: ["CREATE"], created: [] } });
  expect(writes()).toEqual(["putSource", "updateProvisioningPoliciesInBulk"]);
  const live = tenant.admin.state()["sources"]?.[feed] as Saved;
  expect(live).toMatchObject({ description: null, features: source["features"] });
  expect(live.connectorAttributes).toMatchObject({
    delimiter: ",",
    indexColumn: "id",
    hasFullAggregationCompleted: true,
  });
  expect(live.connectorAttributes["password"]).toBe(source.connectorAttributes["password"]);

  tenant.clearRequests();
  const again = await run([...words, "--yes"], { tenant });
  expect(again.stdout).toBe('Source "HR Feed" on tenant-a is as the file has it; nothing to write.\n');
  expect(writes()).toEqual([]);
});

test("what can never be changed is refused before anything is sent, each field by name", async () => {
  const others = {
    id: "0".repeat(32),
    type: "JDBC",
    authoritative: true,
    connector: "jdbc",
    connectorClass: "sailpoint.connector.Other",
    passwordPolicies: [{ type: "PASSWORD_POLICY", id: "1", name: "Other" }],
  };
  const file = folder.write("other.json", { ...source, ...others });
  const { code, stderr } = await run(["restore", file, "--yes"], { tenant });
  expect(code).toBe(2);
  const named = [...stderr.matchAll(/^ {2}(\w+): the file has .*, the tenant /gm)].map(([, field]) => field);
  expect(named).toEqual(Object.keys(others));
  expect(stderr).toContain("Nothing was written.");
  expect(writes()).toEqual([]);
});

test("a connector without the tenant's suffix, and server-owned fields of another time, are no change", async () => {
  const file = folder.write("short.json", {
    ...source,
    connector: "delimited-file",
    healthy: true,
    modified: "2020-01-01",
  });
  const { stdout } = await run(["restore", file], { tenant });
  expect(stdout).toContain("nothing to write");
});

test("a policy that is gone is made again; one that the file does not have stays", async () => {
  tenant.admin.remove(`/sources/${feed}/provisioning-policies/CREATE`);
  tenant.admin.put(`/sources/${feed}/provisioning-policies/ENABLE`, { name: "E", usageType: "ENABLE", fields: [] });
  const file = folder.write("whole.json", { source, provisioningPolicies: policies });
  const { code, stdout } = await run(["restore", file, "--yes"], { tenant });
  expect(code).toBe(0);
  expect(stdout).toContain("  + provisioning policy CREATE");
  expect(stdout).toContain("  provisioning policy ENABLE is not in the file, and stays");
  expect(Object.keys(tenant.admin.state()["provisioning-policies"]?.[feed] as object).sort()).toEqual([
    "CREATE",
    "ENABLE",
  ]);
});

test("a masked secret keeps the one on the tenant, and is refused where there is none", async () => {
  const masked = (key: string) => ({
    ...source,
    description: "with a mask",
    connectorAttributes: { ...source.connectorAttributes, [key]: "********" },
  });
  const kept = await run(["restore", folder.write("masked.json", masked("password")), "--yes"], { tenant });
  expect(kept.code).toBe(0);
  const live = tenant.admin.state()["sources"]?.[feed] as Saved;
  expect(live.connectorAttributes["password"]).toBe(source.connectorAttributes["password"]);
  const lost = await run(["restore", folder.write("lost.json", masked("apiToken")), "--yes"], { tenant });
  expect(lost.code).toBe(2);
  expect(lost.stderr).toContain("connectorAttributes.apiToken: the file has only asterisks");
});

test("--read-only shows the plan and refuses to write", async () => {
  edit(["replace", "/description", "changed"]);
  const file = folder.write("source.json", source);
  const [plan, write] = await Promise.all([
    run(["restore", file, "--read-only"], { tenant }),
    run(["restore", file, "--read-only", "--yes"], { tenant }),
  ]);
  expect(plan.code).toBe(0);
  expect(write.code).toBe(3);
  expect(writes()).toEqual([]);
});

test("what is no saved source is told, and standard input is read", async () => {
  const [wrong, list, input] = await Promise.all([
    run(["restore", folder.write("wrong.json", { nothing: 1 })], { tenant }),
    run(["restore", folder.write("source.json", source), "--policies", folder.write("no.json", { a: 1 })], { tenant }),
    run(["restore", "-"], { tenant, input: JSON.stringify(source) }),
  ]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("The file holds no source")]);
  expect([list.code, list.stderr]).toEqual([2, expect.stringContaining("no list of policies with a usageType")]);
  expect(input).toMatchObject({ code: 0, problems: "" });
});
