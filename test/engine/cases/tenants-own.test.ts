import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { clientOf, existingSource, sourceNamed, stored, writes } from "../lifecycle/tenants";

/**
 * What the tenant prints can be declared as it prints it: keys that it owns are neither compared nor written, keys that no
 * document names are carried, blanks are nothing, and what was there before the program stays when the program goes.
 */
type Json = Record<string, unknown>;

let tenant: RunningTenant;
let project: Project;
let source: Json;
const idOf = (name: string) => sourceNamed(tenant.admin.state(), name);
const at = (name: string, part = "") => stored(tenant.admin.state(), `/sources/${idOf(name)}${part}`) ?? {};
const attributes = (name: string) => at(name)["connectorAttributes"] as Json;

/** The source "Copied" as the tenant's own pages show it, declared word for word. */
const copied = (more: string) => `
const sailpoint = require("pulumi-sailpoint");
const shown = require("./shown.json");
const owner = { alias: "support" };
const copied = new sailpoint.Source("copied", { name: "Copied", owner, connector: "active-directory", adopt: true,
  description: process.env.WORD, connectorAttributes: { ...shown.attributes, ...(process.env.OWN ? { ours: process.env.OWN } : {}) } });
${more}
`;
const hanging = `
new sailpoint.Schema("account", { source: copied, name: "account", attributes: shown.schema });
new sailpoint.ProvisioningPolicy("create", { source: copied, usageType: "CREATE", fields: shown.fields });
new sailpoint.CorrelationConfig("correlation", { source: copied, attributeAssignments: shown.assignments });
`;

const quiet = async (env: Record<string, string> = {}) => {
  expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
};

beforeAll(async () => {
  tenant = await createTenant({ behaviours: { managedAttributes: true, blankFieldType: "kept" } });
  const id = await existingSource(clientOf(tenant), "Copied");
  tenant.admin.put(`/sources/${id}/correlation-config/`, {
    attributeAssignments: [
      {
        property: "email",
        value: "mail",
        operation: "EQ",
        complex: false,
        ignoreCase: false,
        matchMode: null,
        filterString: "",
        operationMatchMode: "WHOLE",
      },
    ],
  });
  tenant.admin.edit(`/sources/${id}/provisioning-policies/CREATE`, [
    { op: "add", path: "/fields/0/type", value: "" },
    { op: "add", path: "/fields/1/type", value: null },
    { op: "add", path: "/fields/1/note", value: { of: "nobody's document" } },
  ]);
  source = at("Copied");
  const client = clientOf(tenant);
  const schemas = await client.call("getSourceSchemas", { sourceId: id });
  const policy = await client.call("getProvisioningPolicy", { sourceId: id, usageType: "CREATE" });
  const correlation = await client.call("getCorrelationConfig", { id });
  const account = schemas.find(({ name }) => name === "account");
  project = await createProject({
    program: copied(hanging),
    files: {
      "shown.json": JSON.stringify({
        attributes: source["connectorAttributes"],
        // References are by name or by id.
        schema: account?.attributes?.map(({ schema, ...attribute }) => ({
          ...attribute,
          ...(schema ? { schema: { name: schema.name } } : {}),
        })),
        fields: policy.fields,
        assignments: correlation.attributeAssignments,
      }),
    },
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
  tenant.clearRequests();
});

test("a whole set that was copied is taken over without a write, with a warning of what the tenant owns", async () => {
  const up = await project.up();
  expect(writes(tenant)).toEqual([]);
  expect(up.output).toMatch(/connectorAttributes\.(healthy|since|cloudDisplayName).*the tenant sets/s);
  await quiet();
});

test("an aggregation moves the tenant's keys, and neither it nor another change makes drift of them", async () => {
  tenant.admin.aggregate(idOf("Copied"));
  await quiet();
  tenant.clearRequests();
  await project.up({ env: { WORD: "changed", OWN: "1" } });
  expect(writes(tenant).map(({ method, body }) => [method, (body as Json[]).map(({ path }) => path)])).toEqual([
    ["PATCH", ["/description", "/connectorAttributes/ours"]],
  ]);
  await quiet({ WORD: "changed", OWN: "1" });
});

test("our own key goes with its line; those of the tenant, and those that were there, stay when all lines go", async () => {
  tenant.clearRequests();
  await project.up({ env: { WORD: "changed" } });
  expect(writes(tenant).map(({ body }) => body)).toEqual([[{ op: "remove", path: "/connectorAttributes/ours" }]]);
  const before = attributes("Copied");
  project.write(
    "shown.json",
    project.read("shown.json").replace(/"attributes":\{.*?\},"schema"/s, '"attributes":{},"schema"'),
  );
  const preview = await project.preview({ env: { WORD: "changed" } });
  expect(preview.output).toContain("was there before the program, stays as it is on the tenant");
  await project.up({ env: { WORD: "changed" } });
  expect(attributes("Copied")).toEqual(before);
  await quiet({ WORD: "changed" });
});

test("a key that is declared later with the value that it has is not taken away with its line", async () => {
  tenant.admin.edit(`/sources/${idOf("Copied")}`, [
    { op: "add", path: "/connectorAttributes/timeoutInSeconds", value: 60 },
  ]);
  const shown = JSON.parse(project.read("shown.json")) as Json;
  project.write("shown.json", JSON.stringify({ ...shown, attributes: { timeoutInSeconds: 60 } }));
  await project.up({ env: { WORD: "changed" } });
  project.write("shown.json", JSON.stringify(shown));
  await project.up({ env: { WORD: "changed" } });
  expect(attributes("Copied")["timeoutInSeconds"]).toBe(60);
});

test("our bookkeeping shows nowhere: not in a refresh that finds something, not in the diff of an update", async () => {
  tenant.admin.edit(`/sources/${idOf("Copied")}`, [{ op: "replace", path: "/description", value: "of others" }]);
  const env = { WORD: "changed" };
  for (const outcome of [await project.preview({ env }), await project.refresh({ env })]) {
    expect(outcome.output).not.toMatch(/record|packed|fingerprint|writtenAt/);
  }
  await project.up({ env });
});
