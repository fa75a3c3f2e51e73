import { createProject, createTenant } from "../harness";
import { sourceNamed } from "./tenants";

const program = (suffix: string) => `
const { Source } = require("pulumi-sailpoint");
for (const name of ["Used", "Unused"]) {
  new Source(name, { name: name + "${suffix}", owner: { alias: "slpt.services" }, connector: "jdbc" });
}
`;

test("renaming a source warns, and names what uses the old name", async () => {
  const tenant = await createTenant();
  const project = await createProject({ program: program(""), env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" } });
  await project.up();
  const id = sourceNamed(tenant.admin.state(), "Used");
  tenant.admin.use(id, "transform", "Their Transform");
  tenant.admin.use(id, "identity-profile", "Their Profile");

  project.setProgram(program(" Renamed"));
  const up = await project.up();
  expect(up.counts).toEqual({ update: 2 });
  const lines = up.diagnostics.map(({ message }) => message).filter((line) => line.includes("renamed from"));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('Source "Used Renamed": it was renamed from "Used" to "Used Renamed"');
  expect(lines[0]).toContain('transform "Their Transform"');
  expect(lines[0]).toContain('identity profile "Their Profile"');
  expect(sourceNamed(tenant.admin.state(), "Used Renamed")).toBe(id);
});
