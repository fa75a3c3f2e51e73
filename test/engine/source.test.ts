import { type RunningTenant, startTenant } from "sailpoint-simulator";
import { type Project, createProject } from "./harness";

const SECRET = "plain-text-of-the-hr-password";

const program = (attributes: string, more = "") => `
const { Source, Schema } = require("pulumi-sailpoint");
const hr = new Source("hr", {
  name: "HR Feed", description: "People", owner: { alias: "slpt.services" },
  connector: "delimited-file", provisionAsCsv: true, features: ["DIRECT_PERMISSIONS", "NO_RANDOM_ACCESS"],
  deleteThreshold: 10, ${more}
  connectorAttributes: { ${attributes} },
});
const account = () => new Schema("hr-account", { source: hr, name: "account", nativeObjectType: "User", identityAttribute: "id",
  displayAttribute: "name", attributes: [{ name: "id", type: "STRING" }, { name: "name", type: "STRING" },
  { name: "groups", type: "STRING", isMulti: true, isEntitlement: true, isGroup: true, schema: { name: "group" } }] });
account();
exports.id = hr.sourceId;
`;

let tenant: RunningTenant;
let project: Project;
beforeAll(async () => {
  tenant = await startTenant({ shuffle: true });
  project = await createProject({
    program: program(`"group.hasHeader": true, password: "${SECRET}", nested: { a: 1, b: { c: "x" } }`),
    env: tenant.env,
  });
});
afterAll(() => tenant.close());

const writes = () => tenant.requests().filter(({ method }) => method !== "GET");

test("creates, previews nothing, shows drift of just the key, repairs it with one PATCH, destroys", async () => {
  const up = await project.up();
  expect(up.counts).toEqual({ create: 2 });
  expect((await project.preview()).changed).toEqual([]);

  const { id } = (await project.outputs()) as { id: string };
  const lines = (await project.resources()).map((resource) => [
    resource.id,
    [resource.sourcePosition, ...(resource.stackTrace ?? []).map(({ sourcePosition }) => sourcePosition)],
  ]);
  // Of the callers, those of the program: the same line for each resource says nothing.
  const [source, schema, caller] = ["project:///index.js#3,12", "project:///index.js#9,23", "project:///index.js#12,1"];
  expect(Object.fromEntries(lines)).toEqual({ [id]: [source, source], [`${id}/account`]: [schema, schema, caller] });
  tenant.admin.aggregate(id);
  expect((await project.preview()).changed).toEqual([]);

  tenant.admin.edit(`/sources/${id}`, [
    { op: "replace", path: "/connectorAttributes/group.hasHeader", value: false },
    { op: "add", path: "/connectorAttributes/theirs", value: "stays" },
  ]);
  const preview = await project.preview();
  expect(preview.step("hr").changes).toEqual([
    { path: 'connectorAttributes["group.hasHeader"]', old: false, new: true },
  ]);

  tenant.clearRequests();
  const repair = await project.up();
  expect(repair.counts).toEqual({ update: 1 });
  expect(writes().map(({ method, body }) => ({ method, body }))).toEqual([
    { method: "PATCH", body: [{ op: "replace", path: "/connectorAttributes/group.hasHeader", value: true }] },
  ]);
  expect((await project.preview()).changed).toEqual([]);
  expect(project.find([SECRET], { except: ["index.js"] })).toEqual([]);
  await project.destroy();
  expect(await project.resources()).toEqual([]);
}, 240_000);
