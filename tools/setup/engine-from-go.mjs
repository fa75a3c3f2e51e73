import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { engines, makeEngineFolder } from "./engine-folder.mjs";
import { digest, root } from "./places.mjs";
import { say, showProgress } from "./progress.mjs";
import { run, tail } from "./run.mjs";

/**
 * The two commands, each with the module that pins it. The language host comes from the last release of the
 * SDK module that holds it; it drives later engines and later npm packages (decisions/engine-from-source.md).
 */
const commands = [
  { name: "pulumi", module: "pulumi", source: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
  {
    name: "pulumi-language-nodejs",
    module: "pulumi-language-nodejs",
    source: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
];
const tags = "osusergo,grpcnotrace";
const pinned = commands.flatMap(({ module }) => ["go.mod", "go.sum"].map((file) => join(root, "tools", module, file)));

/** The version of the engine that tools/pulumi pins. */
export const engineVersion = /pulumi\/pkg\/v3 v(\S+)/.exec(read(join(root, "tools/pulumi/go.mod")))?.[1] ?? "";

/** Where the engine lies once it is built: another set of pinned modules is another folder. */
export function builtEngineFolder() {
  return join(engines(), `${engineVersion}-${digest(...pinned.map(read), tags, process.platform, process.arch)}`);
}

/** Builds the engine where Go is present. Tells what went wrong, if anything. @returns {Promise<string | undefined>} */
export async function buildEngine() {
  const go = await run("go", ["version"]);
  if (go.code !== 0) return "Build with Go: no `go` on PATH";
  say("  No Pulumi CLI is installed: building it from the pinned sources, once. This takes some minutes.");
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
async function buildCommand(folder, { name, module, source }) {
  // A copy, because -mod=mod may rewrite the module files.
  const work = join(folder, module);
  mkdirSync(work);
  for (const file of ["go.mod", "go.sum"]) copyFileSync(join(root, "tools", module, file), join(work, file));
  const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod -buildvcs=false", GOWORK: "off" };
  let downloaded = 0;
  let compiled = 0;
  const done = showProgress(
    `Building ${name}`,
    () => `${downloaded} modules downloaded, ${compiled} packages compiled`,
  );
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${engineVersion}`;
  const args = [
    "build",
    "-v",
    "-trimpath",
    "-tags",
    tags,
    "-ldflags",
    `-s -w -X ${version}`,
    "-o",
    join(folder, "bin", name),
    source,
  ];
  const { code, output } = await run("go", args, {
    cwd: work,
    env,
    onLine: (line) => {
      if (line.startsWith("go: downloading")) downloaded++;
      else compiled++;
    },
  });
  const time = done();
  rmSync(work, { recursive: true });
  if (code !== 0) return `Build with Go: go build of ${source} failed (exit code ${code}):\n${tail(output, 15)}`;
  say(`  ${name} built in ${time}.`);
  return undefined;
}

/** @param {string} file */
function read(file) {
  return readFileSync(file, "utf8");
}
