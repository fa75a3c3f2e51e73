import * as pulumi from "@pulumi/pulumi";
import {
  Aggregation,
  CorrelationConfig,
  ProvisioningPolicy,
  Schedule,
  Schema,
  Source,
  type SourceArgs,
  Tenant,
  schemaAttributesFromCsv,
} from "pulumi-sailpoint";

/**
 * What a program may write. The compiler holds this file (`npm run types`): good programs compile, each mistake under
 * @ts-expect-error does not, and outputs have types. The good programs are also run, with Pulumi's own mocks.
 */

interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  provider: string | undefined;
}
const registered: Registered[] = [];

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: (resource) => {
      const { type, name, provider } = resource;
      const inputs = resource.inputs as Record<string, unknown>;
      registered.push({ type, name, inputs, provider });
      return { id: `id-of-${name}`, state: { ...inputs, sourceId: `id-of-${name}` } };
    },
    call: ({ inputs }) => inputs as Record<string, unknown>,
  });
});
beforeEach(() => {
  registered.length = 0;
});

const owner = { alias: "slpt.services" };

/** A secret as Pulumi sends it. On the way to the mocks, what holds a secret becomes one as a whole. */
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** Waits until all that was declared is registered, and returns what of it is not an engine's own. */
async function inputsOf(name: string): Promise<Record<string, unknown>> {
  await pulumi.runtime.disconnect();
  const found = registered.find((resource) => resource.name === name);
  if (!found) throw new Error(`${name} was not registered; there are: ${registered.map((r) => r.name).join(", ")}`);
  return found.inputs;
}

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

function everySourceInput(config: pulumi.Config): Source {
  return new Source("everything", {
    name: pulumi.output("Everything"),
    description: Promise.resolve("with inputs of every kind, known now or later"),
    owner: { name: pulumi.output("Amelia Chen") },
    cluster: pulumi.output({ name: "sp_connect_proxy_cluster" }),
    connector: "jdbc",
    connectorClass: "sailpoint.connector.JDBCConnector",
    connectionType: "direct",
    provisionAsCsv: false,
    features: ["PROVISIONING", pulumi.output("SEARCH")],
    deleteThreshold: pulumi.output(10),
    connectorAttributes: {
      "a.b": true,
      nested: { list: [1, pulumi.output("two"), { three: Promise.resolve(3) }], none: null, absent: undefined },
      password: config.getSecret("password") ?? "plain",
    },
    managementWorkgroup: { id: "1" },
    accountCorrelationRule: { name: "a" },
    managerCorrelationRule: { name: "b" },
    beforeProvisioningRule: undefined,
    managerCorrelationMapping: { accountAttributeName: "manager", identityAttributeName: pulumi.output("uid") },
    passwordPolicies: [{ name: "Default" }, pulumi.output({ id: "2" })],
    credentialProviderEnabled: false,
    category: undefined,
    connectorFiles: [new pulumi.asset.FileAsset("driver.jar")],
    adopt: true,
  });
}

function children(source: Source): Schema {
  const group = new Schema("group", { source, name: "group" });
  const account = new Schema("account", {
    source,
    name: "account",
    configuration: { a: { b: pulumi.output(1) } },
    attributes: [
      ...schemaAttributesFromCsv("id,name", { attributes: { id: { type: "LONG", description: pulumi.output("x") } } }),
      { name: "groups", type: "STRING", isMulti: true, isEntitlement: true, isGroup: true, schema: group },
      { name: "roles", type: "STRING", isEntitlement: true, isGroup: true, schema: { name: "role" } },
      pulumi.output({ name: "later", type: "DATE" as const }),
    ],
  });
  new ProvisioningPolicy("create", {
    source,
    usageType: "CREATE",
    fields: [{ name: "id", type: "string", isRequired: true, transform: { type: "static", attributes: { value: 1 } } }],
  });
  printed(source);
  new ProvisioningPolicy("new-type", { source: "2c91", usageType: "A_TYPE_OF_THE_FUTURE" });
  new Schedule("nightly", { source: source.sourceId, type: "ACCOUNT_AGGREGATION", cronExpression: "0 0 3 * * ?" });
  new CorrelationConfig("correlation", { source, attributeAssignments: [{ property: "email", value: "mail" }] });
  new Aggregation("load", { source, csv: new pulumi.asset.StringAsset("id,name") });
  return account;
}

