import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { sourceNamed, stored } from "../lifecycle/tenants";
import { doors } from "./doors";
import { languageFolder, pathWith } from "./languages";

const program = (more = "") => `name: yaml-test
runtime: yaml
${doors.plugin.yaml}variables:
  owner:
    fn::invoke:
      function: sailpoint:getIdentity
      arguments: { alias: slpt.services }
resources:
  hr:
    type: sailpoint:Source
    properties:
      name: HR Feed
      owner: { id: "\${owner.id}" }
      connector: web-services
      connectorAttributes:
        group.hasHeader: true
        password: plain-text-of-it
  account:
    type: sailpoint:Schema
    properties:
      source: \${hr.sourceId}
      name: account
      displayAttribute: email
${more}outputs:
  id: \${hr.id}
  schema: \${account.id}
  authoritative: \${hr.authoritative}
`;

let tenant: RunningTenant;
let project: Project;
beforeAll(async () => {
  tenant = await createTenant();
  project = await createProject({
    program: { yaml: program() },
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", PATH: pathWith(await languageFolder("yaml")) },
  });
}, 600_000);

test("a YAML program is deployed, and a plain preview shows drift", async () => {
  expect((await project.up()).counts).toEqual({ create: 2 });
  const id = sourceNamed(tenant.admin.state(), "HR Feed");
  expect(await project.outputs()).toEqual({ id, schema: `${id}/account`, authoritative: false });
  expect(stored(tenant.admin.state(), `/sources/${id}/schemas/account`)?.["displayAttribute"]).toBe("email");
  expect((await project.preview()).changed).toEqual([]);
  expect(project.find(["plain-text-of-it"], { except: ["Pulumi.yaml"] })).toEqual([]);

  tenant.admin.edit(`/sources/${id}`, [{ op: "add", path: "/description", value: "by hand" }]);
  expect((await project.preview()).changed).toEqual([]);
  tenant.admin.edit(`/sources/${id}`, [{ op: "replace", path: "/connectorAttributes/group.hasHeader", value: false }]);
  const preview = await project.preview({ flags: ["--expect-no-changes"], expect: "failure" });
  expect(preview.code).toBe(7);
  expect(preview.step("hr").changes).toEqual([
    { path: 'connectorAttributes["group.hasHeader"]', old: false, new: true },
  ]);
});

test("a mistake is told before anything is sent", async () => {
  project.setProgram({ yaml: program("  wrong:\n    type: sailpoint:Source\n    properties: { name: Wrong }\n") });
  const preview = await project.preview({ expect: "failure" });
  expect(preview.output).toContain("connector");
  project.setProgram({ yaml: program().replace("alias: slpt.services", "alias: 2024") });
  const { output } = await project.preview({ expect: "failure" });
  expect(output).toContain("alias: is the number 2024 where text belongs: give alias");
  project.setProgram({ yaml: program() });
  await project.destroy();
});
