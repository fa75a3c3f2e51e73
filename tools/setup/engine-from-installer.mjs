import { join } from "node:path";
import { engineVersion } from "./engine-from-go.mjs";
import { engines, makeEngineFolder } from "./engine-folder.mjs";
import { root } from "./places.mjs";
import { showProgress } from "./progress.mjs";
import { run, tail } from "./run.mjs";

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

/** Installs the official release through Pulumi's Automation API. Tells what went wrong, if anything. */
export function installEngine() {
  return makeEngineFolder(installedEngineFolder(), engineVersion, async (folder) => {
    const done = showProgress(`Downloading the official release of pulumi ${engineVersion}`, () => "");
    const { code, output } = await run(process.execPath, ["-e", script, folder, engineVersion], {
      cwd: root,
      timeoutMs: limitMs,
    });
    done();
    return code === 0 ? undefined : `Official installer: failed (exit code ${code}): ${tail(output, 5)}`;
  });
}
