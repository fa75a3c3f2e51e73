import type { RunningTenant } from "sailpoint-simulator";
import { type Project, createProject, createTenant } from "../harness";
import { sourceNamed, stored } from "../lifecycle/tenants";
import { type Door, doors } from "./doors";

/** A source with its schema; `options` are those of the source, as text. */
const program = ({ sailpoint }: Door, options = "", description = "first") => `
${sailpoint}
const hr = new sailpoint.Source("hr", { name: "HR", description: "${description}", owner: { alias: "support" },
  connector: "web-services", connectorAttributes: { url: "https://hr.example.com", password: "of-the-program" } }, { ${options} });
new sailpoint.Schema("account", { source: hr.id, name: "account", displayAttribute: "email" }, { deletedWith: hr });
`;

let tenant: RunningTenant;
let project: Project;
const setUp = async (door: Door, options = "") => {
  tenant = await createTenant();
  project = await createProject({
    program: program(door, options),
    yaml: door.yaml,
    refresh: door.refresh,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0" },
  });
};
const idOfSource = () => sourceNamed(tenant.admin.state(), "HR");
const deletions = () => tenant.requests().filter(({ method, status }) => method === "DELETE" && status < 300).length;

describe.each<Door>(Object.values(doors))("through the $name", (door) => {
  test("protect refuses the deletion; deletedWith leaves a schema to the deletion of its source", async () => {
    await setUp(door, "protect: true");
    await project.up();
    expect((await project.destroy({ expect: "failure" })).output).toContain("protect");
    expect(deletions()).toBe(0);
    project.setProgram(program(door));
    await project.up();
    expect((await project.destroy()).counts).toEqual({ delete: 2 });
    expect(deletions()).toBe(1);
  });
});

describe.each<Door>([doors.host, doors.plugin])("through the $name", (door) => {
  test("customTimeouts end the waiting, and replaceOnChanges replaces", async () => {
    await setUp(door);
    await project.up();
    const before = idOfSource();
    const changed = program(door, `replaceOnChanges: ["description"], deleteBeforeReplace: true`, "second");
    project.setProgram(changed);
    const preview = await project.preview();
    // What hangs on the source goes with it.
    expect(preview.counts).toMatchObject({ replace: 2 });
    await project.up();
    expect(idOfSource()).not.toBe(before);
    expect((await project.preview()).changed).toEqual([]);

    tenant.admin.set({ deletionMs: 8_000 });
    project.setProgram(changed.replace("{ replaceOnChanges", `{ customTimeouts: { delete: "2s" }, replaceOnChanges`));
    await project.up();
    const { errors } = await project.destroy({ expect: "failure" });
    expect(errors.join("\n")).toMatch(/stopped, since its time is up \(customTimeouts: 2 s\).*deletion task/s);
    // What the tenant has begun goes on there.
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await project.destroy();
    expect(await project.resources()).toEqual([]);
  });

  test("a refresh, which only looks, does not say of what the program ignores that it will be set", async () => {
    await setUp(door);
    await project.up();
    tenant.admin.edit(`/sources/${idOfSource()}`, [
      { op: "replace", path: "/connectorAttributes/password", value: "by-hand-of-others" },
    ]);
    const path = "connectorAttributes.password";
    expect((await project.preview()).output).toContain(`${path}: was changed on the tenant, will be set`);
    project.setProgram(program(door, `ignoreChanges: ["${path}"]`));
    const preview = await project.preview();
    expect(preview.changed).toEqual([]);
    expect(preview.output).toContain("changed on the tenant without the program");
    expect(preview.output).not.toContain("will be set");
    await project.destroy();
  });

  test("a secret that a transform adds is as secret as one of the program", async () => {
    const secret = "added-by-a-transform";
    const transform = `({ props, opts }) => ({ opts,
      props: { ...props, connectorAttributes: { ...props.connectorAttributes, client_secret: "${secret}" } } })`;
    await setUp(door, `transforms: [${transform}]`);
    await project.up();
    expect(JSON.stringify(tenant.requests().map(({ body }) => body ?? null))).toContain(secret);
    expect((await project.preview()).changed).toEqual([]);
    const id = idOfSource();
    tenant.admin.edit(`/sources/${id}`, [
      { op: "replace", path: "/connectorAttributes/client_secret", value: "by-hand-of-others" },
    ]);
    expect((await project.up()).counts).toEqual({ update: 1 });
    expect(stored(tenant.admin.state(), `/sources/${id}`)?.["connectorAttributes"]).not.toHaveProperty(
      "client_secret",
      "by-hand-of-others",
    );
    expect(project.find([secret, "by-hand-of-others"], { except: ["index.js"] })).toEqual([]);
    await project.destroy();
  });
});
