import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningTenant } from "sailpoint-simulator";
import { type Outcome, type Project, createProject, createTenant } from "../harness";
import { clientOf, existingSource, sourceNamed, stored, writes } from "../lifecycle/tenants";

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

describe("a preview", () => {
  test("tells of a take-over what changes, and of renaming first where a source is there already", async () => {
    const tenant = await createTenant();
    const id = await existingSource(clientOf(tenant), "A", { connector: "jdbc", deleteThreshold: 77 });
    const project = await projectOf(tenant, source(`${owner}, deleteThreshold: 10, adopt: true`));
    const preview = await project.preview();
    expect(preview.output).toContain(
      `Source "A" takes over what is there (${id}); changes: deleteThreshold: 77 on the tenant, will be 10`,
    );
    project.setProgram(program(source(owner)));
    const up = await project.up({ expect: "failure" });
    expect(errors(up).indexOf("aliases")).toBeGreaterThan(0);
    expect(errors(up).indexOf("aliases")).toBeLessThan(errors(up).indexOf("adopt: true"));
  });

  test("tells what a key that is declared anew has on the tenant, and by which path a secret is set", async () => {
    const tenant = await createTenant();
    const text = (secret: string, more = "") =>
      source(
        `${owner}, connectorAttributes: { password: "${secret}"${more} }${more === "" ? "" : ", deleteThreshold: 10"}`,
      );
    const project = await projectOf(tenant, text("first-secret"));
    await project.up();
    tenant.admin.edit(`/sources/${sourceNamed(tenant.admin.state(), "A")}`, [
      { op: "replace", path: "/deleteThreshold", value: 77 },
      { op: "add", path: "/connectorAttributes/pool", value: { size: 5 } },
    ]);
    project.setProgram(program(text("second-secret", ", pool: { size: 9 }")));
    const preview = await project.preview();
    expect(preview.output).toContain("deleteThreshold: 77 on the tenant, will be 10");
    expect(preview.output).toContain("connectorAttributes.password: will be set");
    expect(preview.output).toMatch(/connectorAttributes\.pool\.size: .*will be/);
  });
});

test("one cause is told once: the wrong tenant, and a tenant that cannot be reached", async () => {
  const [here, there] = [await createTenant({ tenant: "a" }), await createTenant({ tenant: "b" })];
  const text = `const a = ${source(owner)};
    for (const name of ["one", "two", "three"]) new sailpoint.Schema(name, { source: a, name, attributes: [] });`;
  const project = await projectOf(here, text, { SAIL_TIMEOUT_SECONDS: "3" });
  await project.up();
  const elsewhere = await project.preview({ env: there.env, expect: "failure" });
  expect(errors(elsewhere).match(/stack of its own/g)).toHaveLength(1);
  const wrong = await project.preview({ env: { SAIL_CLIENT_SECRET: "rotated-and-unknown" }, expect: "failure" });
  expect(errors(wrong).match(/SAIL_CLIENT_SECRET/g)).toHaveLength(1);
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
