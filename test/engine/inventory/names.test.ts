import { createProject, createTenant } from "../harness";
import { doors } from "../hosts/doors";
import { languageFolder, pathWith } from "../hosts/languages";

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

test.each([doors.stock, doors.host, doors.plugin])(
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
    const lines = preview.errors.flatMap((error) => error.split("\n").map((line) => line.trim()));
    for (let i = 0; i < COUNT; i += 1) {
      expect(lines.filter((line) => line.includes(`"Nowhere ${String(i)}"`))).toHaveLength(1);
    }
    // What several use is told once, with all of them.
    const shared = lines.filter((line) => line.includes("Everybody's"));
    expect(shared).toEqual([expect.stringMatching(/^managementWorkgroup: .* \(used by s0, s1\)$/)]);
    const requests = tenant.requests();
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
    const times = (id: string) => requests.filter(({ operationId }) => operationId === id).length;
    expect([times("getManagedClusters"), times("getConnectorRuleList")]).toEqual([1, 1]);
    // Of these the tenant finds one name: one request for each, and one for all that begins alike.
    expect(times("listIdentities")).toBeLessThanOrEqual(COUNT / 4 + 2);
    expect(times("listWorkgroups")).toBeLessThanOrEqual(COUNT / 4 + 3);

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

test("a program in YAML is told of all of them too, also of what hangs on a source", async () => {
  const tenant = await createTenant();
  const source = (name: string, more: string) => `  ${name}:
    type: sailpoint:Source
    properties: { name: ${name}, owner: { alias: slpt.services }, connector: web-services, ${more} }
  ${name}-requests:
    type: sailpoint:EntitlementRequestConfig
    properties:
      source: \${${name}.sourceId}
      accessRequestConfig:
        approvalSchemes: [{ approverType: GOVERNANCE_GROUP, approverId: { name: Nobody of ${name} } }]
`;
  const names = Array.from({ length: COUNT }, (_, i) => `s${String(i)}`);
  const project = await createProject({
    program: {
      yaml: `name: yaml-test
runtime: yaml
${doors.plugin.yaml}resources:
${names.map((name) => source(name, `cluster: { name: Nowhere of ${name} }`)).join("")}`,
    },
    env: { ...tenant.env, PATH: pathWith(await languageFolder("yaml")) },
    refresh: false,
  });
  const preview = await project.preview({ expect: "failure" });
  const lacking = (what: string) => names.filter((name) => preview.output.includes(`"${what} of ${name}"`));
  expect(lacking("Nowhere")).toEqual(names);
  expect(lacking("Nobody")).toEqual(names);
  expect(tenant.requests().filter(({ method }) => method !== "GET")).toEqual([]);
});

test.each([doors.stock, doors.host, doors.plugin])(
  "$name: nothing is deleted for a replacement that lacks a name",
  async ({ sailpoint, yaml }) => {
    const tenant = await createTenant();
    const project = await createProject({
      program: `${sailpoint}
const [connector, alias] = process.env.SOURCE.split(" ");
new sailpoint.Source("hr", { name: "HR", owner: { alias }, connector });`,
      yaml,
      env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", SOURCE: "web-services slpt.services" },
      refresh: false,
    });
    await project.up();
    tenant.clearRequests();
    const env = { SOURCE: "jdbc nobody" };
    expect((await project.preview({ env, expect: "failure" })).output).toContain('"nobody"');
    expect((await project.up({ env, expect: "failure" })).output).toContain('"nobody"');
    expect(tenant.requests().filter(({ method }) => method !== "GET")).toEqual([]);
  },
);

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
