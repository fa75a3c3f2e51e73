import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupFailure } from "../../tools/setup/failure.mjs";
import { cloneCache, digest, root } from "../../tools/setup/places.mjs";
import { run, tail } from "../../tools/setup/run.mjs";

/**
 * The folder of a judge's commands, `python` among them: a virtual environment with what test/judges/sdk/NAME.txt names,
 * made where it is missing. Two SDKs of one name need one each.
 * @param {"annual" | "services"} name
 */
export async function pythonEnvironment(name) {
  const folder = join(cloneCache, "judges", name);
  const requirements = join(root, "test/judges/sdk", `${name}.txt`);
  const stamp = join(folder, "installed");
  const bin = join(folder, "bin");
  const wanted = digest(readFileSync(requirements, "utf8"));
  const isThere = existsSync(join(bin, "python")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (isThere) return bin;
  await checkPython();
  process.stdout.write(`Installing a judge in .cache/judges/${name} …\n`);
  await must("python3", ["-m", "venv", folder], "Python's virtual environment could not be made");
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--requirement", requirements];
  await must(join(bin, "python"), pip, `pip could not install test/judges/sdk/${name}.txt`);
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
    `The judges of the simulator need Python 3.10 or later with its venv module. ${found}\n` +
      "Install them: `apt install python3 python3-venv` (Debian, Ubuntu), `brew install python` (macOS), or from https://www.python.org.",
  );
}

/** @param {string} command @param {string[]} args @param {string} otherwise */
async function must(command, args, otherwise) {
  const { code, output } = await run(command, args, { cwd: root });
  if (code !== 0) throw new SetupFailure(`${otherwise}:\n${tail(output)}`);
}
