import { createProject, createTenant } from "../harness";
import { doors } from "../hosts/doors";

const COUNT = 20;

/** Names of every kind that the tenant lacks, each used by another source; the last source has none of them. */
const program = (door: (typeof doors)[keyof typeof doors]) => `
${door.sailpoint}
const lacking = process.env.LACKING === "yes";
const keys = ["owner", "cluster", "managementWorkgroup", "accountCorrelationRule"];
for (let i = 0; i < ${String(COUNT)}; i += 1) {
  const key = keys[i % keys.length];
  const name = "Nowhere " + i;
  new sailpoint.Source("s" + i, {
    name: "Source " + i,
    owner: { alias: "slpt.services" },
    connector: "web-services",
    adopt: i % 2 === 0,
    ...(lacking && i < 2 ? { managementWorkgroup: { name: "Everybody's" } } : {}),
    ...(lacking ? { [key]: key === "owner" ? { alias: name } : { name } } : {}),
  });
}`;

test.each([doors.stock, doors.host])(
  "$name: one preview names all that the tenant lacks, asks once for each list, and writes nothing",
  async (door) => {
    const tenant = await createTenant();
    const project = await createProject({
      program: program(door),
      yaml: door.yaml,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", LACKING: "yes" },
      refresh: false,
    });
    const preview = await project.preview({ expect: "failure" });
    for (let i = 0; i < COUNT; i += 1) {
      expect(preview.errors.filter((error) => error.includes(`"Nowhere ${String(i)}"`))).toHaveLength(1);
    }
    // What several use is told once, with all of them.
    const shared = preview.errors.filter((error) => error.includes("Everybody's"));
    expect(shared).toEqual([expect.stringMatching(/^managementWorkgroup: .* \(used by s0, s1\)$/)]);
    const requests = tenant.requests();
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
    const times = (id: string) => requests.filter(({ operationId }) => operationId === id).length;
    expect([times("getManagedClusters"), times("getConnectorRuleList")]).toEqual([1, 1]);
    // Of these the tenant finds one name: one request for each.
    expect(times("listIdentities")).toBeLessThanOrEqual(COUNT / 4 + 1);
    expect(times("listWorkgroups")).toBeLessThanOrEqual(COUNT / 4 + 1);

    // Without a preview each resource fails by itself, before its own first write.
    tenant.clearRequests();
    const up = await project.up({ expect: "failure" });
    expect(up.output).toMatch(/"Nowhere \d+"/);
    expect(tenant.requests().filter(({ method }) => method !== "GET")).toEqual([]);

    // Once all is there, a preview of what the state knows asks nothing.
    await project.up({ env: { LACKING: "no" } });
    tenant.clearRequests();
    const quiet = await project.preview({ env: { LACKING: "no" }, flags: ["--expect-no-changes"] });
    // Our own host reads the sources in every preview, since it shows drift; no name is looked for.
    const lookUps = tenant.requests().filter(({ operationId }) => operationId !== "listSources");
    expect([quiet.changed, lookUps]).toEqual([[], []]);
  },
);

test("without classes of ours in the program, the first resource that lacks something tells all that it lacks", async () => {
  const tenant = await createTenant();
  const { sailpoint, yaml } = doors.plugin;
  const project = await createProject({
    program: `${sailpoint}
new sailpoint.Source("hr", { name: "HR", owner: { alias: "nobody" }, cluster: { name: "Nowhere" }, connector: "web-services" });`,
    yaml,
    env: tenant.env,
    refresh: false,
  });
  const preview = await project.preview({ expect: "failure" });
  for (const name of ["nobody", "Nowhere"]) expect(preview.output).toContain(`"${name}"`);
  expect(tenant.requests().filter(({ method }) => method !== "GET")).toEqual([]);
});

test("offline, a preview says that names were not checked, and goes on", async () => {
  const project = await createProject({
    program: program(doors.stock),
    env: {
      SAIL_BASE_URL: "http://127.0.0.1:9",
      SAIL_CLIENT_ID: "id",
      SAIL_CLIENT_SECRET: "secret",
      SAIL_TIMEOUT_SECONDS: "2",
    },
    refresh: false,
  });
  const preview = await project.preview();
  expect(preview.counts).toEqual({ create: COUNT });
  expect(preview.output).toContain("The names in the program were not checked");
});
