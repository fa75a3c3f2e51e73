import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { comparable, sourceNamed, stored, writes } from "../lifecycle/tenants";

/** Who uses a source is told before it is to go: in the preview of its destruction, and before the first deletion. */
const program = `
const { CorrelationConfig, Schema, Source } = require("pulumi-sailpoint");
for (const name of ["Used", "Free"]) {
  const source = new Source(name, { name, owner: { alias: "support" }, connector: "jdbc" });
  new Schema(name + "-account", { source, name: "account", displayAttribute: "email" });
  new CorrelationConfig(name + "-correlation", { source, attributeAssignments: [{ property: "email", value: "email" }] });
}
`;

describe.each<Door>([doors.stock, doors.host])("through the $name", ({ yaml, refresh }) => {
  test("a destruction names who uses a source, by name, in its preview and before the first deletion", async () => {
    const tenant = await createTenant();
    const project = await createProject({
      program,
      yaml,
      refresh,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
    });
    await project.up();
    const id = sourceNamed(tenant.admin.state(), "Used");
    tenant.admin.use(id, "identity-profile", "Employees");
    tenant.admin.use(id, "application", "Payroll");
    const hanging = () =>
      ["", "/schemas/account", "/correlation-config/"].map((part) =>
        comparable(stored(tenant.admin.state(), `/sources/${id}${part}`)),
      );
    const before = hanging();
    tenant.clearRequests();
    const told =
      /Source "Used" is in use.* used by identity profile "Employees", application "Payroll" \([0-9a-f]{32}\)/;
    const preview = await project.command(["destroy", "--preview-only"]);
    expect(preview.output).toMatch(told);
    expect(preview.output).not.toContain('Source "Free" is in use');
    expect(writes(tenant)).toEqual([]);

    tenant.clearRequests();
    const destroyed = await project.destroy({ expect: "failure" });
    expect(destroyed.output).toMatch(told);
    expect(destroyed.errors.join("\n")).toContain('Source "Used" is in use, so it was not deleted');
    expect(hanging()).toEqual(before);
    // Both are asked about before anything is deleted, and the one that is in use once more.
    const asked = tenant.requests().map(({ method, operationId }) => (method === "GET" ? operationId : "write"));
    const order = asked.filter((what) => what === "write" || what === "getSourceConnections");
    expect(order.slice(0, 2)).toEqual(["getSourceConnections", "getSourceConnections"]);
    expect(order.filter((what) => what !== "write")).toHaveLength(3);
  });
});
