import type { RunningTenant } from "sailpoint-simulator";
import { createClient } from "pulumi-sailpoint/api";
import { comparison, isOther } from "../../../provider/src/inventory/comparison";
import { readTenant } from "../../../provider/src/inventory/reading";
import { stackInventory } from "../../../provider/src/inventory/stack";
import { sessionOf } from "../../../provider/src/tenant/session";
import { type Project, createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { subtypesOf } from "../lifecycle/kinds/provisioning-policy";
import { clientOf, existingSource } from "../lifecycle/tenants";

/** The forms of the API, as a stack meets them: what only one of them has, one that ends, and one that is not there. */

let tenant: RunningTenant;
let source: string;

beforeEach(async () => {
  tenant = await createTenant();
  source = await existingSource(clientOf(tenant), "Existing");
  for (const subtype of subtypesOf(source)) tenant.admin.put(`/source-subtypes/${String(subtype["id"])}`, subtype);
});

const projectIn = (apiVersion: string, program: string, { yaml, refresh }: Door = doors.stock): Promise<Project> =>
  createProject({
    program,
    yaml,
    refresh,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
    config: { "sailpoint:apiVersion": apiVersion },
  });

const machineAccounts = (description: string) => `
const { ProvisioningPolicy } = require("pulumi-sailpoint");
for (const [name, description] of [["robot", "${description}"], ["Service accounts", "for services"]])
  new ProvisioningPolicy(name.toLowerCase().replace(" ", "-"), {
    source: "${source}", usageType: "CREATE_MACHINE_ACCOUNT", subtype: { name }, description,
  });
`;

type Policies = Record<string, { description?: string }>;
const descriptions = () =>
  Object.entries(tenant.admin.state()["provisioning-policies"]?.[source] as Policies)
    .filter(([key]) => key !== "CREATE")
    .map(([key, { description }]) => `${key.replace(`-${source}`, "")}: ${description ?? ""}`)
    .sort();
const robot = (text: string) => [
  `CREATE_MACHINE_ACCOUNT:robot: ${text}`,
  "CREATE_MACHINE_ACCOUNT:service: for services",
];

/** What `compare` tells of the stack and the tenant. */
async function differences(project: Project): Promise<unknown> {
  const client = createClient({ ...tenant, apiVersion: "services", rateLimit: false });
  const report = { info: () => undefined, warn: () => undefined, status: () => undefined };
  try {
    const session = await sessionOf(client, 0, { report, signal: undefined });
    const { stdout } = await project.command(["stack", "export"]);
    const stack = await stackInventory(JSON.parse(stdout), "the stack", () => "Existing");
    return comparison(stack, await readTenant(session)).sources.filter(isOther);
  } finally {
    client.close();
  }
}

test("policies of machine accounts for two subtypes of a source live side by side", async () => {
  const project = await projectIn("services", machineAccounts("for robots"), doors.host);
  expect((await project.up()).counts).toEqual({ create: 2 });
  expect(descriptions()).toEqual(robot("for robots"));

  // One is declared by its subtype's technical name, one as people see it.
  expect(await differences(project)).toEqual([]);

  const path = `/sources/${source}/provisioning-policies/CREATE_MACHINE_ACCOUNT:robot-${source}`;
  tenant.admin.edit(path, [{ op: "replace", path: "/description", value: "by hand" }]);
  const drift = await project.preview();
  expect(drift.changed.map(({ name, changes }) => [name, changes])).toEqual([
    ["robot", [{ path: "description", old: "by hand", new: "for robots" }]],
  ]);
  project.setProgram(machineAccounts("changed"));
  expect((await project.up()).counts).toEqual({ update: 1 });
  expect(descriptions()).toEqual(robot("changed"));

  // No other form has them: one clear error, and nothing is lost.
  await project.setConfig({ "sailpoint:apiVersion": "v2025" });
  const elsewhere = await project.preview({ flags: ["--run-program"], expect: "failure" });
  await project.setConfig({ "sailpoint:apiVersion": "services" });
  const told = elsewhere.errors.filter((error) => error.includes("set sailpoint:apiVersion to services"));
  expect(told).toHaveLength(1);
  expect(descriptions()).toEqual(robot("changed"));

  const imported = await project.command(
    [
      "import",
      "pulumi-nodejs:dynamic/sailpoint:ProvisioningPolicy",
      "which",
      `${source}/CREATE_MACHINE_ACCOUNT`,
      "--yes",
    ],
    { expect: "failure" },
  );
  expect(imported.output).toContain(`SOURCE_ID/CREATE_MACHINE_ACCOUNT/SUBTYPE_ID`);
  expect((await project.destroy()).counts).toEqual({ delete: 2 });
  expect(descriptions()).toEqual([]);
});

const feed = `
const { Source, Schema, ProvisioningPolicy } = require("pulumi-sailpoint");
const source = new Source("feed", { name: "Feed", owner: { alias: "slpt.services" }, connector: "jdbc" });
new Schema("account", { source, name: "account" });
new ProvisioningPolicy("create", { source, usageType: "CREATE" });
`;

test("that a version is deprecated is told once in a command, with what to do", async () => {
  tenant.admin.set({ behaviours: { deprecated: "v2025" } });
  // A function asks from the program's process, a resource from the provider's.
  const asking = `require("pulumi-sailpoint").getSource({ name: "Existing" });`;
  const project = await projectIn("v2025", `${feed}${asking}`);
  const told = ({ output }: { output: string }) => new Set(output.match(/of the API deprecated \([^)]*\): .*/g));
  for (const outcome of [await project.up(), await project.preview(), await project.refresh()]) {
    expect([...told(outcome)]).toEqual([expect.stringContaining("Set sailpoint:apiVersion to services")]);
  }
});

test("a form that the tenant does not know, or no longer, is one clear error that names the setting", async () => {
  const project = await projectIn("services", feed);
  tenant.admin.set({ behaviours: { services: false } });
  const unknown = /does not know the version "services" of the API.*Set sailpoint:apiVersion to one that it knows/s;
  const refused = await project.up({ expect: "failure" });
  expect(refused.errors.filter((error) => unknown.test(error))).toHaveLength(1);
  expect(await project.resources()).toEqual([]);

  tenant.admin.set({ behaviours: { services: true } });
  await project.up();
  tenant.admin.set({ behaviours: { services: false } });
  await project.setConfig({ "sailpoint:apiVersion": "v2025" });
  // A refresh runs with the settings of the state, and they win until an update could write others.
  const stuck = await project.preview({ expect: "failure" });
  expect(stuck.errors.filter((error) => unknown.test(error) && error.includes("--run-program"))).toHaveLength(1);
  expect((await project.up({ flags: ["--run-program"] })).counts).toEqual({});
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
});
