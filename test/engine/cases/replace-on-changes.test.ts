import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { sourceNamed, stored, writes } from "../lifecycle/tenants";

/** The option `replaceOnChanges`: our own host tells Pulumi which paths change, its own host does not ask for them. */
const program = `
const { Schema, Source } = require("pulumi-sailpoint");
const { WORD = "one", SHOWN = "login", FIRST = "yes" } = process.env;
const source = new Source("a", { name: "A", description: WORD, owner: { alias: "support" }, connector: "jdbc" },
  { replaceOnChanges: ["description"], deleteBeforeReplace: FIRST === "yes" });
new Schema("account", { source, name: "account", displayAttribute: SHOWN }, { replaceOnChanges: ["displayAttribute"] });
`;

const deployed = async (door: Door) => {
  const tenant = await createTenant();
  const env = { ...tenant.env, SAIL_SETTLE_SECONDS: "0" };
  const project = await createProject({ program, yaml: door.yaml, refresh: door.refresh, env });
  await project.up();
  tenant.clearRequests();
  const id = () => sourceNamed(tenant.admin.state(), "A");
  const schema = () => stored(tenant.admin.state(), `/sources/${id()}/schemas/account`);
  return { tenant, project, id, schema };
};

test("in Pulumi's own host it has no effect: the object is updated", async () => {
  const { project, id, schema } = await deployed(doors.stock);
  const before = id();
  const env = { WORD: "two", SHOWN: "email" };
  expect((await project.preview({ env })).counts).toEqual({ update: 2 });
  await project.up({ env });
  expect([id(), schema()?.["displayAttribute"]]).toEqual([before, "email"]);
});

test("in ours it replaces: what is told by its name is taken over and kept, a source is deleted first where one says so", async () => {
  const { tenant, project, id, schema } = await deployed(doors.host);
  const before = id();
  const shown = { SHOWN: "email" };
  expect((await project.preview({ env: shown })).counts).toMatchObject({ replace: 1 });
  const up = await project.up({ env: shown });
  expect(up.output).toContain("is kept: another resource of the program has it");
  expect(writes(tenant).map(({ method }) => method)).toEqual(["PATCH"]);
  expect(schema()?.["displayAttribute"]).toBe("email");

  const unready = { ...shown, WORD: "two", FIRST: "no" };
  const foretold = await project.preview({ env: unready });
  expect(foretold.output).toContain("give the resource the option deleteBeforeReplace: true, too");
  const refused = await project.up({ env: unready, expect: "failure" });
  expect(refused.errors.join("\n")).toContain(
    "If it shall be replaced (replaceOnChanges, --replace), set deleteBeforeReplace: true",
  );
  expect(id()).toBe(before);

  const env = { ...shown, WORD: "two" };
  expect((await project.preview({ env })).step("a", "replace").state).toBe("planned");
  await project.up({ env });
  expect(id()).not.toBe(before);
  expect(schema()?.["displayAttribute"]).toBe("email");
  expect((await project.preview({ env, flags: ["--expect-no-changes"] })).changed).toEqual([]);
});
