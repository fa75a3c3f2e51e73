import { createClient } from "pulumi-sailpoint/api";
import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";

const CONNECTORS = ["delimited-file", "active-directory", "web-services", "jdbc", "workday", "servicenow"];
const SOURCES = 20;
const ATTRIBUTES = 30;
const SECRET = "plain text that nobody may see";

/** Twenty sources of six connectors, each with a schema of thirty attributes. */
const program = ({ connector = "undefined", more = "" } = {}) => `
const { Source, Schema } = require("pulumi-sailpoint");
const connectors = ${JSON.stringify(CONNECTORS)};
const types = ["STRING", "INT", "LONG", "BOOLEAN", "DATE"];
exports.ids = Array.from({ length: ${SOURCES} }, (_, n) => {
  const name = "source-" + String(n).padStart(2, "0");
  const source = new Source(name, {
    name: "Source " + n, description: "The source number " + n, owner: { alias: "slpt.services" },
    connector: (n === 7 ? ${connector} : undefined) ?? connectors[n % connectors.length],
    ...(connectors[n % connectors.length] === "delimited-file" ? { provisionAsCsv: true } : {}),
    features: ["PROVISIONING", "ENABLE", "SEARCH", "PASSWORD"],
    deleteThreshold: n,
    connectorAttributes: {
      password: process.env.TEST_SECRET, "declared.by.us": "value " + n, "with/slash~tilde": 1.5, nested: { deep: { list: [1, { two: 2 }] } },
    },
    ...(n === 7 ? { ${more} } : {}),
  });
  new Schema(name + "-account", {
    source, name: "account", nativeObjectType: "Person", identityAttribute: "attribute-0", displayAttribute: "attribute-1",
    attributes: Array.from({ length: ${ATTRIBUTES} }, (_, i) => ({
      name: "attribute-" + i, type: types[i % 5], description: "The attribute number " + i, isMulti: i % 3 === 0, isEntitlement: i % 7 === 0,
    })),
  });
  return source.sourceId;
});
`;

let tenant: RunningTenant;
let project: Project;
let ids: string[];
beforeAll(async () => {
  tenant = await createTenant({ shuffle: true });
  const env = { ...tenant.env, SAIL_SETTLE_SECONDS: "0", TEST_SECRET: SECRET };
  // Without `refresh: always`, so that both kinds of preview are seen.
  project = await createProject({ program: program(), env, refresh: false });
  expect((await project.up()).counts).toEqual({ create: 2 * SOURCES });
  ({ ids } = (await project.outputs()) as { ids: string[] });
});

const refreshing = { flags: ["--refresh", "--run-program", "--expect-no-changes"] };
const writes = () => tenant.requests().filter(({ method }) => method !== "GET");

test("the tenant returns attributes in another order than they were declared", async () => {
  const { SAIL_BASE_URL: baseUrl, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret } = tenant.env;
  const client = createClient({ baseUrl, clientId, clientSecret });
  const [schema] = await client.call("getSourceSchemas", { sourceId: String(ids[0]), "include-names": "account" });
  const numbers = (schema?.attributes ?? []).flatMap(({ name }) => /^attribute-(\d+)$/.exec(name)?.[1] ?? []);
  expect(numbers).toHaveLength(ATTRIBUTES);
  expect(numbers).not.toEqual(numbers.toSorted((a, b) => Number(a) - Number(b)));
  client.close();
});

test("a preview after up has nothing to do, with a refresh too, and after every source aggregated", async () => {
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
  const refreshed = await project.preview(refreshing);
  expect([refreshed.changed, refreshed.drift]).toEqual([[], []]);

  for (const id of ids) tenant.admin.aggregate(id);
  const aggregated = await project.preview(refreshing);
  expect([aggregated.changed, aggregated.drift]).toEqual([[], []]);
});

test("a changed attribute shows as just its key, and one PATCH of that key repairs it; what others added stays", async () => {
  const live = `/sources/${String(ids[3])}`;
  tenant.admin.edit(live, [
    { op: "replace", path: "/connectorAttributes/declared.by.us", value: "theirs" },
    { op: "add", path: "/connectorAttributes/added.by.others", value: "stays" },
  ]);
  tenant.admin.edit(`/sources/${String(ids[4])}`, [{ op: "add", path: "/connectorAttributes/more", value: { a: 1 } }]);
  const preview = await project.preview({ flags: ["--refresh", "--run-program"] });
  expect(preview.changed.map(({ name }) => name)).toEqual(["source-03"]);
  expect(preview.step("source-03").changes).toEqual([
    { path: 'connectorAttributes["declared.by.us"]', old: "theirs", new: "value 3" },
  ]);
  expect(preview.stdout).toMatch(/~ declared\.by\.us\s*: "theirs" => "value 3"/);
  expect(preview.output).not.toContain("added.by.others");

  tenant.clearRequests();
  expect((await project.up({ flags: ["--refresh"] })).counts).toEqual({ update: 1 });
  expect(writes().map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    {
      method: "PATCH",
      path: expect.stringContaining(live) as string,
      body: [{ op: "replace", path: "/connectorAttributes/declared.by.us", value: "value 3" }],
    },
  ]);
  const sources = tenant.admin.state()["sources"] as Record<string, { connectorAttributes: object }>;
  expect(sources[String(ids[3])]?.connectorAttributes).toMatchObject({ "added.by.others": "stays" });
});

test("another connector replaces the source, and the preview says so", async () => {
  project.setProgram(program({ connector: '"azure-ad"' }));
  const preview = await project.preview();
  expect(preview.step("source-07", "replace").replaceKeys).toEqual(["connector"]);
  expect(preview.stdout).toMatch(/~ connector\s*: "active-directory" => "azure-ad"/);
});

test("an output that is set in the program is an error of the preview, with its field and the reason", async () => {
  project.setProgram(program({ more: "authoritative: true" }));
  const preview = await project.preview({ expect: "failure" });
  expect(preview.errors).toEqual([
    expect.stringMatching(
      /'source-07' has a problem: authoritative: cannot be set: a source becomes authoritative when/,
    ),
  ]);
});

test("the secret stands in plain text nowhere", () => {
  expect(project.find([SECRET])).toEqual([]);
  expect(writes().length).toBeGreaterThan(0);
});