test("an id, which Pulumi would leave out without a word, is refused with the way to read what is there", () => {
  const args = { name: "HR", owner, connector: "jdbc", id: "2c91" } as unknown as SourceArgs;
  expect(() => new Source("hr", args)).toThrow(
    'Source "hr": id cannot be set, the tenant decides it. To read one that is there, use Source.get(name, id)',
  );
});

/** What tenants print, as it is. */
function printed(source: Source): void {
  new Schema("managed", {
    source,
    name: "managed",
    attributes: [{ name: "a", type: "STRING", isManaged: true, nativeName: null }],
  });
  const fields = [{ name: "a", type: "", transform: null } as const, { name: "b", type: null }];
  new ProvisioningPolicy("blank", { source, usageType: "ENABLE", fields });
  new CorrelationConfig("none", { source, attributeAssignments: null });
  const assignment = { property: "email", value: "mail", matchMode: null, operationMatchMode: "WHOLE" };
  new CorrelationConfig("mode", { source, attributeAssignments: [assignment] });
}

/** Never called: each of these is refused by the compiler. */
export function mistakes(source: Source): unknown[] {
  // @ts-expect-error: owner is missing
  new Source("x", { name: "x", connector: "jdbc" });
  // @ts-expect-error: no such input
  new Source("x", { name: "x", owner, connector: "jdbc", conector: "jdbc" });
  // @ts-expect-error: an output
  new Source("x", { name: "x", owner, connector: "jdbc", authoritative: true });
  // @ts-expect-error: by one key only
  new Source("x", { name: "x", owner: { alias: "a", name: "b" }, connector: "jdbc" });
  // @ts-expect-error: a cluster has no alias
  new Source("x", { name: "x", owner, connector: "jdbc", cluster: { alias: "a" } });
  // @ts-expect-error: an owner is named by an object
  new Source("x", { name: "x", owner: "slpt.services", connector: "jdbc" });
  // @ts-expect-error: a number
  new Source("x", { name: "x", owner, connector: "jdbc", deleteThreshold: "10" });
  // @ts-expect-error: JSON has no functions
  new Source("x", { name: "x", owner, connector: "jdbc", connectorAttributes: { a: { b: () => 1 } } });
  // @ts-expect-error: the tenant keeps files by their names
  new Source("x", { name: "x", owner, connector: "jdbc", connectorFiles: ["driver.jar"] });
  // @ts-expect-error: rows of CSV are an asset
  new Aggregation("x", { source, csv: "people.csv" });
  // @ts-expect-error: no such type
  new Schema("x", { source, name: "account", attributes: [{ name: "a", type: "TEXT" }] });
  // @ts-expect-error: type is missing
  new Schema("x", { source, name: "account", attributes: [{ name: "a" }] });
  // @ts-expect-error: the older name of isMulti
  new Schema("x", { source, name: "account", attributes: [{ name: "a", type: "STRING", isMultiValued: true }] });
  // @ts-expect-error: source is missing
  new Schema("x", { name: "account" });
  // @ts-expect-error: no such type of a field
  new ProvisioningPolicy("x", { source, usageType: "CREATE", fields: [{ name: "a", type: "STRING" }] });
  // @ts-expect-error: no such type of a schedule
  new Schedule("x", { source, type: "AGGREGATION", cronExpression: "0 0 3 * * ?" });
  // @ts-expect-error: property is missing
  new CorrelationConfig("x", { source, attributeAssignments: [{ value: "mail" }] });
  // @ts-expect-error: clientId is missing
  new Tenant("x", { baseUrl: "https://acme.api.identitynow.com" });
  // @ts-expect-error: a Schema is no source
  new Schema("x", { source: new Schema("y", { source, name: "group" }), name: "account" });
  // @ts-expect-error: a column is what the CSV calls it
  schemaAttributesFromCsv("id,name", { attributes: { id: { name: "other" } } });
  // @ts-expect-error: outputs are not written
  source.name = pulumi.output("x");
  // @ts-expect-error: the type of an output
  const id: pulumi.Output<number> = source.sourceId;
  // @ts-expect-error: an output is no plain value
  const name: string = source.name;
  return [id, name];
}

