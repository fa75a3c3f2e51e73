import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupFailure } from "./failure.mjs";
import { cloneCache, digest, root } from "./places.mjs";
import { run, tail } from "./run.mjs";

/**
 * The folder of a virtual environment's commands, `python` among them: it is made where it is missing.
 * @param {string} name of the folder under .cache
 * @param {string} requirements a file of what is installed, from the repository's root
 * @param {string[]} [packages] folders that are installed, too
 */
export async function pythonEnvironment(name, requirements, packages = []) {
  const folder = join(cloneCache, name);
  const bin = join(folder, "bin");
  const stamp = join(folder, "installed");
  const wanted = digest(readFileSync(join(root, requirements), "utf8"), ...packages);
  const isThere = existsSync(join(bin, "python")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (isThere) return bin;
  await checkPython();
  process.stderr.write(`Installing ${requirements} in .cache/${name} …\n`);
  await must("python3", ["-m", "venv", folder], "Python's virtual environment could not be made");
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--requirement", requirements];
  await must(join(bin, "python"), [...pip, ...packages], `pip could not install ${requirements}`);
  writeFileSync(stamp, wanted);
  return bin;
}

async function checkPython() {
  const { code } = await run("python3", ["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"]);
  if (code === 0) return;
  const { code: missing, output } = await run("python3", ["--version"]);
  const found =
    missing === 0 ? `This is ${output.trim()}, perhaps without its venv module.` : "There is no python3 on PATH.";
  throw new SetupFailure(
    `Python 3.10 or later with its venv module is needed. ${found}\n` +
      "Install them: `apt install python3 python3-venv` (Debian, Ubuntu), `brew install python` (macOS), or from https://www.python.org.",
  );
}

/** @param {string} command @param {string[]} args @param {string} otherwise */
async function must(command, args, otherwise) {
  const { code, output } = await run(command, args, { cwd: root });
  if (code !== 0) throw new SetupFailure(`${otherwise}:\n${tail(output)}`);
}
