import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { SetupFailure } from "./failure.mjs";
import { goBuild, pinnedDigest } from "./go-build.mjs";
import { withLock } from "./lock.mjs";
import { root, userCache } from "./places.mjs";
import { say } from "./progress.mjs";
import { run } from "./run.mjs";

/**
 * What programs in other languages need beside the engine, and what writes their SDKs: built for the tests that need
 * them. `beside` are files that lie next to a program's own sources, and must lie next to the program.
 * @type {Readonly<Record<string, import("./go-build.mjs").GoProgram & { beside?: string }>>}
 */
const languages = {
  yaml: {
    name: "pulumi-language-yaml",
    module: "pulumi-language-yaml",
    source: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
  python: {
    name: "pulumi-language-python",
    module: "pulumi-language-python",
    source: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    beside: "../pulumi-language-python-exec",
  },
  sdks: { name: "generate-sdks", module: "generate-sdks", source: "." },
};

/** The folder with a program, which is built if it is not there yet. @param {string} language @returns {Promise<string>} */
export async function provideLanguage(language) {
  const program = languages[language];
  if (program === undefined)
    throw new SetupFailure(`There is no ${language}; there are ${Object.keys(languages).join(", ")}.`);
  const folder = join(userCache(), "languages", `${program.name}-${pinnedDigest([program])}`);
  const isThere = () => existsSync(join(folder, "bin", program.name));
  if (isThere()) return join(folder, "bin");
  return withLock(
    join(userCache(), "locks", program.name),
    () => say(`  Another set-up is building ${program.name}; waiting for it.`),
    async () => {
      if (!isThere()) await build(folder, program);
      return join(folder, "bin");
    },
  );
}

/** Appears at once and whole, or not at all. @param {string} folder @param {(typeof languages)[string]} program */
async function build(folder, program) {
  mkdirSync(dirname(folder), { recursive: true });
  const temporary = mkdtempSync(join(dirname(folder), "unfinished-"));
  try {
    mkdirSync(join(temporary, "bin"));
    const failure = await goBuild(temporary, program);
    if (failure !== undefined) throw new SetupFailure(failure);
    if (program.beside !== undefined) await copyBeside(join(temporary, "bin"), program, program.beside);
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string} bin @param {import("./go-build.mjs").GoProgram} program @param {string} beside */
async function copyBeside(bin, { module, source }, beside) {
  const args = ["list", "-mod=mod", "-f", "{{.Dir}}", source];
  const { code, output } = await run("go", args, {
    cwd: join(root, "tools", module),
    env: { ...process.env, GOWORK: "off" },
  });
  if (code !== 0) throw new SetupFailure(`go list of ${source} failed:\n${output}`);
  const file = join(output.trim(), beside);
  copyFileSync(file, join(bin, file.slice(file.lastIndexOf("/") + 1)));
}
