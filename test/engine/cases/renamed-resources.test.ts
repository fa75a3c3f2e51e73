import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { clientOf, comparable, existingSource, writes } from "../lifecycle/tenants";

/**
 * Ids are natural keys, and creation takes over what is there, while the engine creates first and deletes last: what a
 * deployment makes or takes over is never deleted by the same deployment, whatever brought the engine to it.
 */
const program = (eu = "") => `
const sailpoint = require("pulumi-sailpoint");
const name = (of) => of + (process.env.SUFFIX || "");
const source = new sailpoint.Source(process.env.SOURCE || "a", { name: "A", owner: { alias: "support" },
  connector: "active-directory", adopt: true }${eu});
const on = { source };
new sailpoint.Schema(name("account"), { ...on, name: "account", attributes: [{ name: "mail", type: "STRING" }] });
new sailpoint.Schema(name("robot"), { ...on, name: "robot", attributes: [{ name: "id", type: "STRING" }] });
new sailpoint.ProvisioningPolicy(name("disable"), { ...on, usageType: "DISABLE", fields: [{ name: "x", type: "string" }] });
new sailpoint.Schedule(name("nightly"), { ...on, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" });
new sailpoint.CorrelationConfig(name("correlation"), { ...on, attributeAssignments: [{ property: "email", value: "mail" }] });
new sailpoint.NativeChangeDetection(name("detection"), { ...on, enabled: true });
new sailpoint.AttributeSyncConfig(name("sync"), { ...on, attributes: [{ name: "email", enabled: true }] });
new sailpoint.EntitlementRequestConfig(name("requests"), { ...on, accessRequestConfig: { requireEndDate: true } });
`;
const KINDS = 8;

async function deployed({ yaml, refresh }: Pick<Door, "yaml" | "refresh"> = doors.stock) {
  const tenant = await createTenant();
  await existingSource(clientOf(tenant), "A", { description: "by hand" });
  const stock = () => comparable(tenant.admin.state()) as Record<string, unknown>;
  const untouched = stock();
  const env = { ...tenant.env, SAIL_SETTLE_SECONDS: "0" };
  const project = await createProject({ program: program(), env, yaml, refresh });
  await project.up();
  return { tenant, project, stock, before: stock(), untouched };
}

const kept = (lines: { message: string }[]) =>
  lines.filter(({ message }) => message.includes("is kept: another resource of the program has it"));

test.each<[string, Record<string, string>, number, string]>([
  ["everything that hangs on a source", { SUFFIX: "2" }, KINDS, "--refresh"],
  ["the source, which is adopted", { SOURCE: "a2" }, 1, "--refresh"],
  // What hangs on a source that is deleted goes with it, so nobody asks to delete it.
  ["all of it, without a refresh", { SOURCE: "a2", SUFFIX: "2" }, 1, "--refresh=false"],
])("a renaming without aliases of %s writes and deletes nothing", async (_what, env, count, flag) => {
  const { tenant, project, stock, before } = await deployed();
  const earlier = writes(tenant).length;
  const up = await project.up({ env, flags: [flag] });
  expect(writes(tenant).slice(earlier)).toEqual([]);
  expect(stock()).toEqual(before);
  expect(kept(up.diagnostics)).toHaveLength(count);
  expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
});

test.each([doors.stock, doors.host])(
  "so it is in the $name where a setting changes, too, by which another process comes in",
  async (door) => {
    const { tenant, project, stock, before, untouched } = await deployed(door);
    const earlier = writes(tenant).length;
    await project.setConfig({ "any:setting": "another" });
    await project.up({ env: { SOURCE: "a2", SUFFIX: "2" } });
    expect(writes(tenant).slice(earlier)).toEqual([]);
    expect(stock()).toEqual(before);
    // The new ones know what was before the old ones: it is given back, and nothing else is left.
    project.setProgram(program().split("const on")[0] ?? "");
    await project.up({ env: { SOURCE: "a2" } });
    const same = ["events", "attribute-sync-config", "correlation-config", "entitlement-request-config"];
    const rest = (all: Record<string, unknown>) => Object.entries(all).filter(([name]) => !same.includes(name));
    expect(rest(stock())).toEqual(rest(untouched));
    expect(JSON.stringify(stock())).not.toContain('"requireEndDate":true');
  },
);

test("a takeover that fails in a command that goes on all the same deletes nothing", async () => {
  const { tenant, project, stock } = await deployed(doors.host);
  for (const operationId of ["updateProvisioningPolicy", "putProvisioningPolicy", "updateSourceSchema"]) {
    tenant.admin.fault({ operationId, kind: "status", status: 400, times: 100 });
  }
  tenant.clearRequests();
  project.setProgram(program().replace('name: "x"', 'name: "y"').replace('name: "id"', 'name: "uid"'));
  const env = { SUFFIX: "2" };
  const up = await project.up({ env, flags: ["--continue-on-error"], expect: "failure" });
  expect(up.output).toContain("is not deleted: another resource of the program means the same object");
  expect(writes(tenant).filter(({ method }) => method === "DELETE")).toEqual([]);

  tenant.admin.clearFaults();
  await project.up({ env });
  expect(writes(tenant).filter(({ method }) => method === "DELETE")).toEqual([]);
  expect(JSON.stringify(stock())).toContain('"uid"');
  expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
});

test("a taint and a replacement that one asks for keep what is there", async () => {
  const { tenant, project, stock, before } = await deployed();
  const earlier = writes(tenant).length;
  const urns = (await project.resources()).map(({ urn }) => urn);
  const up = await project.up({ flags: urns.flatMap((urn) => ["--replace", urn]) });
  expect(up.output).toContain("is kept: another resource of the program has it");
  for (const urn of urns) await project.command(["state", "taint", urn, "--yes"]);
  await project.up();
  expect(writes(tenant).slice(earlier)).toEqual([]);
  expect(stock()).toEqual(before);
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
});

test("a new provider of the same tenant, which is another process, keeps what it takes over", async () => {
  const { tenant, project, stock, before } = await deployed();
  const earlier = writes(tenant).length;
  project.setProgram(
    `const { Tenant } = require("pulumi-sailpoint");
const again = new Tenant("again", { baseUrl: process.env.SAIL_BASE_URL, clientId: process.env.SAIL_CLIENT_ID,
  clientSecret: process.env.SAIL_CLIENT_SECRET });
${program(", { provider: again }")}`,
  );
  await project.up({ env: { SOURCE: "a2", SUFFIX: "2" } });
  expect(writes(tenant).slice(earlier)).toEqual([]);
  expect(stock()).toEqual(before);
});
