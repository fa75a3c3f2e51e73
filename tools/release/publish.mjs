import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { SetupFailure } from "../setup/failure.mjs";
import { run, tail } from "../setup/run.mjs";

/**
 * Publishes a tarball. What the registry has already, byte for byte, is left as it is: a release that
 * broke off half-way is run again.
 * @param {string} name @param {string} version @param {string} tarball
 * @param {{ provenance: boolean, env?: NodeJS.ProcessEnv }} options npm proves only in a workflow where it was built
 */
export async function publish(name, version, tarball, { provenance, env = process.env }) {
  const published = await integrityOf(name, version, env);
  const ours = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
  if (published === ours) {
    process.stdout.write(`${name} ${version} is published already.\n`);
    return;
  }
  if (published !== undefined) {
    throw new SetupFailure(`${name} ${version} is published already, with other content: release another version.`);
  }
  const { code, output } = await run("npm", ["publish", tarball, `--provenance=${provenance}`, "--access=public"], {
    env,
  });
  if (code !== 0)
    throw new SetupFailure(`npm publish of ${name} ${version} failed (exit code ${code}):\n${tail(output)}`);
  process.stdout.write(`${name} ${version} is published.\n`);
}

/** What the registry has under this version. @param {string} name @param {string} version @param {NodeJS.ProcessEnv} env */
async function integrityOf(name, version, env) {
  const { code, output } = await run("npm", ["view", `${name}@${version}`, "dist.integrity"], { env });
  if (code === 0) return output.trim() || undefined;
  if (/\bE404\b/.test(output)) return undefined;
  throw new SetupFailure(`The registry does not tell whether it has ${name} ${version}:\n${tail(output)}`);
}
