import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { sourceNamed, stored, writes } from "../lifecycle/tenants";

/** An update of which only a part was written: the state keeps that part, so that the program can go on, or take it back. */
const program = `
const { asset } = require("@pulumi/pulumi");
const { Source } = require("pulumi-sailpoint");
const ours = { connectorAttributes: { ours: "ours", password: process.env.SECRET }, connectorFiles: [new asset.FileAsset("a.jar")] };
new Source("a", { name: "A", owner: { alias: "support" }, connector: "jdbc", ...(process.env.SECRET ? ours : {}) });
`;
const SECRET = "a-secret-never-shown";

describe.each<Door>([doors.stock, doors.host])("through the $name", ({ yaml, refresh }) => {
  test("an update whose file is refused goes on later, or is taken back", async () => {
    const tenant = await createTenant();
    const project = await createProject({
      program,
      yaml,
      refresh,
      files: { "a.jar": "a driver" },
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
    });
    await project.up();
    const id = sourceNamed(tenant.admin.state(), "A");
    const attributes = () =>
      (stored(tenant.admin.state(), `/sources/${id}`) as { connectorAttributes: object }).connectorAttributes;
    const refuse = () =>
      tenant.admin.fault({ operationId: "importConnectorFile", kind: "status", status: 400, times: 99 });

    refuse();
    const failed = await project.up({ env: { SECRET }, expect: "failure" });
    expect(failed.errors.join("\n")).toMatch(/Source "A": .* refused POST .*\/upload-connector-file/);
    expect(failed.output).not.toContain(SECRET);
    expect(JSON.stringify(await project.command(["stack", "export"]))).not.toContain(SECRET);
    expect(attributes()).toMatchObject({ ours: "ours" });
    tenant.admin.clearFaults();
    tenant.clearRequests();
    expect((await project.up({ env: { SECRET } })).counts).toEqual({ update: 1 });
    expect(writes(tenant).map(({ operationId }) => operationId)).toEqual(["importConnectorFile"]);
    await project.preview({ env: { SECRET }, flags: ["--expect-no-changes"] });
    await project.up();

    refuse();
    await project.up({ env: { SECRET }, expect: "failure" });
    expect((await project.up()).counts).toEqual({ update: 1 });
    expect(attributes()).not.toHaveProperty("ours");
    expect(attributes()).not.toHaveProperty("password");
    await project.preview({ flags: ["--expect-no-changes"] });
  });
});
