import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { type Client, createClient } from "pulumi-sailpoint/api";
import { Engine } from "../../engine-model/engine";
import type { Declared } from "../../engine-model/goal";
import { keepNotesApart } from "../../faults/notes";
import { settingsFor } from "../../faults/row";

beforeAll(keepNotesApart);

let tenant: RunningTenant;
let client: Client;
let engine: Engine;
const hr: Declared = {
  name: "hr",
  kind: "source",
  args: { name: "HR Feed", owner: { alias: "slpt.services" }, connector: "active-directory" },
};

beforeEach(async () => {
  tenant = await startTenant();
  client = createClient({ ...tenant, apiVersion: "services", rateLimit: false });
  engine = new Engine({ ...settingsFor(tenant), apiVersion: "services" });
  expect((await engine.up([hr])).errors).toEqual([]);
});
afterEach(async () => {
  client.close();
  await tenant.close();
});

/** A subtype of the source, as an administrator makes it. */
async function subtype(technicalName: string, displayName: string): Promise<string> {
  const response = await fetch(`${tenant.baseUrl}/source-subtypes/v1`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await token()}`,
      "content-type": "application/json",
      "x-sailpoint-experimental": "true",
    },
    body: JSON.stringify({ sourceId: engine.idOf("hr"), technicalName, displayName, description: "", type: "MACHINE" }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

async function token(): Promise<string> {
  const { clientId, clientSecret } = tenant;
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const answer = await fetch(`${tenant.baseUrl}/oauth/token`, { method: "POST", body: new URLSearchParams(form) });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const policy = (name: string, of: object, description: string): Declared => ({
  name,
  kind: "provisioningPolicy",
  args: { source: { ref: "hr" }, usageType: "CREATE_MACHINE_ACCOUNT", subtype: of, description },
});

async function policies() {
  const all = [];
  const sourceId = engine.idOf("hr");
  for await (const each of client.paginate("listProvisioningPoliciesById", { sourceId })) all.push(each);
  return all.filter(({ usageType }) => usageType === "CREATE_MACHINE_ACCOUNT");
}

test("policies of machine accounts are told apart by the subtype: made, drift shown, changed and deleted", async () => {
  const [service, robot] = [await subtype("service", "Service accounts"), await subtype("robot", "Robots")];
  const program = (description: string) => [
    hr,
    policy("services", { name: "service" }, description),
    policy("robots", { name: "Robots" }, "for robots"),
  ];
  expect((await engine.up(program("for services"))).errors).toEqual([]);
  expect(await engine.up(program("for services"))).toEqual({ steps: [], errors: [] });
  expect((await policies()).map(({ subtypeId, description }) => [subtypeId, description]).sort()).toEqual(
    [
      [service, "for services"],
      [robot, "for robots"],
    ].sort(),
  );

  const other = (await policies()).find(({ subtypeId }) => subtypeId === robot);
  const body = [{ op: "replace" as const, path: "/description", value: "by hand" }];
  await client.call("updateProvisioningPolicyById", { sourceId: engine.idOf("hr"), id: other?.id ?? "", body });
  await engine.refresh();
  expect((await engine.up(program("changed"))).steps.map(({ op, name }) => `${op} ${name}`).sort()).toEqual([
    "update robots",
    "update services",
  ]);
  expect((await policies()).map(({ description }) => description).sort()).toEqual(["changed", "for robots"]);

  expect((await engine.up([hr, policy("robots", { name: "Robots" }, "for robots")])).errors).toEqual([]);
  expect((await policies()).map(({ subtypeId }) => subtypeId)).toEqual([robot]);
});

test("a subtype that the source does not have is told with the nearest name", async () => {
  await subtype("service", "Service accounts");
  const { errors } = await engine.up([hr, policy("services", { name: "servise" }, "x")]);
  expect(errors.join()).toContain(
    'the tenant has no subtype of the source with name "servise"; the nearest is "service"',
  );
});

test("a form of the API without subtypes is told in preview", async () => {
  await subtype("service", "Service accounts");
  const annual = new Engine(settingsFor(tenant));
  const { errors } = await annual.up([
    { ...hr, args: { ...hr.args, adopt: true } },
    policy("services", { name: "service" }, "x"),
  ]);
  expect(errors.join()).toContain("set sailpoint:apiVersion to services");
});

test("a policy that is listed but has no path by its usage type is no deleted one, and is written by its id", async () => {
  const program = (description: string): Declared[] => [
    hr,
    {
      name: "disable",
      kind: "provisioningPolicy",
      args: { source: { ref: "hr" }, usageType: "DISABLE", description },
    },
  ];
  expect((await engine.up(program("first"))).errors).toEqual([]);
  tenant.admin.set({ behaviours: { policiesWithoutPath: "DISABLE" } });
  expect(await engine.up(program("first"))).toEqual({ steps: [], errors: [] });
  expect(await engine.up(program("second"))).toEqual({ steps: [{ op: "update", name: "disable" }], errors: [] });

  const annual = new Engine(settingsFor(tenant));
  const refused = await annual.up([{ ...hr, args: { ...hr.args, adopt: true } }, ...program("third").slice(1)]);
  expect(refused.errors.join()).toContain("answers 404 where it is to be written");
  expect((await engine.up([hr])).errors).toEqual([]);
});

test("what one form of the API deployed, another has nothing to do for", async () => {
  const program: Declared[] = [
    hr,
    { name: "account", kind: "schema", args: { source: { ref: "hr" }, name: "account", displayAttribute: "cn" } },
    {
      name: "create",
      kind: "provisioningPolicy",
      args: { source: { ref: "hr" }, usageType: "CREATE", description: "x" },
    },
    {
      name: "nightly",
      kind: "schedule",
      args: { source: { ref: "hr" }, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" },
    },
    { name: "requests", kind: "entitlementRequestConfig", args: { source: { ref: "hr" }, accessRequestConfig: {} } },
  ];
  expect((await engine.up(program)).errors).toEqual([]);
  for (const apiVersion of ["v2025", "v2026", "services"]) {
    engine.extra = { apiVersion };
    expect(await engine.up(program)).toEqual({ steps: [], errors: [] });
  }
});
