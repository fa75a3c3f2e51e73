import { createProject, createTenant } from "../harness";
import { doors } from "../hosts/doors";
import { sourceNamed } from "../lifecycle/tenants";
import { comparedWithStack } from "./exported";

const program = (sailpoint: string) => `${sailpoint}
const pulumi = require("@pulumi/pulumi");
new sailpoint.Source("hr", { name: "HR Feed", owner: { alias: "support" }, connector: "web-services", connectorAttributes: {
  password: pulumi.secret("another-plain-text"),
  connectionParameters: [
    { uniqueNameForEndPoint: "Users", contextUrl: "/users", header: { Authorization: pulumi.secret("plain-text-of-it") } },
    { uniqueNameForEndPoint: "Groups", contextUrl: "/groups" },
  ],
} });`;

test("compare stack: what others have beside the declared keys of a list is no difference, nor is restless cipher text", async () => {
  const tenant = await createTenant();
  const { sailpoint, yaml } = doors.host;
  const env = { ...tenant.env, SAIL_SETTLE_SECONDS: "0" };
  const project = await createProject({ program: program(sailpoint), yaml, refresh: false, env });
  await project.up();
  const edit = (op: "add" | "replace", path: string, value: object | string) => {
    const source = `/sources/${sourceNamed(tenant.admin.state(), "HR Feed")}`;
    tenant.admin.edit(source, [{ op, path: `/connectorAttributes/connectionParameters/1/${path}`, value }]);
  };
  edit("add", "header", { Authorization: "theirs-in-plain" });
  tenant.admin.set({ behaviours: { secrets: "changing" } });
  expect((await comparedWithStack(project)).code).toBe(0);

  edit("replace", "contextUrl", "/teams");
  const { data } = await comparedWithStack(project);
  expect(data.sources.flatMap(({ objects }) => objects.flatMap(({ differences }) => differences))).toEqual([
    { path: "connectorAttributes.connectionParameters[1].contextUrl", left: "/groups", right: "/teams" },
  ]);
});

/** What each door's state knows of a list that holds a secret. */
test.each([
  { door: doors.stock, known: "nothing" },
  { door: doors.host, known: "the rest" },
])("compare stack: of a list that holds a secret, the state of $door.name knows $known", async ({ door, known }) => {
  const tenant = await createTenant();
  const project = await createProject({
    program: program(door.sailpoint),
    yaml: door.yaml,
    refresh: false,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
  await project.up();
  const same = await comparedWithStack(project);
  const note = {
    source: "HR Feed",
    title: 'Source "HR Feed"',
    why: "connectorAttributes.connectionParameters: the state keeps all of it as one secret, so it was not compared",
  };
  expect([same.code, same.data.notes]).toEqual([0, known === "nothing" ? [note] : []]);
  // Of the password it is known whether it is the one that the stack has set; of the header not, since it is no cipher text.
  expect(same.data.sources).toMatchObject([{ name: "HR Feed", same: true, secrets: 1 }]);

  const id = sourceNamed(tenant.admin.state(), "HR Feed");
  const path = "/connectorAttributes/connectionParameters/1/contextUrl";
  tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path, value: "/teams" }]);
  const other = await comparedWithStack(project);
  const differences = other.data.sources.flatMap(({ objects }) => objects.flatMap((object) => object.differences));
  const difference = {
    path: "connectorAttributes.connectionParameters[1].contextUrl",
    left: "/groups",
    right: "/teams",
  };
  expect(differences).toEqual(known === "nothing" ? [] : [difference]);
  expect(other.data.notes).toEqual(known === "nothing" ? [note] : []);
  expect(project.find(["plain-text-of-it", "another-plain-text"], { except: ["index.js"] })).toEqual([]);
});
