import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { basename, join } from "node:path";
import { engines, makeEngineFolder } from "./engine-folder.mjs";
import { digest, root } from "./places.mjs";
import { remainingTime, say, showProgress } from "./progress.mjs";
import { run, tail } from "./run.mjs";
import { makeSmaller } from "./smaller-pulumi.mjs";

/**
 * The two commands, each with the module that pins it. The language host comes from the last release of the
 * SDK module that holds it; it drives later engines and later npm packages (decisions/engine-from-source.md).
 */
/** @type {{ name: string, module: string, source: string, smaller?: string }[]} */
const commands = [
  {
    name: "pulumi",
    module: "pulumi",
    source: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    smaller: "github.com/pulumi/pulumi/pkg/v3",
  },
  {
    name: "pulumi-language-nodejs",
    module: "pulumi-language-nodejs",
    source: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
];
const tags = "osusergo,grpcnotrace";
const flags = ["-trimpath", "-tags", tags];
/** Measured: 1,600 packages in 230 seconds of one core's time. */
const secondsPerPackage = 0.15;
const pinned = commands.flatMap(({ module }) => ["go.mod", "go.sum"].map((file) => join(root, "tools", module, file)));

/** The version of the engine that tools/pulumi pins. */
export const engineVersion = /pulumi\/pkg\/v3 v(\S+)/.exec(read(join(root, "tools/pulumi/go.mod")))?.[1] ?? "";

/** Where the engine lies once it is built: another set of pinned modules is another folder. */
export function builtEngineFolder() {
  return join(engines(), `${engineVersion}-${digest(...pinned.map(read), tags, process.platform, process.arch)}`);
}

/** Builds the engine where Go is present. Tells what went wrong, if anything. @returns {Promise<string | undefined>} */
export async function buildEngine() {
  const found = await run("go", ["version"]);
  if (found.code !== 0) return "Build with Go: no `go` on PATH";
  say("  No Pulumi CLI is there: building it from the pinned sources, once for this user.");
  return makeEngineFolder(builtEngineFolder(), engineVersion, async (folder) => {
    for (const command of commands) {
      const failure = await buildCommand(folder, command);
      if (failure !== undefined) return failure;
    }
    const { code, output } = await run(join(folder, "bin/pulumi"), ["version"], {
      env: { ...process.env, PULUMI_HOME: folder },
    });
    return code === 0 && output.includes(engineVersion)
      ? undefined
      : `Build with Go: the CLI that was built does not run:\n${tail(output)}`;
  });
}

/** @param {string} folder @param {(typeof commands)[number]} command @returns {Promise<string | undefined>} */
async function buildCommand(folder, { name, module, source, smaller }) {
  // A copy, because -mod=mod may rewrite the module files.
  const work = join(folder, module);
  mkdirSync(work);
  for (const file of ["go.mod", "go.sum"]) copyFileSync(join(root, "tools", module, file), join(work, file));
  try {
    let downloaded = 0;
    const downloading = showProgress(`Downloading the modules of ${name}`, () => `${downloaded} so far`);
    const onDownload = (/** @type {string} */ line) => {
      if (line.startsWith("go: downloading")) downloaded++;
    };
    if (smaller !== undefined) await replaceBySmaller(work, smaller, onDownload);
    // A package that an earlier build left in Go's cache is not built again.
    const listed = await go(
      work,
      ["list", "-deps", ...flags, "-f", "{{if .Stale}}{{.ImportPath}}{{end}}", source],
      onDownload,
    );
    downloading();
    if (listed.code !== 0) return `Build with Go: the modules of ${name} cannot be had:\n${tail(listed.output, 15)}`;
    const total = listed.output.split("\n").filter((line) => line !== "" && !line.includes(" ")).length;
    return await compile(join(folder, "bin", name), work, source, total);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** @param {string} output @param {string} work @param {string} source @param {number} total how many packages it is */
async function compile(output, work, source, total) {
  const remaining = remainingTime(total, secondsPerPackage / availableParallelism());
  const name = basename(output);
  let compiled = 0;
  say(`  ${name} is ${total} packages: ${remaining(0)}.`);
  const done = showProgress(`Building ${name}`, () => `${compiled} of ${total} packages, ${remaining(compiled)}`);
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${engineVersion}`;
  const args = ["build", "-v", ...flags, "-ldflags", `-s -w -X ${version}`, "-o", output, source];
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
function go(cwd, args, onLine) {
  const memory = Math.max(256, Math.floor(totalmem() / 2 ** 21 / availableParallelism()));
  const settings = { GOGC: "off", GOMEMLIMIT: `${memory}MiB`, CGO_ENABLED: "0", GOWORK: "off" };
  const env = { ...process.env, ...settings, GOFLAGS: "-mod=mod -buildvcs=false" };
  return run("go", args, { cwd, env, ...(onLine === undefined ? {} : { onLine }) });
}

/** @param {string} file */
function read(file) {
  return readFileSync(file, "utf8");
}
