/**
 * The provider as a user gets it: the tarball, installed into an empty folder outside this repository, beside nothing
 * but @pulumi/pulumi.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createProject, createTenant } from "../engine/harness";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");
const outside = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-packed-"));
let packages: string[] = [];

beforeAll(async () => {
  await run("npm", ["pack", join(root, "provider"), "--pack-destination", outside, "--silent"], { cwd: root });
  const [tarball = "nothing was packed"] = readdirSync(outside).filter((file) => file.endsWith(".tgz"));
  packages = [`@pulumi/pulumi@${versionOf("@pulumi/pulumi")}`, join(outside, tarball)];
});

afterAll(() => rmSync(outside, { recursive: true, force: true }));

const pnpm = join(root, "node_modules/pnpm/bin/pnpm.cjs");
const managers = {
  npm: (cwd: string, ...names: string[]) => run("npm", ["install", "--no-audit", "--no-fund", ...names], { cwd }),
  pnpm: (cwd: string, ...names: string[]) =>
    run(process.execPath, [pnpm, "add", "--store-dir", join(outside, "store"), ...names], { cwd }),
};

const declared = `
const source = new Source("hr", {
  name: "HR Feed",
  owner: { alias: "slpt.services" },
  connector: "delimited-file",
  connectorAttributes: { delimiter: ",", nested: [{ key: "value" }] },
});
new Schema("hr-account", { source, name: "account", attributes: [{ name: "id", type: "STRING" }] });`;

const javaScript = `const { Schema, Source } = require("pulumi-sailpoint");${declared}\nexports.type = source.type;`;
const typeScript = `
import * as pulumi from "@pulumi/pulumi";
import { Schema, Source } from "pulumi-sailpoint";${declared}
export const type: pulumi.Output<string> = source.type;`;

test.each(Object.entries(managers))(
  "installed by %s, runs JavaScript and TypeScript programs",
  async (_name, install) => {
    const tenant = await createTenant();
    const before = Object.keys(tenant.admin.state().sources ?? {});
    const project = await createProject({ program: javaScript, env: tenant.env, parent: outside });
    await install(project.folder, ...packages);
    expect((await project.up()).counts).toEqual({ create: 2 });
    expect(await project.outputs()).toEqual({ type: "Delimited File" });

    // Pulumi brings a compiler of its own, an old one, for programs that bring none.
    project.setProgram({ ts: typeScript });
    project.write("Pulumi.yaml", project.read("Pulumi.yaml").replace("typescript: false", "typescript: true"));
    rmSync(join(project.folder, "tsconfig.json"));
    expect((await project.preview()).counts).toEqual({});

    await project.destroy();
    expect(Object.keys(tenant.admin.state().sources ?? {})).toEqual(before);
  },
);

test("in a workspace of pnpm where only a library depends on it, one sentence names the dependency to add", async () => {
  const tenant = await createTenant();
  const library =
    "exports.make = (name) => new (require('pulumi-sailpoint').Source)(name, { name, owner: { alias: 'support' }, connector: 'jdbc' });";
  const [pulumi = "", tarball = ""] = packages;
  const engine = { "@pulumi/pulumi": pulumi.replace("@pulumi/pulumi@", "") };
  const project = await createProject({
    program: "require('feeds').make('HR');",
    env: tenant.env,
    parent: outside,
    files: {
      "pnpm-workspace.yaml": "packages: [feeds]\n",
      "package.json": JSON.stringify({ name: "program", dependencies: { ...engine, feeds: "workspace:*" } }),
      "feeds/package.json": JSON.stringify({
        name: "feeds",
        main: "index.js",
        dependencies: { ...engine, "pulumi-sailpoint": `file:${tarball}` },
      }),
      "feeds/index.js": library,
    },
  });
  const install = (...args: string[]) =>
    run(process.execPath, [pnpm, ...args, "--store-dir", join(outside, "store")], { cwd: project.folder });
  await install("install");
  const refused = await project.preview({ expect: "failure" });
  expect(refused.output).toMatch(/Add pulumi-sailpoint to the dependencies in the program's own package\.json/);
  expect(refused.output).not.toMatch(/^\s+at .*node_modules/m);
  await install("add", "--workspace-root", tarball);
  expect((await project.up()).counts).toEqual({ create: 1 });
});

test("with a compiler of today, a mistake in the program is found before anything runs", async () => {
  const tenant = await createTenant();
  const project = await createProject({ program: { ts: typeScript }, env: tenant.env, parent: outside });
  await managers.npm(project.folder, ...packages, `typescript@${versionOf("typescript")}`);
  expect((await project.preview()).counts).toEqual({ create: 2 });

  project.setProgram({ ts: typeScript.replace("connector:", "conector:") });
  const preview = await project.preview({ expect: "failure" });
  expect(preview.output).toMatch(/'conector' does not exist in type 'SourceArgs'/);
});

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
