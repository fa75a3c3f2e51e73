import { startTenant } from "sailpoint-simulator";
import { createProject, createTenant } from "./harness";
import { doors } from "./hosts/doors";

const rows = (count: number) =>
  [
    "id,name,groups",
    ...Array.from({ length: count }, (_, i) => `${String(i)},Person ${String(i)},g${String(i % 7)}`),
  ].join("\n");

const program = `
const pulumi = require("@pulumi/pulumi");
const { Aggregation, Source, Tenant, getCluster, getConnector, getIdentity, getSource, getSources, getSourceOutput } =
  require("pulumi-sailpoint");
module.exports = async () => {
  const other = new Tenant("other", { baseUrl: process.env.OTHER_URL, clientId: process.env.OTHER_ID, clientSecret: process.env.OTHER_SECRET });
  const owner = await getIdentity({ alias: "slpt.services" });
  const hr = new Source("hr", { name: "HR", owner: { id: owner.id }, connector: "delimited-file", provisionAsCsv: true });
  const loaded = new Aggregation("load", { source: hr, csv: new pulumi.asset.FileAsset("people.csv") });
  return {
    connector: (await getConnector({ scriptName: "active-directory" })).scriptName,
    cluster: (await getCluster({ name: "sp_connect_proxy_cluster" })).name,
    owner: owner.alias,
    otherOwner: (await getIdentity({ alias: "slpt.services" }, { provider: other })).id !== owner.id,
    sources: (await getSources()).length >= 0,
    again: getSourceOutput(pulumi.output(hr.name).apply((name) => loaded.taskId.apply(() => ({ name })))).type,
    counts: loaded.counts, status: loaded.status, taskId: loaded.taskId,
  };
};`;

test("functions look things up on either tenant, and an aggregation runs once for each content of its file", async () => {
  const [tenant, other] = [await startTenant(), await startTenant({ tenant: "b" })];
  try {
    const project = await createProject({
      program,
      files: { "people.csv": rows(10_000) },
      env: {
        ...tenant.env,
        OTHER_URL: other.baseUrl,
        OTHER_ID: other.clientId,
        OTHER_SECRET: other.clientSecret,
      },
    });
    const loads = () => tenant.requests().filter(({ operationId }) => operationId === "importAccounts").length;
    await project.up();
    const first = await project.outputs();
    expect(first).toMatchObject({
      connector: "active-directory",
      cluster: "sp_connect_proxy_cluster",
      owner: "slpt.services",
      otherOwner: true,
      again: "DelimitedFile",
      counts: { total: 10_000, created: 10_000 },
      status: "SUCCESS",
    });
    expect((await project.up()).counts).toEqual({});
    expect(loads()).toBe(1);

    project.write("people.csv", rows(10_001));
    expect((await project.up()).counts).toEqual({ update: 1 });
    expect(loads()).toBe(2);
    expect(await project.outputs()).toMatchObject({ counts: { total: 10_001, created: 1 } });

    project.setProgram(`require("pulumi-sailpoint").getIdentity({ alias: "nobody.here" });`);
    const failed = await project.preview({ expect: "failure" });
    expect(failed.output).toContain('the tenant has no identity with alias "nobody.here"');
    expect(failed.output).not.toMatch(/\n\s+at /);
  } finally {
    await Promise.all([tenant.close(), other.close()]);
  }
}, 120_000);

test("what is wrong with arguments is told for each function, and the tenant is asked nothing", async () => {
  const tenant = await createTenant();
  const project = await createProject({
    program: `const pulumi = require("@pulumi/pulumi");
const { getCluster, getConnector, getIdentity, getSource, getSources } = require("pulumi-sailpoint");
const told = async (asked) => { try { await asked; return "nothing"; } catch (error) { return error.message + error.stack; } };
module.exports = async () => ({
  told: [
    await told(getSources({ filter: 'name eq "x"' })),
    await told(getIdentity({ alias: 5 })),
    await told(getSource()),
    await told(getSource("HR")),
    await told(getConnector({ nam: "x", name: "" })),
    await told(getCluster({ name: pulumi.output("x") })),
    await told(getSource(pulumi.output({ name: "x" }))),
  ],
  all: (await getSources(null, { parent: undefined })).length >= 0,
});`,
    env: tenant.env,
  });
  const before = tenant.requests().length;
  await project.up();
  expect(await project.outputs()).toEqual({
    told: [
      'getSources: filter: is no argument of getSources; the nearest is "filters"',
      "getIdentity: alias: is the number 5 where text belongs: give alias",
      "getSource: names no source: give { name } or { id }",
      "getSource: is a string: give source as { name } or { id }",
      'getConnector: name: is empty: give name\ngetConnector: nam: is no argument of getConnector; the nearest is "name"',
      "getCluster: name: is an Output where text belongs: give name\n" +
        "getCluster: takes no outputs and no promises: ask getClusterOutput, which waits for them",
      "getSource: takes no outputs and no promises: ask getSourceOutput, which waits for them",
    ],
    all: true,
  });
  const asked = tenant.requests().slice(before);
  expect([...new Set(asked.flatMap(({ operationId }) => operationId ?? []))]).toEqual(["listSources"]);

  project.setProgram(
    `require("pulumi-sailpoint").getSourceOutput({ name: require("@pulumi/pulumi").output(5), nam: "x" });`,
  );
  const { output } = await project.preview({ expect: "failure" });
  expect(output).toContain("getSource: name: is the number 5 where text belongs: give name");
  expect(output).toContain('getSource: nam: is no argument of getSource; the nearest is "name"');
  expect(output).not.toMatch(/\n\s+at /);
}, 120_000);

const OURS = 'require("pulumi-sailpoint")';
/** As the SDKs ask that Pulumi makes of the plugin. */
const OF_THE_PLUGIN = `{
  getSourceOutput: (args) => pulumi.runtime.invokeOutput("sailpoint:index:getSource", args),
  getSourcesOutput: (args) => pulumi.runtime.invokeOutput("sailpoint:index:getSources", args).sources,
}`;
const ofNew = ({ sailpoint }: { sailpoint: string }, functions: string) => `${sailpoint}
const pulumi = require("@pulumi/pulumi");
const { getSourceOutput, getSourcesOutput } = ${functions};
const hr = new sailpoint.Source("hr", { name: "HR", owner: { alias: "slpt.services" }, connector: "delimited-file" });
exports.id = getSourceOutput({ name: hr.name }).apply(({ id }) => { console.log("found by name"); return id; });
exports.all = getSourcesOutput({ filters: pulumi.interpolate\`name eq "\${hr.name}"\` }).apply((all) => all.length);
exports.same = pulumi.all([exports.id, hr.id]).apply(([found, made]) => found === made);`;

test.each([
  { ...doors.stock, functions: OURS },
  { ...doors.host, functions: OURS },
  { ...doors.plugin, functions: OF_THE_PLUGIN },
])(
  "what is looked up by the name of a source that is yet to be made is unknown in the preview: $name",
  async (door) => {
    const tenant = await createTenant();
    const project = await createProject({ program: ofNew(door, door.functions), yaml: door.yaml, env: tenant.env });
    expect((await project.preview()).output).not.toContain("found by name");
    await project.up();
    expect(await project.outputs()).toMatchObject({ all: 1, same: true });
    const preview = await project.preview({ flags: ["--expect-no-changes"] });
    expect(preview.output).toContain("found by name");
  },
  120_000,
);
