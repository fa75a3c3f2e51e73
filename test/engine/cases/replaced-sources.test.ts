import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { sourceNamed, stored, writes } from "../lifecycle/tenants";

/** What hangs on a source that is replaced goes with it, or stays with it: it is not deleted before. */
const program = ({ sailpoint }: Door) => `
${sailpoint}
const { ProvisioningPolicy, Schema, Source } = sailpoint;
const { NAME = "A", CONNECTOR = "jdbc", WORD = "one", OPTIONS = "{}" } = process.env;
const source = new Source("a", { name: NAME, description: WORD, owner: { alias: "support" }, connector: CONNECTOR }, JSON.parse(OPTIONS));
new Schema("account", { source, name: "account", attributes: [{ name: "zz", type: "STRING" }] });
new ProvisioningPolicy("disable", { source, usageType: "DISABLE", name: "Disable", fields: [{ name: "x", type: "string" }] });
`;

const byOption = { OPTIONS: JSON.stringify({ replaceOnChanges: ["description"], deleteBeforeReplace: true }) };
const retained = { OPTIONS: JSON.stringify({ retainOnDelete: true }) };

const deployed = async (door: Door, env: Record<string, string>) => {
  const tenant = await createTenant();
  const place = { ...tenant.env, SAIL_SETTLE_SECONDS: "0", ...env };
  const project = await createProject({ program: program(door), yaml: door.yaml, refresh: door.refresh, env: place });
  await project.up();
  tenant.clearRequests();
  const id = (name = "A") => sourceNamed(tenant.admin.state(), name);
  const hanging = (source: string) => ({
    policy: stored(tenant.admin.state(), `/sources/${source}/provisioning-policies/DISABLE`),
    schema: stored(tenant.admin.state(), `/sources/${source}/schemas/account`),
  });
  return { tenant, project, id, hanging, written: () => writes(tenant).map(({ method, path }) => `${method} ${path}`) };
};

test("an option replaces a source that is in use: refused in the preview, and nothing that hangs on it is lost", async () => {
  const { tenant, project, id, hanging, written } = await deployed(doors.host, byOption);
  const before = id();
  const state = hanging(before);
  tenant.admin.use(before, "identity-profile", "Staff");
  const env = { WORD: "two" };
  const preview = await project.preview({ env, expect: "failure" });
  expect(preview.errors.join("\n")).toContain("It is used by identity profile");
  const up = await project.up({ env, flags: ["--skip-preview"], expect: "failure" });
  expect(up.errors.join("\n")).toContain("nothing was changed on the tenant");
  expect(written()).toEqual([]);
  expect(hanging(before)).toEqual(state);
});

test("an option replaces a source: the preview says what goes with it, and what hangs on it is not deleted before", async () => {
  const { project, id, hanging, written } = await deployed(doors.host, byOption);
  const before = id();
  const env = { WORD: "two" };
  expect((await project.preview({ env })).output).toContain("will be replaced: the tenant deletes the source");
  await project.up({ env });
  expect(id()).not.toBe(before);
  expect(written().filter((line) => line.startsWith("DELETE"))).toEqual([
    expect.stringContaining(`/sources/${before}`),
  ]);
  expect(hanging(id())).toMatchObject({ policy: { usageType: "DISABLE" } });
  expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
});

test.each([doors.stock, doors.host, doors.plugin])(
  "a source is replaced and retained ($name): all that hangs on the old one stays",
  async (door) => {
    const { project, id, hanging } = await deployed(door, retained);
    const before = id();
    const state = hanging(before);
    const env = { NAME: "B", CONNECTOR: "web-services" };
    await project.up({ env });
    expect(id()).toBe(before);
    expect(id("B")).not.toBe(before);
    expect(hanging(before)).toEqual(state);
    expect(hanging(id("B"))).toMatchObject({ policy: { usageType: "DISABLE" } });
    expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
  },
);
