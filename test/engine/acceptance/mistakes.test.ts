import type { RunningTenant } from "sailpoint-simulator";
import { type Outcome, type Project, createProject, createTenant } from "../harness";

/**
 * What a user sees of mistakes, in the terminal. The engine stops at the first resource with mistakes, so each program
 * here has one; every mistake that the kinds know is in test/unit/kinds.
 */
const program = (resource: string) => `
const { Source, Schema, ProvisioningPolicy, Schedule } = require("pulumi-sailpoint");
${resource}`;

let tenant: RunningTenant;
let project: Project;
beforeAll(async () => {
  tenant = await createTenant();
  project = await createProject({ program: "", env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" } });
});

/** The reasons that a preview gives for a resource, each on a line of its own and nothing else. */
async function reasonsFor(type: string, resource: string, env: Record<string, string> = {}): Promise<string[]> {
  project.setProgram(program(resource));
  const preview = await project.preview({ expect: "failure", env });
  expectNoStack(preview);
  const prefix = `pulumi-nodejs:dynamic/sailpoint:${type} resource 'it' has a problem: `;
  return preview.errors.map((error) => {
    expect(error.startsWith(prefix)).toBe(true);
    return error.slice(prefix.length);
  });
}

function expectNoStack({ output }: Outcome): void {
  expect(output).not.toMatch(/^\s+at .*[:)]\d+/m);
  expect(output).not.toMatch(/node_modules|dist\//);
}

test("all mistakes of a source are told together, each with its path and its remedy, and no secret's value", async () => {
  const reasons = await reasonsFor(
    "Source",
    `new Source("it", {
      name: "x".repeat(129), conector: "typo", connector: "delimited-file", authoritative: true,
      cluster: { id: "1", name: "2" },
      connectorAttributes: { nested: { f() {} }, n: NaN, password: ["hidden-one", () => "hidden-two"] },
    });`,
  );
  expect(reasons.toSorted()).toEqual([
    "authoritative: cannot be set: a source becomes authoritative when an identity profile uses it; set it up there",
    "cluster: names the cluster by name and id: give exactly one of { name } or { id }, so that they cannot contradict",
    'conector: is no input of a Source; the nearest is "connector"',
    "connectorAttributes.n: is NaN, which no tenant can store: give JSON",
    "connectorAttributes.nested.f: is a function, which no tenant can store: give JSON",
    "connectorAttributes.password[1]: is a function, which no tenant can store: give JSON",
    "name: is longer than the 128 characters that a source's name may have",
    "owner: is missing: give owner as { alias } or { name } or { id }",
  ]);
  expect(project.find(["hidden-one", "hidden-two"], { except: ["index.js"] })).toEqual([]);
});

test("all mistakes of a schema are told together", async () => {
  const reasons = await reasonsFor(
    "Schema",
    `new Schema("it", { source: "2c91", name: "account", attributes: [
      { name: "a", type: "TEXT" }, { name: "b", type: "STRING", isGroup: true }, { name: "a", type: "STRING" },
    ] });`,
  );
  expect(reasons.toSorted()).toEqual([
    'attributes[0].type: "TEXT" is no schema attribute type: use one of STRING, LONG, INT, BOOLEAN, DATE',
    "attributes[1].isGroup: needs isEntitlement: true beside it",
    "attributes[1].schema: is missing: an attribute with isGroup refers to the schema of its groups, { name } or a Schema",
    'attributes[2].name: "a" is declared twice',
  ]);
});

test("a policy's mistake is told, and an unknown usage type is a warning", async () => {
  const reasons = await reasonsFor(
    "ProvisioningPolicy",
    `new ProvisioningPolicy("it", { source: "2c91", usageType: "ENABLE", fields: [{ name: "a", isRequired: true }] });`,
  );
  expect(reasons).toEqual([
    "fields[0].isRequired: has no effect for ENABLE: the tenant keeps it for CREATE only and drops it here. Leave it out",
  ]);
  // Whether it is kept there depends on what is meant.
  const misspelt = `new ProvisioningPolicy("it", { source: "2c91", usageType: "ENABEL", fields: [{ name: "a", isRequired: true }] });`;
  project.setProgram(program(misspelt));
  const { output } = await project.preview();
  expect(output).toContain(
    'warning: ProvisioningPolicy ENABEL: usageType "ENABEL" is not documented; it is sent as it is. ' +
      "The nearest that is: ENABLE",
  );
});

test("cron of five fields is given its corrected form, and v3 has no schedules", async () => {
  project.setProgram("");
  await project.setConfig({ "sailpoint:apiVersion": "v3" });
  const reasons = await reasonsFor(
    "Schedule",
    `new Schedule("it", { source: "2c91", type: "ACCOUNT_AGGREGATION", cronExpression: "30 3 * * 1-5" });`,
  );
  await project.setConfig({ "sailpoint:apiVersion": "v2025" });
  expect(reasons).toEqual([
    expect.stringMatching(
      /^version v3 of the API has no createSourceSchedule, which a Schedule needs: set sailpoint:apiVersion to v2024/,
    ),
    'cronExpression: has five fields, as cron of Unix has; Quartz wants six or seven: "0 30 3 ? * 2-6"',
  ]);
});

test("missing configuration is told whole, with both ways to set it; a wrong base URL with the right one", async () => {
  const source = `new Source("it", { name: "It", owner: { alias: "slpt.services" }, connector: "jdbc" });`;
  const none = { SAIL_BASE_URL: "", SAIL_CLIENT_ID: "", SAIL_CLIENT_SECRET: "" };
  expect(await reasonsFor("Source", source, none)).toEqual([
    "sailpoint:baseUrl is missing: set it with `pulumi config set sailpoint:baseUrl https://TENANT.api.identitynow.com` " +
      "or the environment's SAIL_BASE_URL",
    "sailpoint:clientId is missing: set it with `pulumi config set sailpoint:clientId ID` or the environment's SAIL_CLIENT_ID",
    "sailpoint:clientSecret is missing: set it with `pulumi config set --secret sailpoint:clientSecret` " +
      "or the environment's SAIL_CLIENT_SECRET",
  ]);
  expect(await reasonsFor("Source", source, { SAIL_BASE_URL: "https://acme.identitynow.com" })).toEqual([
    'SAIL_BASE_URL: The base URL "https://acme.identitynow.com" is the address of the tenant\'s pages, not of its ' +
      "API. Use https://acme.api.identitynow.com.",
  ]);
});

test("of what is wrong nothing is asked, and nothing at all is written", () => {
  // Where nothing is wrong, a preview looks for what a creation would take over.
  const asked = tenant.requests().map(({ method, operationId }) => `${method} ${String(operationId)}`);
  expect(asked).toEqual(["GET listProvisioningPolicies", "GET listSources"]);
});
