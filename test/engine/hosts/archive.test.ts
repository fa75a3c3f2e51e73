import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { createProject, createTenant } from "../harness";
import { languageFolder, pathWith } from "./languages";

const root = resolve(__dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "archive-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the plugin's archive is installed into an empty home and deploys a YAML program without npm", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, "tools/plugin.mjs"), folder]);
  const archive = stdout.trim();
  const version = /-v(\d+\.\d+\.\d+)-/.exec(archive)?.[1] ?? "";
  const tenant = await createTenant();
  const yaml = await languageFolder("yaml");
  const project = await createProject({
    program: {
      yaml: `name: from-archive
runtime: yaml
resources:
  hr:
    type: sailpoint:Source
    properties: { name: HR Feed, owner: { alias: slpt.services }, connector: web-services }
  account:
    type: sailpoint:Schema
    properties: { source: "\${hr.id}", name: account, displayAttribute: email }
`,
    },
    // Outside this repository, so that nothing of it is found by chance.
    parent: folder,
    env: { ...tenant.env, SAIL_SETTLE_SECONDS: "0", PATH: pathWith(yaml) },
  });
  await project.command(["plugin", "install", "resource", "sailpoint", version, "--file", archive]);
  const withoutNode = { PATH: `${yaml}:${dirname(process.env["TEST_PULUMI"] ?? "")}` };
  const failed = await project.preview({ env: withoutNode, expect: "failure" });
  expect(failed.output).toContain("needs Node.js 20.19 or later, which was not found on PATH");
  expect((await project.up()).counts).toEqual({ create: 2 });
  expect((await project.preview({ flags: ["--expect-no-changes"] })).changed).toEqual([]);
  expect((await project.destroy()).counts).toEqual({ delete: 2 });
}, 300_000);
