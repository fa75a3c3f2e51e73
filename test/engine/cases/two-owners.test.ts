import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { clientOf, comparable, existingSource, writes } from "../lifecycle/tenants";

/**
 * A command that fails after a takeover leaves two resources of one object in the state. Whichever of them the next
 * program declares, through whichever provider: the deletion of the other leaves the object alone.
 */
const program = `
const { Source, Tenant } = require("pulumi-sailpoint");
const again = new Tenant("again", { baseUrl: process.env.SAIL_BASE_URL, clientId: process.env.SAIL_CLIENT_ID,
  clientSecret: process.env.SAIL_CLIENT_SECRET });
const options = process.env.PROVIDER === "again" ? { provider: again } : {};
const args = { owner: { alias: "support" }, connector: "active-directory" };
const source = new Source(process.env.SOURCE || "first", { ...args, name: "A", adopt: true }, options);
if (process.env.OTHER) new Source("other", { ...args, name: "B" }, { dependsOn: [source] });
`;

describe.each<Door>([doors.stock, doors.host])("through the $name", ({ yaml }) => {
  test.each([
    ["the same provider", {}],
    ["another provider", { PROVIDER: "again" }],
  ])("by %s", async (_, elsewhere) => {
    const tenant = await createTenant();
    await existingSource(clientOf(tenant), "A", { description: "by hand" });
    const project = await createProject({ program, yaml, env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" } });
    await project.up();
    tenant.admin.fault({ operationId: "createSource", kind: "status", status: 400, times: 20 });
    await project.up({ env: { ...elsewhere, SOURCE: "second", OTHER: "true" }, expect: "failure" });
    tenant.admin.clearFaults();
    expect((await project.resources()).filter(({ type }) => type.endsWith(":Source"))).toHaveLength(2);
    const before = comparable(tenant.admin.state());
    const earlier = writes(tenant).length;
    const up = await project.up();
    expect(up.output).toContain("is kept: another resource of the program has it");
    expect(writes(tenant).slice(earlier)).toEqual([]);
    expect(comparable(tenant.admin.state())).toEqual(before);
    expect((await project.resources()).filter(({ type }) => type.endsWith(":Source"))).toHaveLength(1);
  });
});
