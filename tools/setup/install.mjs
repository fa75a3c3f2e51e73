import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SetupFailure } from "./failure.mjs";
import { digest, root, userCache } from "./places.mjs";
import { withLock } from "./lock.mjs";
import { say, showProgress } from "./progress.mjs";
import { run, tail } from "./run.mjs";

const installed = "node_modules/.package-lock.json";

/** Installs the locked dependencies unless exactly these are there. Tells whether it did. */
export async function installDependencies() {
  if (isInstalled()) return false;
  const lock = join(userCache(), "locks", `clone-${digest(root)}`);
  await withLock(lock, () => say("  Another set-up of this clone is running; waiting for it."), install);
  return true;
}

async function install() {
  if (isInstalled()) return;
  const done = showProgress("Installing the locked dependencies (npm ci)", () => "");
  const { code, output } = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=warn"], { cwd: root });
  const time = done();
  if (code !== 0) {
    throw new SetupFailure(
      `npm ci failed (exit code ${code}):\n${tail(output)}\n\n` +
        "The dependencies come from the npm registry: check the network and `npm config get registry`, then run the command again.",
    );
  }
  say(`  Dependencies installed in ${time}.`);
}

/** npm writes what it installed to a lock file of its own, last: an install that was cut short leaves none. */
function isInstalled() {
  if (!existsSync(join(root, installed))) return false;
  const wanted = packages("package-lock.json");
  const present = packages(installed);
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === "" || !path.includes("node_modules/")) return true;
    const found = present[path];
    return found === undefined ? optional === true || link === true : found.version === version;
  });
}

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} Locked */
/** @param {string} file @returns {Record<string, Locked>} */
function packages(file) {
  return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
}
