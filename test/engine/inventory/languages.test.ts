import { run } from "../../contract/cli/support/command";
import { type Everything, CONNECTORS, tenantWithEverything } from "../../contract/inventory/support/everything";
import { languageFolder, pathWith } from "../hosts/languages";
import { exportedProject, writesTo } from "./exported";

let everything: Everything;
let yamlPath: Record<string, string>;
beforeAll(async () => {
  everything = await tenantWithEverything(CONNECTORS.length, { shuffle: true });
  yamlPath = { PATH: pathWith(await languageFolder("yaml")) };
}, 600_000);
afterAll(async () => {
  everything.client.close();
  await everything.tenant.close();
});

test("a program in YAML takes over what is there without a write; a secret whose comment is taken away is managed", async () => {
  const { tenant } = everything;
  const { project } = await exportedProject(tenant, ["--language", "yaml"], yamlPath);
  tenant.clearRequests();
  const up = await project.up({ timeoutMs: 300_000 });
  expect(up.counts).toEqual({ create: up.steps.length });
  expect(writesTo(tenant)).toEqual([]);
  expect((await project.preview({ flags: ["--expect-no-changes"], timeoutMs: 300_000 })).changed).toEqual([]);

  const [line = "", key = ""] = /# password: \$\{([\w-]+)\}/.exec(project.read("Main.yaml")) ?? [];
  project.write("Main.yaml", project.read("Main.yaml").replace(line, line.replace("# ", "")));
  await project.setConfig({}, { [key]: "plain-text-of-it" });
  const preview = await project.preview({ timeoutMs: 300_000 });
  expect(preview.counts).toEqual({ update: 1 });
  await project.up({ timeoutMs: 300_000 });
  expect(writesTo(tenant)).toHaveLength(1);
  expect((await project.preview({ timeoutMs: 300_000 })).changed).toEqual([]);
  expect(project.find(["plain-text-of-it"])).toEqual([]);
}, 900_000);

test.each([["typescript"], ["yaml"]])(
  "in %s, --import imports what is there; exported again without it, the program goes on as it is",
  async (language) => {
    const { tenant } = everything;
    const words = ["--language", language];
    const { project } = await exportedProject(tenant, [...words, "--import"], yamlPath);
    tenant.clearRequests();
    const up = await project.up({ timeoutMs: 300_000 });
    expect(Object.keys(up.counts)).not.toContain("create");
    expect(up.counts["import"]).toBeGreaterThan(CONNECTORS.length * 9);
    expect(writesTo(tenant)).toEqual([]);
    expect((await project.preview({ flags: ["--expect-no-changes"], timeoutMs: 300_000 })).changed).toEqual([]);

    const again = await run(["export", "--out", project.folder, "--force", ...words], { tenant });
    expect(again.problems).toBe("");
    tenant.clearRequests();
    await project.up({ timeoutMs: 300_000 });
    expect((await project.preview({ flags: ["--expect-no-changes"], timeoutMs: 300_000 })).changed).toEqual([]);
    expect(writesTo(tenant)).toEqual([]);
  },
  900_000,
);
