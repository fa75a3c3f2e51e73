import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { comparable, sourceNamed, stored, writes } from "../lifecycle/tenants";

/**
 * What cannot be written on an existing object: only a program that asks for another value than it had replaces it, and
 * a replacement or a deletion that the tenant would refuse is refused before anything goes.
 */
const JDBC = "sailpoint.connector.JDBCConnector";
const MOVED = "sailpoint.connector.jdbc.JDBCConnector";

const program = `
const sailpoint = require("pulumi-sailpoint");
const { CONNECTOR = "jdbc", CLASS, NONE } = process.env;
if (!NONE) {
  const source = new sailpoint.Source("a", { name: "A", owner: { alias: "support" }, connector: CONNECTOR,
    ...(CLASS ? { connectorClass: CLASS } : {}) });
  new sailpoint.Schema("account", { source, name: "account", displayAttribute: "email" });
  new sailpoint.Schema("robot", { source, name: "robot", attributes: [{ name: "id", type: "STRING" }] });
  new sailpoint.ProvisioningPolicy("disable", { source, usageType: "DISABLE", fields: [{ name: "x", type: "string" }] });
  new sailpoint.Schedule("nightly", { source, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" });
}
`;

async function deployed(env: Record<string, string> = {}) {
  const tenant = await createTenant();
  const project = await createProject({ program, env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" } });
  await project.up({ env });
  const id = sourceNamed(tenant.admin.state(), "A");
  const stock = () => comparable(tenant.admin.state());
  tenant.clearRequests();
  return { tenant, project, id, stock, before: stock() };
}

test("a vendor who moves a connector replaces nothing, whether the program follows, stays, or says nothing of it", async () => {
  const { tenant, project, id } = await deployed({ CLASS: JDBC });
  tenant.admin.moveConnector(id, { connectorClass: MOVED, connector: "jdbc-next-angularsc" });
  const stays = await project.preview({ env: { CLASS: JDBC } });
  expect(stays.changed).toEqual([]);
  for (const [field, value] of Object.entries({ connectorClass: MOVED, connector: "jdbc-next-angularsc" })) {
    expect(stays.output).toContain(`${field} is ${JSON.stringify(value)} on the tenant`);
  }
  for (const env of [{}, { CLASS: MOVED, CONNECTOR: "jdbc-next" }]) {
    const preview = await project.preview({ env });
    expect(preview.steps.map(({ op }) => op)).not.toContain("replace");
    const up = await project.up({ env });
    expect(Object.keys(up.counts).filter((op) => op !== "update")).toEqual([]);
    expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
  }
  expect(writes(tenant)).toEqual([]);
});

test("a source in use is neither replaced nor deleted, and all that hangs on it is there", async () => {
  const { tenant, project, id, stock } = await deployed();
  tenant.admin.use(id, "identity-profile", "Employees of A");
  tenant.admin.use(id, "application", "Payroll");
  const before = stock();
  const other = { CONNECTOR: "web-services" };
  for (const outcome of [
    await project.preview({ env: other, expect: "failure" }),
    await project.up({ env: other, expect: "failure" }),
    await project.up({ env: { NONE: "1" }, expect: "failure" }),
    await project.destroy({ expect: "failure" }),
  ]) {
    const told = outcome.errors.join("\n");
    expect(told).toContain('Source "A" is in use');
    expect(told).toContain('identity profile "Employees of A"');
  }
  expect(writes(tenant)).toEqual([]);
  expect(stock()).toEqual(before);
  await project.up();
  expect(stock()).toEqual(before);
  expect(writes(tenant)).toEqual([]);
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
});

test("a replacement says that the accounts go, and replaces", async () => {
  const { tenant, project, id } = await deployed();
  const env = { CONNECTOR: "web-services" };
  const preview = await project.preview({ env });
  expect(preview.step("a", "replace").replaceKeys).toEqual(["connector"]);
  expect(preview.output).toContain("the tenant deletes the source, its accounts and everything that hangs on it");
  await project.up({ env });
  const stock = tenant.admin.state();
  expect(sourceNamed(stock, "A")).not.toBe(id);
  expect(stored(stock, `/sources/${sourceNamed(stock, "A")}/schemas/robot`)).toBeDefined();
});

test.each<Door>([doors.stock, doors.host, doors.plugin])(
  "through the $name, a connector that the tenant does not have replaces nothing, and makes nothing",
  async ({ yaml, refresh, sailpoint }) => {
    const tenant = await createTenant();
    const project = await createProject({
      program: `${sailpoint}
new sailpoint.Source("a", { name: "A", owner: { alias: "support" }, connector: process.env.CONNECTOR });
if (process.env.MORE) new sailpoint.Source("b", { name: "B", owner: { alias: "support" }, connector: process.env.MORE });`,
      yaml,
      refresh,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", CONNECTOR: "jdbc" },
    });
    await project.up();
    const id = sourceNamed(tenant.admin.state(), "A");
    tenant.clearRequests();
    for (const env of [{ CONNECTOR: "jdbcx" }, { MORE: "jdbcx" }]) {
      const told = /connector: the tenant has no connector with script name "jdbcx"; the nearest is "jdbc"/;
      expect((await project.preview({ env, expect: "failure" })).errors.join("\n")).toMatch(told);
      expect((await project.up({ env, expect: "failure" })).errors.join("\n")).toMatch(told);
    }
    expect(writes(tenant)).toEqual([]);
    expect(sourceNamed(tenant.admin.state(), "A")).toBe(id);
    // One that no list shows, and that a source has, is one.
    tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/connector", value: "unlisted-angularsc" }]);
    const preview = await project.preview({ env: { MORE: "unlisted" } });
    expect(preview.step("b").op).toBe("create");
  },
);
