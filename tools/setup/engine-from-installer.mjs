import { join } from "node:path";
import { engineVersion } from "./engine-from-go.mjs";
import { engines, makeEngineFolder } from "./engine-folder.mjs";
import { root } from "./places.mjs";
import { showProgress } from "./progress.mjs";
import { run, tail } from "./run.mjs";

const address = "https://get.pulumi.com/install.sh"; // what the Automation API downloads first
const reachMs = 5_000;
const limitMs = 10 * 60_000;
const script = `
const { PulumiCommand } = require("@pulumi/pulumi/automation");
const { SemVer } = require("semver");
PulumiCommand.install({ root: process.argv[1], version: new SemVer(process.argv[2]) }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});`;

/** Where the official release lies once it is installed. */
export function installedEngineFolder() {
  return join(engines(), `${engineVersion}-official`);
}

/**
 * Installs the official release through Pulumi's Automation API: the quickest way, where its host is reached. Whether it
 * is, is found out in seconds, since machines that reach only their package registries may wait long for an answer.
 * Tells what went wrong, if anything.
 * @returns {Promise<string | undefined>}
 */
export async function installEngine() {
  const seconds = String(reachMs / 1000);
  const reached = await run("curl", ["--head", "--silent", "--show-error", "--fail", "--max-time", seconds, address]);
  if (reached.code === 127) return "Official release: no `curl` on PATH, which its installer needs";
  if (reached.code !== 0) return `Official release: not reached within ${seconds} s (${tail(reached.output, 1)})`;
  return makeEngineFolder(installedEngineFolder(), engineVersion, async (folder) => {
    const done = showProgress(`Downloading the official release of pulumi ${engineVersion}`, () => "");
    const { code, output } = await run(process.execPath, ["-e", script, folder, engineVersion], {
      cwd: root,
      timeoutMs: limitMs,
    });
    done();
    return code === 0 ? undefined : `Official release: the installer failed (exit code ${code}): ${tail(output, 5)}`;
  });
}
