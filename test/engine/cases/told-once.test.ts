import { createProject, createTenant } from "../harness";
import { type Door, doors } from "../hosts/doors";

/** One cause, met by many resources, is told in full once for a command. */
const program = `
const sailpoint = require("pulumi-sailpoint");
const source = new sailpoint.Source("a", { name: "A", description: process.env.WORD, owner: { alias: "support" }, connector: "jdbc" });
for (const name of ["one", "two", "three"]) {
  new sailpoint.Schema(name, { source, name, displayAttribute: process.env.WORD,
    attributes: ["id", "key"].map((name) => ({ name, type: "STRING" })) });
}
`;

describe.each<Door>([doors.stock, doors.host])("through the $name", ({ yaml, refresh }) => {
  test("another tenant, a failing sign-in, and a tenant that cannot be reached are told once each", async () => {
    const [here, there] = [await createTenant({ tenant: "a" }), await createTenant({ tenant: "b" })];
    const project = await createProject({
      program,
      yaml,
      refresh,
      env: { ...here.env, SAIL_SETTLE_SECONDS: "0", SAIL_TIMEOUT_SECONDS: "3", WORD: "id" },
    });
    await project.up();
    const toldIn = async (command: "preview" | "up" | "destroy", text: RegExp, env: Record<string, string>) => {
      const { errors } = await project[command]({ env, expect: "failure" });
      return errors.join("\n").match(text)?.length ?? 0;
    };
    const secret = { SAIL_CLIENT_SECRET: "rotated-and-unknown" };
    expect(await toldIn("preview", /stack of its own/g, there.env)).toBe(1);
    expect(await toldIn("destroy", /stack of its own/g, there.env)).toBe(1);
    expect(await toldIn("preview", /SAIL_CLIENT_SECRET/g, secret)).toBe(1);
    expect(await toldIn("destroy", /SAIL_CLIENT_SECRET/g, secret)).toBe(1);
    await project.setConfig({ "sailpoint:baseUrl": here.baseUrl });
    await project.up(); // a refresh takes the address from the state
    const wrong = { SAIL_BASE_URL: there.baseUrl };
    expect(await toldIn("preview", /two different tenants/g, wrong)).toBe(1);
    expect(await toldIn("preview", /not configured/g, wrong)).toBe(0);
    await here.close();
    expect(await toldIn("up", /Check the base URL/g, { WORD: "key" })).toBe(1);
    expect(await toldIn("destroy", /Check the base URL/g, {})).toBe(1);
  });
});
