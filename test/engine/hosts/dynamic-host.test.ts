import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { sourceNamed } from "../lifecycle/tenants";
import { doors } from "./doors";

const program = `
const { Schema, Source } = require("pulumi-sailpoint");
const hr = new Source("hr", {
  name: "HR Feed", description: process.env.WORD, owner: { alias: "slpt.services" }, connector: "web-services",
  connectorAttributes: { "group.hasHeader": true, password: "plain-text-of-it", list: [{ name: "a", password: "plain-text-in-list" }] },
});
new Schema("account", { source: hr, name: "account", displayAttribute: "email" });
exports.id = hr.sourceId;
`;

let tenant: RunningTenant;
let project: Project;
beforeAll(async () => {
  tenant = await createTenant();
  project = await createProject({
    program,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", WORD: "first" },
    refresh: false,
    yaml: doors.host.yaml,
  });
});

test("a source is created, and a plain preview shows drift with its exact path", async () => {
  const up = await project.up();
  expect(up.counts).toEqual({ create: 2 });
  const path = `/sources/${sourceNamed(tenant.admin.state(), "HR Feed")}`;
  expect((await project.preview()).changed).toEqual([]);
  tenant.admin.edit(path, [{ op: "replace", path: "/connectorAttributes/group.hasHeader", value: false }]);
  const preview = await project.preview();
  expect(preview.counts).toEqual({ update: 1 });
  expect(preview.step("hr").changes).toEqual([
    { path: 'connectorAttributes["group.hasHeader"]', old: false, new: true },
  ]);
  console.log(preview.stdout);
});
