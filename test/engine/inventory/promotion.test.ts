import { join } from "node:path";
import { run } from "../../contract/cli/support/command";
import { type Everything, CONNECTORS, tenantWithEverything } from "../../contract/inventory/support/everything";
import { createTenant } from "../harness";
import { comparedWithStack, projectFrom, scratchFolder } from "./exported";

/** One of each connector; with 60 it takes eight minutes. */
const COUNT = Number(process.env["SOURCES"] ?? CONNECTORS.length);
let sandbox: Everything;
beforeAll(async () => {
  sandbox = await tenantWithEverything(COUNT, { shuffle: true });
});
afterAll(async () => {
  sandbox.client.close();
  await sandbox.tenant.close();
});

test("from sandbox to production: the same program makes the same sources, and what is changed there by hand is told", async () => {
  const folder = join(scratchFolder(), "project");
  const exported = await run(["export", "--out", folder, "--json"], sandbox);
  const { secrets } = exported.json() as { secrets: string[] };
  expect(secrets.length).toBeGreaterThan(COUNT);
  const production = await createTenant({ tenant: "b" });
  // Every tenant has this one from the start; its name is taken over.
  const secretConfig = Object.fromEntries(secrets.map((key) => [key, `secret of ${key}`]));
  const project = await projectFrom(folder, production, secretConfig);
  await project.up({ timeoutMs: 540_000 });

  const env = {
    SAIL_BASE_URL_A: sandbox.tenant.baseUrl,
    SAIL_CLIENT_ID_A: sandbox.tenant.clientId,
    SAIL_CLIENT_SECRET_A: sandbox.tenant.clientSecret,
    SAIL_BASE_URL_B: production.baseUrl,
    SAIL_CLIENT_ID_B: production.clientId,
    SAIL_CLIENT_SECRET_B: production.clientSecret,
  };
  const same = await run(["compare", "env:a", "env:b"], { env });
  expect(same.stdout).toMatch(
    new RegExp(`: the same in all that can be compared, ${String(COUNT + 1)} sources; \\d+ secrets, set on both sides`),
  );
  expect(same.code).toBe(0);
  const deployed = (await comparedWithStack(project)).data.sources;
  // On its own tenant a secret is compared: whether it is the one that the stack has set.
  expect(deployed.filter((source) => !source.same)).toEqual([]);
  expect(deployed.reduce((sum, source) => sum + source.secrets, 0)).toBeLessThan(secrets.length);

  const [name = ""] = sandbox.ids.keys();
  const id = Object.entries(production.admin.state()["sources"] ?? {}).find(
    ([, source]) => (source as { name: string }).name === name,
  )?.[0];
  production.admin.edit(
    `/sources/${id ?? ""}`,
    [
      { op: "replace", path: "/deleteThreshold", value: 66 },
      { op: "replace", path: "/connectorAttributes/password", value: "somebody's" },
    ],
    "jane.doe",
  );
  const preview = await project.preview();
  expect(preview.changed.map((step) => step.changes.map(({ path }) => path))).toEqual([
    ["deleteThreshold"], // of a secret a preview shows only that there is one
  ]);
  const { code, data } = await comparedWithStack(project);
  expect(code).toBe(1);
  expect(data.sources.filter((source) => !source.same)).toMatchObject([
    {
      name,
      lastChange: { by: "jane.doe" },
      objects: [
        {
          title: `Source "${name}"`,
          differences: [
            { path: "deleteThreshold", left: 0, right: 66 },
            { path: "connectorAttributes.password", left: "[secret]", right: "[secret changed on the tenant]" },
          ],
        },
      ],
    },
  ]);
  expect(project.read("page.html")).toContain("Last changed");
  expect(project.find(Object.values(secretConfig))).toEqual([]);
  // Only what differs between tenants is told; and back again.
  const back = await run(["restore", folder, "--env", "b", "--yes"], { env });
  if (back.code !== 0) throw new Error(`${back.stdout}\n${back.stderr}`);
  expect(back.code).toBe(0);
  const restored = await comparedWithStack(project);
  expect(
    restored.data.sources.flatMap(({ objects }) => objects.flatMap(({ differences }) => differences)),
  ).toMatchObject([{ path: "connectorAttributes.password" }]);
}, 900_000);
