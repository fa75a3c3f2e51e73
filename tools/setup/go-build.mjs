import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { digest, root } from "./places.mjs";
import { say, showProgress } from "./progress.mjs";
import { run, tail } from "./run.mjs";

/**
 * A program of a pinned Go module. `module` is its folder under tools/, `source` the package in it or in what it needs.
 * @typedef {{ name: string, module: string, source: string }} GoProgram
 */

const tags = "osusergo,grpcnotrace";

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
  const { name, module, source } = program;
  // A copy, because -mod=mod may rewrite the module files.
  const work = join(folder, module);
  mkdirSync(work);
  for (const file of filesOf(program)) copyFileSync(file, join(work, file.slice(file.lastIndexOf("/") + 1)));
  const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod -buildvcs=false", GOWORK: "off" };
  let downloaded = 0;
  let compiled = 0;
  const done = showProgress(
    `Building ${name}`,
    () => `${downloaded} modules downloaded, ${compiled} packages compiled`,
  );
  const told = version === undefined ? "" : ` -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const args = [
    "build",
    "-v",
    "-trimpath",
    "-tags",
    tags,
    "-ldflags",
    `-s -w${told}`,
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
