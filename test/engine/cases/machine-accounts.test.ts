import { createProject, createTenant } from "../harness";
import { clientOf, existingSource, writes } from "../lifecycle/tenants";

const SUBTYPES = { service: "00000000-0000-4000-8000-000000000001", robot: "00000000-0000-4000-8000-000000000002" };

/** Several policies of one usage type, one for each subtype of accounts: each resource has its own, and no other's. */
test("another's policy of the same usage type is no drift of ours, and a policy without a path is not gone", async () => {
  const tenant = await createTenant();
  const source = await existingSource(clientOf(tenant), "HR");
  for (const [name, id] of Object.entries(SUBTYPES)) {
    const subtype = { technicalName: name, displayName: name, description: "", type: "MACHINE", systemManaged: false };
    const of = { source: { type: "SOURCE", id: source, name: "HR" }, sourceId: source };
    tenant.admin.put(`/source-subtypes/${id}`, { id, ...subtype, ...of, created: null, modified: null });
  }
  const theirs = `/sources/${source}/provisioning-policies/CREATE_MACHINE_ACCOUNT:${SUBTYPES.robot}`;
  const told = { usageType: "CREATE_MACHINE_ACCOUNT", subtypeId: SUBTYPES.robot };
  tenant.admin.put(theirs, { id: SUBTYPES.robot, name: "Robots", ...told, description: "of others", fields: [] });
  const program = `const { ProvisioningPolicy } = require("pulumi-sailpoint");
    const { OF = "service", WORD = "first" } = process.env;
    const source = ${JSON.stringify(source)};
    for (const name of OF.split(",")) new ProvisioningPolicy(name, { source, usageType: "CREATE_MACHINE_ACCOUNT",
      subtype: { name }, description: WORD });
    new ProvisioningPolicy("disable", { source, usageType: "DISABLE", description: WORD });`;
  const project = await createProject({
    program,
    config: { "sailpoint:apiVersion": "services" },
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
  const descriptions = () =>
    Object.values(tenant.admin.state()["provisioning-policies"]?.[source] ?? {})
      .map((policy) => policy as { usageType: string; description: string })
      .filter(({ usageType }) => usageType === "CREATE_MACHINE_ACCOUNT")
      .map(({ description }) => description)
      .sort();
  await project.up();
  expect(descriptions()).toEqual(["first", "of others"]);

  tenant.admin.edit(theirs, [{ op: "replace", path: "/description", value: "of others, later" }]);
  tenant.admin.set({ behaviours: { policiesWithoutPath: "DISABLE" } });
  tenant.clearRequests();
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
  const ours = `/sources/${source}/provisioning-policies/CREATE_MACHINE_ACCOUNT:${SUBTYPES.service}`;
  tenant.admin.edit(ours, [{ op: "replace", path: "/description", value: "drifted" }]);
  const drift = await project.preview({ flags: ["--expect-no-changes"], expect: "failure" });
  expect(drift.changed.map(({ name }) => name)).toEqual(["service"]);
  expect(drift.step("service").changes).toEqual([{ path: "description", old: "drifted", new: "first" }]);
  expect((await project.up({ env: { WORD: "second" } })).counts).toEqual({ update: 2 });
  expect(descriptions()).toEqual(["of others, later", "second"]);

  const both = { WORD: "second", OF: "service,robot" };
  expect((await project.up({ env: both })).counts).toEqual({ create: 1 });
  expect(descriptions()).toEqual(["second", "second"]);
  expect((await project.up({ env: { WORD: "second" } })).counts).toEqual({ delete: 1 });
  expect(descriptions()).toEqual(["of others, later", "second"]);
  // One of them was tried by its usage type first, where the tenant does not find it.
  const taken = writes(tenant).filter(({ status }) => status < 300);
  expect(taken.map(({ method }) => method)).toEqual(["PATCH", "PATCH", "PATCH", "PATCH"]);
});
