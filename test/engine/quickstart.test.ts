import { createProject, createTenant } from "./harness";

const password = "a password nobody should see";

test("the quickstart deploys, is a no-op, shows and repairs drift, and leaves nothing", async () => {
  const tenant = await createTenant();
  const before = Object.keys(tenant.admin.state().sources ?? {});
  const project = await createProject({
    program: { folder: "examples/quickstart" },
    env: tenant.env,
    secretConfig: { hrPassword: password },
  });
  const up = await project.up();
  expect(up.counts).toEqual({ create: 2 });
  expect((await project.preview()).counts).toEqual({});

  const { hrSourceId } = await project.outputs();
  tenant.admin.edit(`/sources/${String(hrSourceId)}`, [
    { op: "replace", path: "/connectorAttributes/delimiter", value: ";" },
  ]);
  const preview = await project.preview();
  expect(preview.step("hr").changes).toEqual([{ path: "connectorAttributes.delimiter", old: ";", new: "," }]);
  expect((await project.up()).counts).toEqual({ update: 1 });

  await project.destroy();
  expect(Object.keys(tenant.admin.state().sources ?? {})).toEqual(before);
  expect(project.find([password])).toEqual([]);
});
