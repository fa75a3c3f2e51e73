import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningTenant } from "sailpoint-simulator";
import { type Outcome, type Project, createProject, createTenant } from "../harness";
import { sourceNamed, stored, writes } from "../lifecycle/tenants";

/** What a program's author is told, before anything is written and when something cannot be done. */
const owner = "owner: { alias: 'support' }";
const source = (more: string, name = "A") =>
  `new sailpoint.Source("${name.toLowerCase()}", { name: "${name}", connector: "jdbc", ${more} })`;
const program = (text: string) => `const pulumi = require("@pulumi/pulumi");
const sailpoint = require("pulumi-sailpoint");
${text}`;

async function projectOf(tenant: RunningTenant, text: string, env: Record<string, string> = {}): Promise<Project> {
  return createProject({ program: program(text), env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", ...env } });
}
const errors = (outcome: Outcome) => outcome.errors.join("\n");

describe("a name that the tenant does not have", () => {
  let tenant: RunningTenant;
  let project: Project;
  beforeAll(async () => {
    tenant = await createTenant();
    project = await projectOf(tenant, "");
  });
  const refusal = async (text: string) => {
    project.setProgram(program(text));
    const up = await project.up({ expect: "failure" });
    expect(writes(tenant)).toEqual([]);
    return errors(up);
  };

  test("of a cloud rule points to { id }, without a neighbour of another kind, and names the identity's other ways", async () => {
    const told = await refusal(
      source("owner: { alias: 'riley.park' }, accountCorrelationRule: { name: 'Correlate by Employee Number' }"),
    );
    expect(told).toMatch(/accountCorrelationRule: .*Cloud rules .* are not in the tenant's list of rules.*\{ id \}/);
    expect(told).not.toContain("nearest");
    expect(told).toMatch(/owner: .*alias "riley.park".*\{ id \}.*not\s+indexed is found by its id only/s);
  });

  test("of something that is listed names the nearest, and all that is missing is told together", async () => {
    const told = await refusal(
      source(
        "owner: { alias: 'suport' }, cluster: { name: 'Production VA Clusters' }, managementWorkgroup: { name: 'Nobody' }",
      ),
    );
    expect(told).toContain('the nearest is "Production VA Cluster"');
    expect(told).toContain("managementWorkgroup");
    expect(told).toContain('alias "suport"');
  });
});

test("an approver's governance group is named by its name, or by its id", async () => {
  const tenant = await createTenant();
  const config = (approver: string) =>
    `new sailpoint.EntitlementRequestConfig("requests", { source: ${source(owner)}, accessRequestConfig: {
      approvalSchemes: [{ approverType: "MANAGER" }, { approverType: "GOVERNANCE_GROUP", approverId: ${approver} }] } });`;
  const project = await projectOf(tenant, config('{ name: "HR Administrators" }'));
  await project.up();
  const stock = tenant.admin.state();
  const id = Object.values(stock["workgroups"] ?? {})
    .map((group) => group as { id: string; name: string })
    .find(({ name }) => name === "HR Administrators")?.id;
  const at = stored(stock, `/sources/${sourceNamed(stock, "A")}/entitlement-request-config/`);
  expect(at).toMatchObject({
    accessRequestConfig: {
      approvalSchemes: [{ approverType: "MANAGER" }, { approverType: "GOVERNANCE_GROUP", approverId: id }],
    },
  });
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
  tenant.clearRequests();
  project.setProgram(program(config(JSON.stringify(id))));
  await project.up();
  expect(writes(tenant)).toEqual([]);
});

test("many resources that vanish at one refresh may be a client that sees less", async () => {
  const tenant = await createTenant();
  const project = await projectOf(tenant, ["A", "B", "C", "D"].map((name) => source(owner, name)).join(";"));
  await project.up();
  const { clientId, clientSecret } = tenant.admin.addClient({ sees: [] });
  const preview = await project.preview({ env: { SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret } });
  expect(preview.output.match(/this client has fewer rights/g)?.length).toBeGreaterThan(0);
});

test("connectorFiles settle: one upload for each content, wherever the files lie", async () => {
  const tenant = await createTenant();
  const text = (path: string) =>
    source(
      `${owner}, connectorFiles: [${JSON.stringify(path)}, "other.jar"].map((file) => new pulumi.asset.FileAsset(file))`,
    );
  const project = await projectOf(tenant, text("./driver.jar"));
  const uploads = () => writes(tenant).filter(({ operationId }) => operationId === "importConnectorFile").length;
  const quiet = async (path: string) => {
    project.setProgram(program(text(path)));
    expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
  };
  project.write("driver.jar", "one");
  project.write("other.jar", "another");
  await project.up();
  expect(uploads()).toBe(2);
  await quiet("./driver.jar");
  project.write("lib/driver.jar", "one");
  await quiet("lib/driver.jar");
  await quiet(join(project.folder, "lib/driver.jar"));
  tenant.admin.set({ behaviours: { connectorFileNames: "folder" } });
  writeFileSync(join(project.folder, "lib/driver.jar"), "two");
  expect((await project.preview()).counts).toEqual({ update: 1 });
  await project.up();
  expect(uploads()).toBe(3);
  await quiet("lib/driver.jar");
});
