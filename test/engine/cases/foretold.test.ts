import type { RunningTenant } from "sailpoint-simulator";
import { type Outcome, createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { clientOf, existingSource, sourceNamed, writes } from "../lifecycle/tenants";

/** What a plan does not show by itself is told in lines of ours, in Pulumi's own host as in ours. */
const program = (text: string) => `const sailpoint = require("pulumi-sailpoint");
const owner = { alias: "support" };
${text}`;

describe.each<Door>([doors.stock, doors.host])("through the $name, a preview tells", ({ name, yaml, refresh }) => {
  const projectOf = (tenant: RunningTenant, text: string, env: Record<string, string> = {}) =>
    createProject({ program: program(text), yaml, refresh, env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", ...env } });

  test("of a take-over what changes, of a source and of what hangs on it; and of renaming first where one is there", async () => {
    const tenant = await createTenant();
    const id = await existingSource(clientOf(tenant), "A", { connector: "jdbc", deleteThreshold: 77 });
    tenant.admin.put(`/sources/${id}/schedules/ACCOUNT_AGGREGATION`, {
      type: "ACCOUNT_AGGREGATION",
      cronExpression: "0 0 12 * * ?",
    });
    const source = (more: string) => `new sailpoint.Source("a", { name: "A", owner, connector: "jdbc", ${more} });`;
    const project = await projectOf(tenant, source("deleteThreshold: 10, adopt: true"));
    const preview = await project.preview();
    expect(preview.output).toContain(
      `Source "A" takes over what is there (${id}); changes: deleteThreshold: 77 on the tenant, will be 10`,
    );
    const on = `source: ${JSON.stringify(id)}`;
    project.setProgram(
      program(`new sailpoint.Schema("account", { ${on}, name: "account", displayAttribute: "email" });
        new sailpoint.Schema("robot", { ${on}, name: "robot", attributes: [{ name: "id", type: "STRING" }] });
        new sailpoint.Schedule("nightly", { ${on}, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 12 * * ?" });
        new sailpoint.EntitlementRequestConfig("requests", { ${on}, accessRequestConfig: { requireEndDate: true } });`),
    );
    const hanging = await project.preview();
    expect(hanging.counts).toEqual({ create: 4 });
    expect(hanging.output).toMatch(
      /Schema "account" takes over what is there \(.*\/account\); changes: displayAttribute: (?!nothing)/,
    );
    expect(hanging.output).toContain(
      `Schedule ACCOUNT_AGGREGATION takes over what is there (${id}/ACCOUNT_AGGREGATION); changes: nothing`,
    );
    expect(hanging.output).toMatch(/EntitlementRequestConfig of source .* takes over what is there .*requireEndDate/);
    expect(hanging.output).not.toContain('Schema "robot" takes over');
    project.setProgram(program(source("")));
    const refused = (await project.up({ expect: "failure" })).errors.join("\n");
    expect(refused.indexOf("aliases")).toBeGreaterThan(0);
    expect(refused.indexOf("aliases")).toBeLessThan(refused.indexOf("adopt: true"));
    expect(writes(tenant).map(({ method }) => method)).toEqual(["POST", "POST"]); // the source by hand, and what was refused
  });

  test("of a source that is taken over with what hangs on it; up says the same, once; a name that is taken is warned of", async () => {
    const tenant = await createTenant();
    const id = await existingSource(clientOf(tenant), "A", { connector: "jdbc" });
    const source = (more: string) =>
      `const source = new sailpoint.Source(process.env.AS || "a", { name: "A", owner, ${more} });`;
    const schema = `new sailpoint.Schema("account", { source, name: "account", displayAttribute: "email" });`;
    const project = await projectOf(tenant, source(`connector: "jdbc"`) + schema);
    const taken = await project.preview();
    expect(taken.output).toContain(`Source "A" is on the tenant already (${id})`);
    project.setProgram(program(source(`connector: "web-services", adopt: true`)));
    const refused = await project.preview({ expect: "failure" });
    expect(refused.errors.join("\n")).toContain("already, but with another connector");

    project.setProgram(program(source(`connector: "jdbc", adopt: true`) + schema));
    const onSource = `Source "A" takes over what is there (${id}); changes: nothing`;
    const onSchema = `Schema "account" takes over what is there (${id}/account); changes: displayAttribute`;
    const preview = await project.preview();
    const told = ({ diagnostics }: Outcome) =>
      [onSource, onSchema].map((text) => diagnostics.filter(({ message }) => message.includes(text)).length);
    expect(preview.step("account").new?.inputs["source"] === id).toBe(name === "own host");
    expect(told(preview)).toEqual([1, name === "own host" ? 1 : 0]);
    expect(told(await project.up())).toEqual([1, 1]);

    const renamed = await project.preview({ env: { AS: "b" }, flags: ["--refresh"] });
    expect(renamed.output).toContain(
      `Source "A" takes over what is there (${id}), which this stack has already: it goes on and is not deleted`,
    );
  });

  test("what a key that is declared anew has there, by which path a secret is set, and what goes with a replacement", async () => {
    const tenant = await createTenant();
    const text = `const { NEXT, CONNECTOR = "jdbc" } = process.env;
      const source = new sailpoint.Source("a", { name: "A", owner, connector: CONNECTOR, connectorAttributes: {
        password: NEXT ? "second-secret" : "first-secret", ...(NEXT ? { pool: { size: 9 } } : {}) },
        ...(NEXT ? { deleteThreshold: 10 } : {}) });
      new sailpoint.CorrelationConfig("correlation", { source, attributeAssignments: [{ property: "email",
        value: NEXT || "email" }] });`;
    const project = await projectOf(tenant, text);
    await project.up();
    tenant.admin.edit(`/sources/${sourceNamed(tenant.admin.state(), "A")}`, [
      { op: "replace", path: "/deleteThreshold", value: 77 },
      { op: "add", path: "/connectorAttributes/pool", value: { size: 5 } },
    ]);
    tenant.clearRequests();
    const env = { NEXT: "mail" };
    const preview = await project.preview({ env });
    expect(preview.output).toContain("deleteThreshold: 77 on the tenant, will be 10");
    expect(preview.output).toContain("connectorAttributes.password: will be set");
    expect(preview.output).toMatch(/connectorAttributes\.pool\.size: .*will be/);
    expect(preview.output).toContain('CorrelationConfig of source "A": attributeAssignments');
    const replaced = await project.preview({ env: { CONNECTOR: "web-services" } });
    expect(replaced.step("a", "replace").replaceKeys).toEqual(["connector"]);
    expect(replaced.output).toContain("the tenant deletes the source, its accounts and everything that hangs on it");
    expect(writes(tenant)).toEqual([]);

    // A source is told by its name where something goes wrong with what hangs on it.
    tenant.admin.fault({ operationId: "putCorrelationConfig", kind: "status", status: 400, times: 9 });
    const failed = await project.up({ env, expect: "failure" });
    expect(failed.errors.join("\n")).toMatch(/CorrelationConfig of source "A": .*\(400\)/);
  });
});
