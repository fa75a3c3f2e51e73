import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";
import { writes } from "../lifecycle/tenants";

const program = ({ sailpoint }: Door) => `
${sailpoint}
const source = new sailpoint.Source("a", { name: "A", description: process.env.WORD, owner: { alias: "support" }, connector: "jdbc" });
const account = { source: source.id, name: "account", displayAttribute: "id" };
new sailpoint.Schema("account", account, { deletedWith: source });
`;

test.each<Door>(Object.values(doors))(
  "through the $name, what is read-only keeps tenant and state as they are",
  async (door) => {
    const tenant = await createTenant();
    const { yaml, refresh } = door;
    const env = { ...tenant.env, SAIL_SETTLE_SECONDS: "0", WORD: "one" };
    const project = await createProject({ program: program(door), yaml, refresh, env });
    await project.up();
    const before = (await project.resources()).map(({ urn }) => urn);
    await project.setConfig({ "sailpoint:readOnly": "true" });
    const earlier = writes(tenant).length;

    const preview = await project.preview({ env: { WORD: "two" } });
    expect(
      preview.diagnostics.filter(({ message }) => message.includes("is read-only (sailpoint:readOnly)")),
    ).toHaveLength(1);
    const up = await project.up({ env: { WORD: "two" }, expect: "failure" });
    expect(up.errors.join("\n")).toContain("the connection is read-only");
    const destroyed = await project.destroy({ expect: "failure", flags: ["--run-program"] });
    expect(destroyed.errors.join("\n").match(/the connection is read-only/g)).toHaveLength(1);
    expect((await project.resources()).map(({ urn }) => urn)).toEqual(before);
    expect(writes(tenant)).toHaveLength(earlier);
    expect((await project.preview()).changed).toEqual([]);
  },
);
