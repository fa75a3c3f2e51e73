import { createProject, createTenant } from "../harness";
import { entries } from "../lifecycle/entries";
import { clientOf, existingSource, writes } from "../lifecycle/tenants";
import { type Door, doors } from "./doors";

/** One resource of each kind. */
const program = ({ sailpoint }: Door, aliases = "[]") => `
${sailpoint}
for (const [kind, args] of Object.entries(require("./declared.json"))) {
  new sailpoint[kind](kind, args, { aliases: ${aliases} });
}
`;

test.each([doors.stock, doors.host])("every kind moves from the $name to the plugin by an alias", async (from) => {
  const tenant = await createTenant();
  const source = await existingSource(clientOf(tenant), "There before");
  for (const { part, former } of entries) if (part && former) tenant.admin.put(`/sources/${source}/${part}`, former);
  const declared = entries.map((entry) => [entry.kind, entry.declared(source, `Moved ${entry.kind}`)] as const);
  const project = await createProject({
    program: program(from),
    files: { "declared.json": JSON.stringify(Object.fromEntries(declared)) },
    yaml: from.yaml,
    refresh: from.refresh,
    name: "moving",
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
  expect((await project.up()).counts).toEqual({ create: entries.length });
  const ids = async () =>
    (await project.resources()).map(({ urn, id = "" }) => `${urn.split("::").at(-1) ?? ""} ${id}`).sort();
  const before = await ids();
  tenant.clearRequests();

  project.write("Pulumi.yaml", `name: moving\nruntime: nodejs\n${doors.plugin.yaml}`);
  project.setProgram(program(doors.plugin, '[{ type: "pulumi-nodejs:dynamic/sailpoint:" + kind }]'));
  expect((await project.preview()).changed).toEqual([]);
  expect((await project.up()).changed).toEqual([]);
  expect((await project.resources()).map(({ type }) => type).every((type) => type.startsWith("sailpoint:index:"))).toBe(
    true,
  );
  expect(await ids()).toEqual(before);

  project.setProgram(program(doors.plugin));
  expect((await project.up()).changed).toEqual([]);
  expect(writes(tenant)).toEqual([]);

  // Also where Pulumi's own host left no mark that they are to be read.
  const id = (await project.resources()).find(({ type }) => type === "sailpoint:index:Source")?.id ?? "";
  tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/description", value: "theirs" }]);
  const drift = await project.preview({ flags: ["--expect-no-changes"], expect: "failure" });
  expect(drift.counts).toEqual({ update: 1 });
  expect((await project.up()).counts).toEqual({ update: 1 });
  expect((await project.preview()).changed).toEqual([]);
  await project.destroy();
});
