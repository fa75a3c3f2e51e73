import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { sourceNamed, stored, writes } from "../lifecycle/tenants";

/** A program may ignore what others make of a secret: then it stays as they left it, whatever is written around it. */
const program = `
const { Source } = require("pulumi-sailpoint");
const { CONNECTOR = "web-services", URL = "/groups", NONE, KEPT } = process.env;
const at = "connectorAttributes.";
new Source("s", { name: "S", description: process.env.WORD, owner: { alias: "support" }, connector: CONNECTOR,
  connectorAttributes: {
    password: "first-of-the-program",
    connectionParameters: [
      { uniqueNameForEndPoint: "Users", password: "users-of-the-program", contextUrl: "/users" },
      { uniqueNameForEndPoint: "Groups", contextUrl: URL },
      ...(process.env.MORE ? [{ uniqueNameForEndPoint: "Roles" }] : []),
    ],
  } }, { ignoreChanges: KEPT ? [] : [at + "password", at + "connectionParameters[0].password"] });
new Source("cloud", { name: "Cloud", description: process.env.WORD, owner: { alias: "support" }, connector: "people-saas",
  connectorAttributes: { refresh_token: "token-of-the-program", lastSync: "never", spConnectorSpecId: "spec-1",
    ...(process.env.INSTANCE ? { spConnectorInstanceId: process.env.INSTANCE } : {}) } },
  { ignoreChanges: [at + "refresh_token", at + "lastSync"] });
`;
const MARKER = "[secret changed on the tenant]";

let tenant: RunningTenant;
let project: Project;
const idOf = (name: string) => sourceNamed(tenant.admin.state(), name);
const attributes = (name: string) =>
  stored(tenant.admin.state(), `/sources/${idOf(name)}`)?.["connectorAttributes"] as Record<string, unknown>;
const secrets = () => tenant.admin.secrets(idOf("S"));
const theirs = {
  "/connectorAttributes/password": "first-of-others",
  "/connectorAttributes/connectionParameters/0/password": "users-of-others",
};
const sent = () => JSON.stringify(tenant.requests().map(({ body }) => body));

beforeAll(async () => {
  tenant = await createTenant();
  project = await createProject({ program, env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" } });
  await project.up();
  tenant.admin.edit(`/sources/${idOf("S")}`, [
    { op: "replace", path: "/connectorAttributes/password", value: "first-of-others" },
    { op: "replace", path: "/connectorAttributes/connectionParameters/0/password", value: "users-of-others" },
  ]);
  tenant.clearRequests();
});

test("what the connector writes itself and the program ignores hinders no update, also without a refresh", async () => {
  tenant.admin.runConnector(idOf("Cloud"));
  const before = attributes("Cloud");
  const up = await project.up({ env: { WORD: "other" }, flags: ["--refresh=false"] });
  expect(up.counts).toEqual({ update: 2 });
  expect(writes(tenant).map(({ body }) => body)).toEqual([
    [expect.objectContaining({ path: "/description", value: "other" })],
    [expect.objectContaining({ path: "/description", value: "other" })],
  ]);
  const { refresh_token: token, lastSync } = attributes("Cloud");
  expect([token, lastSync]).toEqual([before["refresh_token"], before["lastSync"]]);
});

test("a refresh tells of the others' secrets once, and nothing is written over them", async () => {
  tenant.clearRequests();
  const env = { WORD: "other" };
  const up = await project.up({ env });
  expect(up.output).toMatch(/Source "S": changed on the tenant without the program: .*connectorAttributes\.password/);
  expect(up.output).not.toContain("will be set");
  const again = await project.up({ env });
  expect(again.output).not.toContain("changed on the tenant");
  expect(writes(tenant)).toEqual([]);
  expect(secrets()).toMatchObject(theirs);
});

test("a list that holds one is written around it, whatever its length becomes", async () => {
  tenant.clearRequests();
  await project.up({ env: { WORD: "other", URL: "/v2/groups" } });
  expect(writes(tenant)).toHaveLength(1);
  await project.up({ env: { WORD: "other", URL: "/v2/groups", MORE: "1" } });
  expect(writes(tenant)).toHaveLength(2);
  expect(sent()).not.toContain(MARKER);
  expect(secrets()).toMatchObject(theirs);
});

test("a replacement that does not know the secret is refused in the preview and by up, before anything goes", async () => {
  tenant.clearRequests();
  const env = { WORD: "other", URL: "/v2/groups", MORE: "1", CONNECTOR: "jdbc" };
  const id = idOf("S");
  for (const outcome of [
    await project.preview({ env, expect: "failure" }),
    await project.up({ env, expect: "failure" }),
    await project.up({ env: { ...env, CONNECTOR: "web-services" }, expect: "failure", flags: await replaceIt() }),
  ]) {
    const told = outcome.errors.join("\n");
    expect(told).toContain("connectorAttributes.password");
    expect(told).toContain("ignoreChanges");
  }
  expect(writes(tenant)).toEqual([]);
  expect([idOf("S"), sent().includes(MARKER)]).toEqual([id, false]);
});

const replaceIt = async () =>
  (await project.resources()).flatMap(({ urn }) => (urn.endsWith("::s") ? ["--replace", urn] : []));

test("declared again, the program's secrets are set, and only these", async () => {
  tenant.clearRequests();
  const env = { WORD: "other", URL: "/v2/groups", MORE: "1", KEPT: "1" };
  const preview = await project.preview({ env });
  expect(preview.output).toContain("connectorAttributes.password: was changed on the tenant, will be set");
  await project.up({ env });
  expect(secrets()).toMatchObject({
    "/connectorAttributes/password": "first-of-the-program",
    "/connectorAttributes/connectionParameters/0/password": "users-of-the-program",
  });
  expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
});

test("a key that the tenant takes only at creation is told, not reported as done", async () => {
  const env = { WORD: "other", URL: "/v2/groups", MORE: "1", KEPT: "1", INSTANCE: "another-instance" };
  const up = await project.up({ env, expect: "failure" });
  expect(up.errors.join("\n")).toContain("connectorAttributes.spConnectorInstanceId");
  expect(up.errors.join("\n")).toContain("did not take it");
  const again = await project.up({ env, expect: "failure" });
  expect(again.errors.join("\n")).toContain("did not take it");
  const back = { ...env, INSTANCE: "" };
  await project.up({ env: back });
  expect((await project.preview({ env: back, flags: ["--expect-no-changes"] })).changed).toEqual([]);
});