/** Outputs have the types of what they are. */
export function outputs(source: Source, schema: Schema, load: Aggregation): unknown[] {
  const name: pulumi.Output<string> = source.name;
  const description: pulumi.Output<string | undefined> = source.description;
  const account: pulumi.Output<string | undefined> = source.schemas.apply((ids) => ids["account"]);
  const authoritative: pulumi.Output<boolean> = source.authoritative;
  const tenant: pulumi.Output<string> = source.tenant;
  const attribute: pulumi.Output<string | undefined> = schema.attributes.apply((all) => all?.[0]?.name);
  const created: pulumi.Output<number | undefined> = load.counts.apply((counts) => counts["created"]);
  return [name, description, account, authoritative, tenant, attribute, created];
}

test("a source is registered with every input, under the type and the handler that stand in every state", async () => {
  everySourceInput(new pulumi.Config());
  const inputs = await inputsOf("everything");
  expect(registered.map(({ type }) => type)).toContain("pulumi-nodejs:dynamic/sailpoint:Source");
  expect(inputs).toMatchObject({
    __provider: 'exports.handler = () => require("pulumi-sailpoint/dynamic").source;',
    name: "Everything",
    description: "with inputs of every kind, known now or later",
    owner: { name: "Amelia Chen" },
    features: ["PROVISIONING", "SEARCH"],
    connectorAttributes: secret({
      "a.b": true,
      nested: { list: [1, "two", { three: 3 }], none: null },
      password: "plain",
    }),
    passwordPolicies: [{ name: "Default" }, { id: "2" }],
  });
});

test("what a program leaves out is not sent, and undefined to whoever asks", async () => {
  const source = new Source("sparse", { name: "Sparse", owner, connector: "jdbc", description: undefined });
  expect(Object.keys(await inputsOf("sparse")).sort()).toEqual(["__provider", "connector", "name", "owner"]);
  expect(await valueOf(source.description)).toBeUndefined();
  expect(await valueOf(source.connectorAttributes)).toBeUndefined();
  expect(await valueOf(source.sourceId)).toBe("id-of-sparse");
  expect(await valueOf(source.authoritative)).toBe(false);
});

test("what hangs on a source is registered with its id, and a Schema in the place of a name with its name", async () => {
  const source = new Source("parent", { name: "Parent", owner, connector: "jdbc" });
  children(source);
  const account = await inputsOf("account");
  expect(account).toMatchObject({
    source: "id-of-parent",
    attributes: [
      { name: "id", type: "LONG", description: "x" },
      { name: "name", type: "STRING" },
      { name: "groups", schema: { name: "group" } },
      { name: "roles", schema: { name: "role" } },
      { name: "later", type: "DATE" },
    ],
  });
  for (const name of ["group", "create", "nightly", "correlation", "load"]) {
    expect(await inputsOf(name)).toMatchObject({ source: "id-of-parent" });
  }
  expect(await inputsOf("new-type")).toMatchObject({ source: "2c91", usageType: "A_TYPE_OF_THE_FUTURE" });
});

test("what hangs on a source goes to the source's tenant, unless it is told otherwise", async () => {
  const client = { clientId: "id", clientSecret: "secret" };
  const eu = new Tenant("eu", { baseUrl: "https://acme-eu.api.identitynow.com", ...client });
  const source = new Source("eu-source", { name: "x", owner, connector: "jdbc" }, { provider: eu });
  new Schema("eu-account", { source, name: "account" });
  await inputsOf("eu-account");
  const providers = ["eu-source", "eu-account"].map((name) => registered.find((r) => r.name === name)?.provider);
  expect(providers[0]).toContain("::eu::");
  expect(providers[1]).toBe(providers[0]);
});

test("a tenant's settings are sent as texts under the provider's keys, its name among them", async () => {
  new Tenant("us-1", {
    baseUrl: "https://acme.api.identitynow.com",
    clientId: "id",
    clientSecret: "s",
    readOnly: true,
  });
  expect(await inputsOf("us-1")).toEqual({
    "sailpoint:baseUrl": "https://acme.api.identitynow.com",
    "sailpoint:clientId": "id",
    "sailpoint:clientSecret": secret("s"),
    "sailpoint:readOnly": "true",
    "sailpoint:tenantName": "us-1",
  });
});
