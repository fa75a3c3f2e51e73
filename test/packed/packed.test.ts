/**
 * The packages as a user gets them: the tarballs, installed into an empty folder outside this repository, beside nothing
 * but @pulumi/pulumi.
 */
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createProject, createTenant } from "../engine/harness";
import { languageFolder, pathWith } from "../engine/hosts/languages";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");
const outside = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-packed-"));
let packages: string[] = [];
let simulator = "";

beforeAll(async () => {
  const { pack, packages: published } = await import("../../tools/release/packages.mjs");
  const [provider = "", other = ""] = await Promise.all(published.map((one) => pack(one, outside)));
  packages = [`@pulumi/pulumi@${versionOf("@pulumi/pulumi")}`, provider];
  simulator = other;
});

afterAll(() => rmSync(outside, { recursive: true, force: true }));

const pnpm = join(root, "node_modules/pnpm/bin/pnpm.cjs");
const managers = {
  npm: (cwd: string, ...names: string[]) => run("npm", ["install", "--no-audit", "--no-fund", ...names], { cwd }),
  pnpm: (cwd: string, ...names: string[]) =>
    run(process.execPath, [pnpm, "add", "--store-dir", join(outside, "store"), ...names], { cwd }),
  // In a workspace, whose packages lie above the program.
  yarn: async (cwd: string, ...names: string[]) => {
    const { tool } = await import("../../tools/matrix/install.mjs");
    writeFileSync(join(cwd, "../package.json"), JSON.stringify({ private: true, workspaces: ["program"] }));
    writeFileSync(join(cwd, "package.json"), JSON.stringify({ name: "program", version: "1.0.0" }));
    const yarn = join(await tool("yarn", "1"), "node_modules/yarn/bin/yarn.js");
    return run(process.execPath, [yarn, "add", "--no-progress", "--cache-folder", join(outside, "yarn"), ...names], {
      cwd,
    });
  },
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
  async (manager, install) => {
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

    // The same stack through the package's own host, which comes with it.
    const folder = `${manager === "yarn" ? "../" : ""}node_modules/pulumi-sailpoint/host`;
    const host = `plugins: { providers: [{ name: pulumi-nodejs, path: ${folder} }] }`;
    const stock = project.read("Pulumi.yaml").replace(/options:\n {2}refresh: always\n/, "");
    project.write("Pulumi.yaml", `${stock}\n${host}\n`);
    expect((await project.preview()).counts).toEqual({});
    expect((await project.up({ flags: ["--expect-no-changes"] })).counts).toEqual({});

    expect((await project.destroy()).counts).toEqual({ delete: 2 });
    expect(Object.keys(tenant.admin.state().sources ?? {})).toEqual(before);
  },
);

test("the quickstart in YAML, as docs/languages.md has it, from an empty folder", async () => {
  const page = readFileSync(join(root, "docs/languages.md"), "utf8");
  const blocks = page.matchAll(/<!-- run by: test\/packed\/packed\.test\.ts -->\n\n```sh\n([^]*?)```/g);
  const [before = "", lines = ""] = [...blocks].map(([, block]) => block);
  expect(lines.trim().split("\n").length).toBeLessThanOrEqual(10);
  const tenant = await createTenant();
  const project = await createProject({
    program: "",
    stack: "unused",
    env: {
      ...tenant.env,
      PATH: pathWith(await languageFolder("yaml")),
      HOME: mkdtempSync(join(outside, "home-")),
      npm_config_cache: process.env["npm_config_cache"] ?? join(homedir(), ".npm"),
    },
    parent: outside,
  });
  rmSync(join(project.folder, "Pulumi.yaml"));
  const script = `set -e\n${before}${lines}`
    .replace("npm install sailpoint-simulator", `npm install --no-audit --no-fund ${simulator}`)
    .replace("npm install pulumi-sailpoint @pulumi/pulumi", `npm install --no-audit --no-fund ${packages.join(" ")}`);
  project.write("quickstart.sh", script);
  await project.script("/bin/sh", [join(project.folder, "quickstart.sh")]);
  const names = Object.values(tenant.admin.state().sources ?? {}).map((source) => (source as { name: string }).name);
  expect(names).toContain("HR Feed");
}, 600_000);

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

test("beside its simulator, an example of the package runs on a tenant that npx starts", async () => {
  const project = await createProject({ program: "", name: "quickstart", parent: outside });
  await managers.npm(project.folder, ...packages, simulator, `typescript@${versionOf("typescript")}`);
  const { tenant, settings } = await startSimulator(project.folder);
  try {
    cpSync(join(project.folder, "node_modules/pulumi-sailpoint/examples/quickstart"), project.folder, {
      recursive: true,
    });
    rmSync(join(project.folder, "index.js"));
    await project.setConfig({}, { hrPassword: "what only the HR system should know" });
    expect((await project.up({ env: settings })).counts).toEqual({ create: 2 });
    expect((await project.preview({ env: settings })).counts).toEqual({});
    expect((await project.destroy({ env: settings })).counts).toEqual({ delete: 2 });
  } finally {
    tenant.kill();
  }
});

/** As its page says: `npx sailpoint-simulator`, and the lines that it prints. */
function startSimulator(cwd: string) {
  const tenant = spawn(process.execPath, [join(cwd, "node_modules/.bin/sailpoint-simulator"), "--port", "0"], { cwd });
  return new Promise<{ tenant: typeof tenant; settings: Record<string, string> }>((resolve, reject) => {
    let printed = "";
    tenant.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const settings = [...printed.matchAll(/^export (SAIL_\w+)=(.*)$/gm)];
      if (settings.length < 3) return;
      resolve({ tenant, settings: Object.fromEntries(settings.map(([, key = "", value = ""]) => [key, value])) });
    });
    tenant.on("close", (code) => {
      reject(new Error(`sailpoint-simulator ended with exit code ${String(code)}:\n${printed}`));
    });
  });
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
