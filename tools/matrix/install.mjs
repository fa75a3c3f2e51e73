import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SetupFailure } from "../setup/failure.mjs";
import { cloneCache, root } from "../setup/places.mjs";
import { run, tail } from "../setup/run.mjs";

/** @typedef {import("./cells.mjs").Cell} Cell */

/** Under another name than its own, a compiler that Pulumi cannot load is not found by it. */
const compilerAside = "typescript-aside";

/** The folder of a Node.js of this major version, as the npm registry has it. @param {string} major */
export async function nodeOf(major) {
  const name = `node-${process.platform}-${process.arch}`;
  return join(await tool(name, major), "node_modules", name, "bin");
}

/**
 * Installs what a cell asks for, by its package manager, and tells where the program belongs, the versions that came of it,
 * where the compiler lies, and what went wrong, if anything.
 * @param {string} outer @param {Cell} cell @param {string} node @param {string} tarball
 */
export async function installIn(outer, { manager, pulumi, program, typescript, workspace }, node, tarball) {
  const folder = workspace ? join(outer, "program") : outer;
  const compiler = program === "compiled TypeScript" ? compilerAside : "typescript";
  const dependencies = {
    "@pulumi/pulumi": pulumi,
    "pulumi-sailpoint": `file:${tarball}`,
    ...(typescript === undefined ? {} : { "@types/node": "20", [compiler]: `npm:typescript@${typescript}` }),
  };
  const manifest = {
    name: "cell",
    version: "0.0.0", // yarn passes over a package of a workspace without one
    private: true,
    ...(program === "ES module" ? { type: "module" } : {}),
    dependencies,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  if (workspace) {
    const root = { name: "outer", private: true, workspaces: ["program"] };
    writeFileSync(join(outer, "package.json"), JSON.stringify(root));
    // Of late pnpm wants to be told whether a package that asks for it may run a script (docs/toolchains.md).
    writeFileSync(join(outer, "pnpm-workspace.yaml"), "packages: [program]\nallowBuilds: { protobufjs: false }\n");
  }
  const [file = "", ...args] = await managers[manager](outer);
  const done = await run(file, args, { cwd: outer, env: withNode(node) });
  const problem = done.code === 0 ? undefined : `${file} ${args.join(" ")} failed in ${outer}:\n${tail(done.output)}`;
  const { code, output } = await run(join(node, "node"), ["--version"]);
  if (code !== 0) throw new SetupFailure(`Node.js of ${node} does not run:\n${output}`);
  const folderOf = (/** @type {string} */ name) =>
    [folder, outer].map((start) => join(start, "node_modules", name)).find(existsSync) ?? join(folder, "none");
  const installed = [
    output.replace("v", ""),
    versionOf(folderOf("@pulumi/pulumi")),
    versionOf(folderOf(compiler)),
    `${manager.split("@")[0]} ${await versionOfManager(manager, outer, node)}${workspace ? ", workspace" : ""}`,
  ];
  return { folder, installed, tsc: join(folderOf(compiler), "bin/tsc"), problem };
}

/** @type {Record<Cell["manager"], (folder: string) => Promise<string[]>>} */
const managers = {
  npm: () => Promise.resolve(["npm", "install", "--no-audit", "--no-fund"]),
  pnpm: (folder) =>
    Promise.resolve([
      "node",
      join(root, "node_modules/pnpm/bin/pnpm.cjs"),
      "install",
      "--store-dir",
      join(folder, "store"),
    ]),
  "pnpm@latest": async (folder) => [
    join(await tool("pnpm", "latest"), "node_modules/.bin/pnpm"),
    "install",
    "--store-dir",
    join(folder, "store"),
  ],
  yarn: async (folder) => [
    "node",
    join(await tool("yarn", "1"), "node_modules/yarn/bin/yarn.js"),
    "install",
    "--no-progress",
    "--cache-folder",
    join(folder, "store"),
  ],
};

/** @param {Cell["manager"]} manager @param {string} folder @param {string} node */
async function versionOfManager(manager, folder, node) {
  const command = await managers[manager](folder);
  const [file = "", ...args] = command.slice(0, command.indexOf("install"));
  const { code, output } = await run(file, [...args, "--version"], { cwd: folder, env: withNode(node) });
  if (code !== 0) throw new SetupFailure(`${manager} does not tell its version:\n${tail(output)}`);
  return output.trim();
}

/** A package that is no dependency of ours, installed once. @param {string} name @param {string} version */
export async function tool(name, version) {
  const folder = join(cloneCache, `${name}-${version}`);
  if (existsSync(join(folder, "node_modules", name))) return folder;
  const args = ["install", "--silent", "--no-save", "--prefix", folder, `${name}@${version}`];
  const { code, output } = await run("npm", args);
  if (code !== 0) throw new SetupFailure(`npm cannot install ${name}@${version}:\n${tail(output)}`);
  return folder;
}

/** The environment in which `node` is that one. @param {string} node */
function withNode(node) {
  return { ...process.env, PATH: `${node}${delimiter}${process.env.PATH ?? ""}` };
}

/** @param {string} folder */
function versionOf(folder) {
  const file = join(folder, "package.json");
  return existsSync(file) ? String(JSON.parse(readFileSync(file, "utf8")).version) : "";
}
