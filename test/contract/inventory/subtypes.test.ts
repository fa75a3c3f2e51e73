import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningTenant } from "sailpoint-simulator";
import { createClient } from "pulumi-sailpoint/api";
import { Folder, run } from "../cli/support/command";
import { tenantWithFeed } from "../cli/support/tenant";

/** Policies of one usage type, each for a subtype of the source: never taken for one another. */

let tenant: RunningTenant;
let feed: string;
const folder = new Folder();

const subtypes = { robot: "Robots", service: "Service accounts" };
const keyOf = (subtype: string) => `CREATE_MACHINE_ACCOUNT:id-of-${subtype}`;

function addSubtypes(source: string): void {
  for (const [technicalName, displayName] of Object.entries(subtypes)) {
    const id = `id-of-${technicalName}`;
    const of = { sourceId: source, source: { type: "SOURCE", id: source } };
    tenant.admin.put(`/source-subtypes/${id}`, { id, technicalName, displayName, ...of });
  }
}

beforeEach(async () => {
  ({ tenant, feed } = await tenantWithFeed());
  addSubtypes(feed);
  const client = createClient({ ...tenant, apiVersion: "services", rateLimit: false });
  for (const subtype of Object.keys(subtypes)) {
    const policy = { usageType: "CREATE_MACHINE_ACCOUNT", name: subtype, description: `for a ${subtype}`, fields: [] };
    const body = { ...policy, subtypeId: `id-of-${subtype}` };
    await client.call("createProvisioningPolicyById", { sourceId: feed, body });
  }
  client.close();
});
afterEach(() => tenant.close());
afterAll(() => {
  folder.remove();
});

const services = (words: string[]) => run([...words, "--api-version", "services"], { tenant });
const stored = (key: string) =>
  (tenant.admin.state()["provisioning-policies"]?.[feed] as Record<string, { description: unknown }> | undefined)?.[
    key
  ];
const describe = (subtype: string, description: string) => {
  const path = `/sources/${feed}/provisioning-policies/${keyOf(subtype)}`;
  tenant.admin.edit(path, [{ op: "replace", path: "/description", value: description }]);
};
const notes = (out: string) =>
  (JSON.parse(readFileSync(join(out, "export.json"), "utf8")) as { notes: { title: string; why: string }[] }).notes;

test("an export declares each by its subtype's name, and a restoration writes just the one that was changed", async () => {
  const out = join(folder.path, "services");
  expect(await services(["export", "HR Feed", "--out", out])).toMatchObject({ code: 0, problems: "" });
  const program = readFileSync(join(out, "sources/hr-feed.ts"), "utf8");
  expect(program.match(/subtype: \{ name: "(robot|service)" \}/g)).toHaveLength(2);
  expect(notes(out)).toEqual([]);

  describe("robot", "by hand");
  const plan = await services(["restore", out]);
  expect(plan.stdout).toContain("  ~ ProvisioningPolicy CREATE_MACHINE_ACCOUNT of subtype robot\n");
  expect(plan.stdout).not.toContain("subtype service");
  expect((await services(["compare", "env:", out])).stdout).toContain("CREATE_MACHINE_ACCOUNT of subtype robot");
  expect((await services(["restore", out, "--yes"])).code).toBe(0);
  expect(stored(keyOf("robot"))).toMatchObject({ description: "for a robot" });
  tenant.admin.remove(`/sources/${feed}/provisioning-policies/${keyOf("service")}`);
  expect((await services(["restore", out, "--yes"])).code).toBe(0);
  expect(stored(keyOf("service"))).toMatchObject({ description: "for a service", subtypeId: "id-of-service" });
  expect((await services(["restore", out])).stdout).toContain("nothing to write");
  expect((await services(["compare", "env:", out])).stdout).not.toContain("subtype");
});

test("on a source that is made anew they wait for its subtypes", async () => {
  const out = join(folder.path, "gone");
  expect((await services(["export", "HR Feed", "--out", out])).code).toBe(0);
  tenant.admin.remove(`/sources/${feed}`);
  const { code, stdout } = await services(["restore", out, "--yes"]);
  expect(code).toBe(0);
  expect(stdout).toContain("2 policies are for subtypes, which a new source has none of: make those, then restore");
  expect(stdout).toContain("  HR Feed: ProvisioningPolicy CREATE_MACHINE_ACCOUNT of subtype robot\n");

  const without = await services(["restore", out]);
  expect(without).toMatchObject({ code: 2 });
  expect(without.stderr.match(/the tenant has no subtype of the source with name/g)).toHaveLength(2);
  const [made = ""] = Object.entries(tenant.admin.state()["sources"] ?? {}).flatMap(([id, source]) =>
    (source as { name: string }).name === "HR Feed" ? [id] : [],
  );
  addSubtypes(made);
  expect((await services(["restore", out, "--yes"])).code).toBe(0);
  expect((await services(["restore", out])).stdout).toContain("nothing to write");
});

test("saved as the API has them, they come back by the ids of their subtypes", async () => {
  const saved = async (words: string[]) =>
    folder.write(`${words[0] ?? ""}.json`, (await services(["api", ...words])).stdout);
  const source = await saved(["getSource", "--id", "HR Feed"]);
  const policies = await saved(["listProvisioningPoliciesById", "--sourceId", "HR Feed"]);
  describe("service", "by hand");
  expect((await services(["restore", source, "--policies", policies, "--yes"])).code).toBe(0);
  expect(stored(keyOf("service"))).toMatchObject({ description: "for a service" });
  expect(stored(keyOf("robot"))).toMatchObject({ description: "for a robot" });
});

test("an annual form does not tell their subtypes: they are noted, and neither exported nor restored", async () => {
  const out = join(folder.path, "annual");
  expect((await run(["export", "HR Feed", "--out", out], { tenant })).code).toBe(0);
  expect(readFileSync(join(out, "sources/hr-feed.ts"), "utf8")).not.toContain("CREATE_MACHINE_ACCOUNT");
  expect(notes(out)).toEqual([
    {
      source: "HR Feed",
      title: "ProvisioningPolicy CREATE_MACHINE_ACCOUNT",
      why: expect.stringContaining("(--api-version services)") as string,
    },
  ]);
  const list = (await run(["api", "listProvisioningPolicies", "--sourceId", "HR Feed"], { tenant })).stdout;
  const source = (await run(["api", "getSource", "--id", "HR Feed"], { tenant })).stdout;
  // One is left on the tenant, and it is not the one that was saved.
  tenant.admin.remove(`/sources/${feed}/provisioning-policies/${keyOf("service")}`);
  describe("robot", "by hand");
  const of = ["restore", folder.write("s.json", source), "--policies", folder.write("p.json", list), "--yes"];
  for (const version of ["v2025", "services"]) {
    const { code, stdout } = await run([...of, "--api-version", version], { tenant });
    expect([code, stdout]).toEqual([0, expect.stringContaining("nothing to write")]);
  }
  expect(stored(keyOf("robot"))).toMatchObject({ description: "by hand" });
});
