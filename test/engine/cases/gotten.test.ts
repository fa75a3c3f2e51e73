import { createProject, createTenant } from "../harness";
import { doors } from "../hosts/doors";
import { clientOf, comparable, existingSource, stored, writes } from "../lifecycle/tenants";

/** What is read or imported before a program manages it: nothing secret of it is kept, and it can be given back. */
const former = {
  attributeAssignments: [
    { property: "displayName", value: "cn", operation: "EQ", complex: false, ignoreCase: true, note: "of others" },
  ],
};

async function tenantWithSource() {
  const tenant = await createTenant();
  const id = await existingSource(clientOf(tenant), "HR", {
    connector: "web-services",
    connectorAttributes: { password: "set-by-hand", list: [{ name: "a", client_secret: "set-by-hand" }], pin: "4711" },
  });
  tenant.admin.put(`/sources/${id}/correlation-config/`, former);
  tenant.admin.put(`/sources/${id}/native-change-detection-config/`, {
    ...{ enabled: true, operations: ["ACCOUNT_DELETED"], allEntitlements: true, allNonEntitlementAttributes: false },
    ...{ selectedEntitlements: [], selectedNonEntitlementAttributes: ["mail"] },
  });
  tenant.clearRequests();
  const hanging = () =>
    ["correlation-config/", "native-change-detection-config/"].map((part) =>
      comparable(stored(tenant.admin.state(), `/sources/${id}/${part}`)),
    );
  return { tenant, id, hanging };
}

test.each(["stock", "host"] as const)(
  "get puts no cipher text into the state, outputs or previews (%s)",
  async (of) => {
    const { tenant, id } = await tenantWithSource();
    const project = await createProject({
      program: `const { Source } = require("pulumi-sailpoint");
      const gotten = Source.get("gotten", ${JSON.stringify(id)});
      exports.attributes = gotten.connectorAttributes;`,
      yaml: doors[of].yaml,
      refresh: doors[of].refresh,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
    });
    await project.preview();
    await project.up();
    await project.refresh();
    const cipherTexts = JSON.stringify(stored(tenant.admin.state(), `/sources/${id}`)).match(/1:ACP:[^"]+/g) ?? [];
    expect(cipherTexts.length).toBeGreaterThan(1);
    expect(project.find([...cipherTexts, "1:ACP:", "set-by-hand"])).toEqual([]);
    expect(JSON.stringify(await project.outputs())).not.toContain("1:ACP:");
    expect(await project.outputs()).toMatchObject({ attributes: { list: [{ name: "a" }] } });
  },
);

test("a singleton that was imported is as it was before when the program lets it go", async () => {
  const { tenant, id, hanging } = await tenantWithSource();
  const before = hanging();
  const project = await createProject({
    program: `const { CorrelationConfig, NativeChangeDetection } = require("pulumi-sailpoint");
      const { IMPORTS, GONE } = process.env;
      const opts = IMPORTS ? { import: ${JSON.stringify(id)} } : {};
      if (!GONE) {
        new CorrelationConfig("correlation", { source: ${JSON.stringify(id)},
          attributeAssignments: [{ property: "email", value: IMPORTS ? "email" : "mail" }] }, opts);
        new NativeChangeDetection("detection", { source: ${JSON.stringify(id)}, enabled: !!IMPORTS,
          operations: ["ACCOUNT_UPDATED"] }, opts);
      }`,
    yaml: doors.host.yaml,
    refresh: false,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
  await project.up({ env: { IMPORTS: "1" } });
  await project.up();
  expect(writes(tenant).length).toBeGreaterThan(0);
  expect(hanging()).not.toEqual(before);
  await project.up({ env: { GONE: "1" } });
  expect(hanging()).toEqual(before);
});

test("one that was read by get, and then declared, is as it was before when the program lets it go", async () => {
  const { tenant, id, hanging } = await tenantWithSource();
  const before = hanging();
  const project = await createProject({
    program: `const { CorrelationConfig, NativeChangeDetection } = require("pulumi-sailpoint");
      const { READS, GONE } = process.env;
      const id = ${JSON.stringify(id)};
      if (READS) {
        CorrelationConfig.get("correlation", id);
        NativeChangeDetection.get("detection", id);
      } else if (!GONE) {
        new CorrelationConfig("correlation", { source: id, attributeAssignments: [{ property: "email", value: "mail" }] });
        new NativeChangeDetection("detection", { source: id, enabled: false });
      }`,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
  await project.up({ env: { READS: "1" } });
  expect(writes(tenant)).toEqual([]);
  await project.up();
  expect(hanging()).not.toEqual(before);
  await project.up({ env: { GONE: "1" } });
  expect(hanging()).toEqual(before);
  // What is only read is left alone, too, when the program reads it no more.
  await project.up({ env: { READS: "1" } });
  await project.up({ env: { GONE: "1" } });
  expect(hanging()).toEqual(before);
});
