import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { SetupFailure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { cloneCache, digest, readJson, root } from "./places.mjs";
import { say, showProgress } from "./progress.mjs";
import { run } from "./run.mjs";

const packages = ["provider", "simulator"];
const stamp = join(cloneCache, "build.stamp");

/** Compiles the provider and the simulator unless nothing changed since the last time. Tells whether it did. */
export async function build() {
  if (isBuilt()) return false;
  await withLock(
    join(cloneCache, "build.lock"),
    () => say("  Another build of this clone is running; waiting."),
    compile,
  );
  return true;
}

async function compile() {
  if (isBuilt()) return;
  const inputs = digestOfInputs();
  const done = showProgress("Compiling the provider and the simulator", () => "");
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  // The compiler believes its own record of what it wrote, also when somebody removed the output.
  const force = mains().every((file) => existsSync(file)) ? [] : ["--force"];
  const { code, output } = await run(process.execPath, [tsc, "--build", ...force, ...packages], { cwd: root });
  const time = done();
  if (code !== 0) throw new SetupFailure(`The build failed (tsc --build ${packages.join(" ")}):\n${output}`);
  packages.forEach(removeOrphans);
  commands().forEach(link);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
  say(`  Compiled in ${time}.`);
}

function isBuilt() {
  const outputs = [...mains(), ...commands().flatMap(({ file, link }) => [file, link])];
  return (
    outputs.every((file) => existsSync(file)) && existsSync(stamp) && readFileSync(stamp, "utf8") === digestOfInputs()
  );
}

function mains() {
  return packages.map((name) => join(root, name, readJson(`${name}/package.json`).main));
}

/** Removes what was compiled of sources that are gone: it would still be found, and published. @param {string} name */
function removeOrphans(name) {
  const dist = join(root, name, "dist");
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const output = join(entry.parentPath, entry.name);
    const source = join(root, name, "src", relative(dist, output)).replace(/\.(d\.ts|js)(\.map)?$/, ".ts");
    if (entry.isFile() && !existsSync(source)) rmSync(output);
  }
}

/** The commands of the packages: what each is called, and the file that npm links for it. */
function commands() {
  return packages.flatMap((name) => {
    /** @type {Record<string, string>} */
    const bin = readJson(`${name}/package.json`).bin ?? {};
    return Object.entries(bin).map(([command, file]) => ({
      file: join(root, name, file),
      link: join(root, "node_modules/.bin", command),
    }));
  });
}

/** npm leaves out commands that are not compiled yet when it installs. @param {{ file: string, link: string }} command */
function link({ file, link }) {
  if (!existsSync(file))
    throw new SetupFailure(`A package.json names the command ${file}, which the build does not make.`);
  chmodSync(file, 0o755);
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), file), link);
}

function digestOfInputs() {
  const files = ["tsconfig.base.json", "node_modules/typescript/package.json"].map((file) => join(root, file));
  for (const name of packages) {
    files.push(join(root, name, "package.json"), join(root, name, "tsconfig.json"));
    const src = join(root, name, "src");
    for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
    }
  }
  return digest(...files.sort().map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`));
}
