import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { sourceNamed, stored, writes } from "../lifecycle/tenants";

/**
 * What others hung on something that the program declares stays where they hung it, whatever the program does with what
 * is around it: in lists of connector settings, in correlation, in texts that are sets, beside a transform.
 */
type Json = Record<string, unknown>;

const USERS = { uniqueNameForEndPoint: "Users", contextUrl: "/users", operationType: "Account Aggregation" };
const GROUPS = { uniqueNameForEndPoint: "Groups", contextUrl: "/groups", operationType: "Group Aggregation" };
const ROLES = { uniqueNameForEndPoint: "Roles", contextUrl: "/roles", operationType: "Group Aggregation" };
const RULE = "Web Service Before Operation";

/** Each on a source of its own: what becomes of the list `[Users, Groups]`, whose Groups others gave a rule. */
const habits: Record<string, Json[]> = {
  append: [USERS, GROUPS, ROLES],
  insert: [ROLES, USERS, GROUPS],
  swap: [GROUPS, USERS],
  exchange: [ROLES, GROUPS],
  change: [USERS, { ...GROUPS, contextUrl: "/v2/groups" }],
  remove: [USERS],
};
/** Twins of a correlation: the second has a mode of others. */
const twins: Record<string, Json[]> = {
  dropped: [{ property: "name", value: "name" }],
  swapped: [
    { property: "name", value: "name" },
    { property: "name", value: "id" },
  ],
};

const program = (step: { lists: Record<string, Json[]>; twins: Record<string, Json[]>; more: string }) => `
const sailpoint = require("pulumi-sailpoint");
const source = (name, connectorAttributes) => new sailpoint.Source(name, { name, owner: { alias: "support" },
  connector: "web-services", connectorAttributes });
for (const [name, connectionParameters] of Object.entries(${JSON.stringify(step.lists)})) source(name, { connectionParameters });
for (const [name, attributeAssignments] of Object.entries(${JSON.stringify(step.twins)}))
  new sailpoint.CorrelationConfig(name, { source: source(name, {}), attributeAssignments });
${step.more}
`;

const policies = (transform: object) => `
const other = source("other", {});
new sailpoint.ProvisioningPolicy("policy", { source: other, usageType: "CREATE", fields: [{ name: "userName", type: "string",
  transform: ${JSON.stringify(transform)} }] });
`;
const sealed = 'source("sealed", { encrypted: "myOwnKey", myOwnKey: "a-key-of-our-own" });';

let tenant: RunningTenant;
let project: Project;
const at = (name: string, part = "") => {
  const stock = tenant.admin.state();
  return stored(stock, `/sources/${sourceNamed(stock, name)}${part}`) ?? {};
};
const attributes = (name: string) => at(name)["connectorAttributes"] as Json;
const parameters = (name: string) => attributes(name)["connectionParameters"] as Json[];

const same = <T>(names: object, value: T) => Object.fromEntries(Object.keys(names).map((name) => [name, value]));

beforeAll(async () => {
  tenant = await createTenant();
  const pair = [
    { property: "name", value: "id" },
    { property: "name", value: "name" },
  ];
  project = await createProject({
    program: program({
      lists: same(habits, [USERS, GROUPS]),
      twins: same(twins, pair),
      more: policies({ type: "static", attributes: { value: "User" } }) + sealed,
    }),
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
  await project.up();
  for (const name of Object.keys(habits)) {
    tenant.admin.edit(`/sources/${String(at(name)["id"])}`, [
      { op: "add", path: "/connectorAttributes/connectionParameters/1/beforeRule", value: RULE },
    ]);
  }
  for (const name of Object.keys(twins)) {
    tenant.admin.edit(`/sources/${String(at(name)["id"])}/correlation-config/`, [
      { op: "add", path: "/attributeAssignments/1/matchMode", value: "ANYWHERE" },
    ]);
  }
  tenant.admin.edit(`/sources/${String(at("other")["id"])}/provisioning-policies/CREATE`, [
    { op: "add", path: "/fields/0/attributes", value: { note: "of others" } },
  ]);
});

test("of what others hung on members nothing is drift", async () => {
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
});

test("names of others in encrypted stay, and so do the secrets behind them", () => {
  const names = String(attributes("sealed")["encrypted"]).split(",");
  expect(names).toEqual(expect.arrayContaining(["password", "client_secret", "myOwnKey"]));
  expect(JSON.stringify(attributes("sealed"))).not.toContain("a-key-of-our-own");
});

test("each member keeps what was hung on it, and what must go is named before it goes", async () => {
  project.setProgram(
    program({
      lists: habits,
      twins,
      more: policies({ type: "identityAttribute", attributes: { name: "uid" } }) + 'source("sealed", {});',
    }),
  );
  const preview = await project.preview();
  expect(preview.steps.map(({ op }) => op)).not.toContain("replace");
  const lost = preview.output.split("\n").filter((line) => line.includes("will be lost"));
  expect(lost).toHaveLength(1);
  expect(lost.join("\n")).toContain('Source "remove": connectorAttributes.connectionParameters[1].beforeRule');
  await project.up();

  for (const [name, declared] of Object.entries(habits)) {
    const expected = declared.map((member) =>
      member["uniqueNameForEndPoint"] === "Groups" ? { ...member, beforeRule: RULE } : member,
    );
    expect([name, parameters(name)]).toEqual([name, expected]);
  }
  for (const [name, declared] of Object.entries(twins)) {
    const shown = at(name, "/correlation-config/")["attributeAssignments"] as Json[];
    expect(shown.map(({ value, matchMode }) => [name, value, matchMode ?? null])).toEqual(
      declared.map(({ value }) => [name, value, value === "name" ? "ANYWHERE" : null]),
    );
  }
  const [field] = at("other", "/provisioning-policies/CREATE")["fields"] as Json[];
  expect(field).toMatchObject({
    transform: { type: "identityAttribute", attributes: { name: "uid" } },
    attributes: { note: "of others" },
  });
  expect(field?.["transform"]).toEqual({ type: "identityAttribute", attributes: { name: "uid" } });
  const names = String(attributes("sealed")["encrypted"]).split(",");
  expect(names).toEqual(expect.arrayContaining(["password", "client_secret"]));
  expect(names).not.toContain("myOwnKey");
});

test("such an up is followed by a quiet preview; no transform can be said; another's name in encrypted is no drift", async () => {
  tenant.admin.edit(`/sources/${String(at("sealed")["id"])}`, [
    { op: "replace", path: "/connectorAttributes/encrypted", value: "password,client_secret,added_by_others" },
  ]);
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
  tenant.clearRequests();
  project.setProgram(
    program({ lists: habits, twins, more: policies({}) + 'source("sealed", { encrypted: "myOwnKey" });' }),
  );
  await project.up();
  const [field] = at("other", "/provisioning-policies/CREATE")["fields"] as Json[];
  expect(field?.["transform"] ?? {}).toEqual({});
  expect(String(attributes("sealed")["encrypted"])).toBe("password,client_secret,added_by_others,myOwnKey");
  expect(writes(tenant)).toHaveLength(2);
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
});
