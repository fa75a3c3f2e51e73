import { createProject, createTenant } from "../harness";
import { sourceNamed, stored } from "../lifecycle/tenants";

/** What hangs on a source goes to the source's tenant, however the source came to it; and waits for a tenant that lags. */
const HANGING = `
const hang = (source, name, opts) => {
  new sailpoint.Schema(name + "-group", { source, name: "team", attributes: [{ name: "id", type: "STRING" }] }, opts);
  new sailpoint.Schema(name + "-account", { source, name: "account", attributes: [{ name: "teams", type: "STRING",
    isMulti: true, isEntitlement: true, isGroup: true, schema: { name: "team" } }] }, opts);
  new sailpoint.ProvisioningPolicy(name + "-disable", { source, usageType: "DISABLE", fields: [{ name: "x", type: "string" }] }, opts);
  new sailpoint.Schedule(name + "-nightly", { source, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" }, opts);
  new sailpoint.CorrelationConfig(name + "-correlation", { source, attributeAssignments: [{ property: "email", value: "email" }] }, opts);
};`;

const program = `
const pulumi = require("@pulumi/pulumi");
const sailpoint = require("pulumi-sailpoint");
${HANGING}
const { EU_URL: baseUrl, EU_ID: clientId } = process.env;
const eu = new sailpoint.Tenant("eu", { baseUrl, clientId });
const make = (name, opts) => new sailpoint.Source(name, { name, owner: { alias: "support" }, connector: "jdbc" }, opts);

hang(make("direct", { provider: eu }), "direct");

class Feed extends pulumi.ComponentResource {
  constructor(name, opts, inside) {
    super("test:index:Feed", name, {}, opts);
    inside(this, name);
  }
}
// By a component's providers, its provider, and from outside of the component that has made the source.
new Feed("by-providers", { providers: [eu] }, (parent, name) => hang(make(name, { parent }), name, { parent }));
new Feed("by-provider", { provider: eu }, (parent, name) => hang(make(name, { parent }), name));
let made;
new Feed("outer", { providers: { "pulumi-nodejs": eu } }, (parent, name) =>
  new Feed(name + "-inner", { parent }, (inner) => { made = make("nested", { parent: inner }); }));
hang(made, "nested");
// A source as the parent of another, and of what hangs on it.
const parent = make("parent", { provider: eu });
hang(make("child", { parent }), "child", { parent });
`;
const SOURCES = ["direct", "by-providers", "by-provider", "nested", "child"];

test("the default tenant gets no request, and is not needed", async () => {
  const [eu, other] = [await createTenant({ tenant: "eu" }), await createTenant({ tenant: "us" })];
  const named = {
    EU_URL: eu.baseUrl,
    EU_ID: eu.clientId,
    SAIL_CLIENT_SECRET_EU: eu.clientSecret,
    SAIL_SETTLE_SECONDS: "0",
  };
  const project = await createProject({ program, env: named });
  await project.up();
  const stock = eu.admin.state();
  for (const name of SOURCES) {
    const at = (part: string) => stored(stock, `/sources/${sourceNamed(stock, name)}/${part}`);
    const parts = [
      "schemas/team",
      "provisioning-policies/DISABLE",
      "schedules/ACCOUNT_AGGREGATION",
      "correlation-config/",
    ];
    expect([name, parts.filter((part) => at(part) === undefined)]).toEqual([name, []]);
  }
  const env = other.env;
  expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
  await project.destroy({ env });
  expect(other.requests({ tokens: true })).toEqual([]);
});

test("on a tenant whose reads lag, the account schema finds the group schema that this up has made", async () => {
  const tenant = await createTenant({ staleReadsMs: 1500 });
  const project = await createProject({
    program: `const sailpoint = require("pulumi-sailpoint");${HANGING}
      hang(new sailpoint.Source("a", { name: "A", owner: { alias: "support" }, connector: "jdbc" }), "a");`,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "10" },
  });
  await project.up();
  const stock = tenant.admin.state();
  const account = stored(stock, `/sources/${sourceNamed(stock, "A")}/schemas/account`);
  const teams = (account?.["attributes"] as Record<string, unknown>[]).find(({ name }) => name === "teams");
  expect(teams).toMatchObject({ isGroup: true, schema: { name: "team" } });
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
});
