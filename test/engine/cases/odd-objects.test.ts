import { createProject, createTenant } from "../harness";
import { clientOf, existingSource, sourceNamed, stored, writes } from "../lifecycle/tenants";

/** What is odd on a tenant and nobody of ours uses breaks nothing: not what is beside it, and not what it is in. */
const program = `
const sailpoint = require("pulumi-sailpoint");
const names = ["One", "Two", "Three", "Four"];
const owner = { alias: "support" };
const [one] = names.map((name) => new sailpoint.Source(name, { name, owner, connector: "jdbc", description: process.env.WORD,
  managementWorkgroup: { name: "Source Managers" } }));
if (!process.env.NONE) {
  new sailpoint.CorrelationConfig("correlation", { source: one, attributeAssignments: [{ property: "email", value: "email" }] });
  new sailpoint.Schema("account", { source: one, name: "account", attributes: [{ name: "email", type: "STRING", description: "ours" }] });
}
`;

test("odd objects of others, and odd fields of ours, hinder no refresh and no update", async () => {
  const tenant = await createTenant({ behaviours: { freshCorrelation: "null" } });
  const others = await existingSource(clientOf(tenant), "Others");
  const project = await createProject({ program, env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" } });
  await project.up();
  const id = sourceNamed(tenant.admin.state(), "One");
  tenant.admin.show(`/sources/${others}`, null);
  tenant.admin.show(`/sources/${id}`, {
    features: ["X", null],
    schemas: [null, "text", { name: 5 }],
    since: 17,
    connectorName: [],
  });
  tenant.admin.show(`/sources/${sourceNamed(tenant.admin.state(), "Two")}`, {
    features: null,
    schemas: null,
    created: 5,
  });
  const { workgroups = {}, identities = {} } = tenant.admin.state();
  const [group] =
    Object.entries(workgroups).find(([, value]) => (value as { name: string }).name !== "Source Managers") ?? [];
  const [identity] =
    Object.entries(identities).find(([, value]) => (value as { alias: string }).alias === "support") ?? [];
  tenant.admin.show(`/workgroups/${String(group)}`, { owner: "nobody", memberCount: "many" });
  tenant.admin.show(`/identities/${String(identity)}`, { attributes: [], lifecycleState: 3 });

  const quiet = await project.preview({ flags: ["--expect-no-changes"] });
  expect(quiet.changed).toEqual([]);
  expect(quiet.output).not.toContain("report this");
  const up = await project.up({ env: { WORD: "changed" } });
  expect(up.counts).toEqual({ update: 4 });
  expect((await project.preview({ env: { WORD: "changed" }, flags: ["--expect-no-changes"] })).changed).toEqual([]);
});

test.each(["null", "empty", "404"] as const)(
  "a correlation that was none (%s) is given back as it was",
  async (freshCorrelation) => {
    const tenant = await createTenant({ behaviours: { freshCorrelation } });
    const client = clientOf(tenant);
    const id = await existingSource(client, "One", { connector: "jdbc" });
    const read = () => client.call("getCorrelationConfig", { id }).catch((error: unknown) => String(error));
    const before = await read();
    const project = await createProject({
      program: `const { CorrelationConfig } = require("pulumi-sailpoint");
        new CorrelationConfig("correlation", { source: ${JSON.stringify(id)},
          attributeAssignments: process.env.NONE ? null : [{ property: "email", value: "email" }] });`,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
    });
    await project.up();
    expect(stored(tenant.admin.state(), `/sources/${id}/correlation-config/`)).toMatchObject({
      attributeAssignments: [{ property: "email" }],
    });
    await project.destroy();
    const after = await read();
    const assignments = (config: unknown) => (config as { attributeAssignments?: unknown }).attributeAssignments;
    // Where nobody had set it, the tenant has no way back to 404: there is none.
    expect(freshCorrelation === "404" ? (assignments(after) ?? []) : assignments(after)).toEqual(
      freshCorrelation === "404" ? [] : assignments(before),
    );
    tenant.clearRequests();
    await project.up({ env: { NONE: "1" } });
    expect(writes(tenant)).toEqual([]);
  },
);
