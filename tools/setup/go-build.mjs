import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { basename, join } from "node:path";
import { digest, root } from "./places.mjs";
import { remainingTime, say, showProgress } from "./progress.mjs";
import { run, tail } from "./run.mjs";
import { makeSmaller } from "./smaller-pulumi.mjs";

/**
 * A program of a pinned Go module. `module` is its folder under tools/, `source` the package in it or in what it needs.
 * `smaller` is a module that is
 * built without what no command here needs.
 * @typedef {{ name: string, module: string, source: string, smaller?: string }} GoProgram
 */

const tags = "osusergo,grpcnotrace";
const flags = ["-trimpath", "-tags", tags];
/** Measured: 1,600 packages in 230 seconds of one core's time. */
const secondsPerPackage = 0.15;

/** Tells one pinned set of programs from another. @param {readonly GoProgram[]} programs */
export function pinnedDigest(programs) {
  return digest(
    ...programs.flatMap(filesOf).map((file) => readFileSync(file, "utf8")),
    tags,
    process.platform,
    process.arch,
  );
}

/** The module's own files, in one order. @param {GoProgram} program */
function filesOf({ module }) {
  const folder = join(root, "tools", module);
  return readdirSync(folder)
    .filter((file) => /\.(go|mod|sum)$/.test(file))
    .sort()
    .map((file) => join(folder, file));
}

/**
 * Builds a program into `folder`/bin. Tells what went wrong, if anything.
 * @param {string} folder @param {GoProgram} program @param {string} [version] of Pulumi, as the program shall tell it
 * @returns {Promise<string | undefined>}
 */
export async function goBuild(folder, program, version) {
  const { name, module, source, smaller } = program;
  // A copy, because -mod=mod may rewrite the module files.
  const work = join(folder, module);
  mkdirSync(work);
  for (const file of filesOf(program)) copyFileSync(file, join(work, basename(file)));
  try {
    let downloaded = 0;
    const downloading = showProgress(`Downloading the modules of ${name}`, () => `${downloaded} so far`);
    const onDownload = (/** @type {string} */ line) => {
      if (line.startsWith("go: downloading")) downloaded++;
    };
    if (smaller !== undefined) await replaceBySmaller(work, smaller, onDownload);
    const total = await countStale(work, source, onDownload);
    downloading();
    if (typeof total === "string") return `Build with Go: the modules of ${name} cannot be had:\n${total}`;
    return await compile(join(folder, "bin", name), work, source, total, version);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/**
 * Builds a package of the module in `work`. Tells what went wrong, if anything.
 * @param {string} output @param {string} work @param {string} source @param {string} version
 */
export async function compileGo(output, work, source, version) {
  const total = await countStale(work, source);
  return typeof total === "string" ? total : compile(output, work, source, total, version);
}

/**
 * How many packages are to be built; one that an earlier build left in Go's cache is not built again. A text: what went
 * wrong.
 * @param {string} work @param {string} source @param {(line: string) => void} [onLine]
 */
async function countStale(work, source, onLine) {
  const format = "{{if .Stale}}{{.ImportPath}}{{end}}";
  const { code, output } = await go(work, ["list", "-deps", ...flags, "-f", format, source], onLine);
  if (code !== 0) return tail(output, 15);
  return output.split("\n").filter((line) => line !== "" && !line.includes(" ")).length;
}

/** @param {string} output @param {string} work @param {string} source @param {number} total how many packages it is @param {string} [version] */
async function compile(output, work, source, total, version) {
  const remaining = remainingTime(total, secondsPerPackage / availableParallelism());
  const name = basename(output);
  let compiled = 0;
  say(`  ${name} is ${total} packages: ${remaining(0)}.`);
  const done = showProgress(`Building ${name}`, () => `${compiled} of ${total} packages, ${remaining(compiled)}`);
  const told = version === undefined ? "" : ` -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const args = ["build", "-v", ...flags, "-ldflags", `-s -w${told}`, "-o", output, source];
  const { code, output: printed } = await go(work, args, () => compiled++);
  const time = done();
  if (code !== 0) return `Build with Go: go build of ${source} failed (exit code ${code}):\n${tail(printed, 15)}`;
  say(`  ${name} built in ${time}.`);
  return undefined;
}

/** @param {string} work @param {string} module @param {(line: string) => void} onLine */
async function replaceBySmaller(work, module, onLine) {
  const found = await go(work, ["mod", "download", "-json", module], onLine);
  const folder = /"Dir": "(.*)"/.exec(found.output)?.[1];
  if (folder === undefined || !makeSmaller(folder, join(work, "smaller"))) return;
  await go(work, ["mod", "edit", `-replace=${module}=./smaller`]);
}

/**
 * The compiler throws away what it needs no more, which costs a quarter of its time. It does so only where memory
 * becomes short: each of its processes, one for each core, may take its part of half the machine's.
 * @param {string} cwd @param {string[]} args @param {(line: string) => void} [onLine]
 */
export function go(cwd, args, onLine) {
  const memory = Math.max(256, Math.floor(totalmem() / 2 ** 21 / availableParallelism()));
  const settings = { GOGC: "off", GOMEMLIMIT: `${memory}MiB`, CGO_ENABLED: "0", GOWORK: "off" };
  const env = { ...process.env, ...settings, GOFLAGS: "-mod=mod -buildvcs=false" };
  return run("go", args, { cwd, env, ...(onLine === undefined ? {} : { onLine }) });
}
