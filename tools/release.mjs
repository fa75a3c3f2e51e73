/**
 * Releases both packages (docs/releasing.md):
 *
 *     npm run release -- --dry-run [VERSION]   shows exactly what would be published, and changes nothing
 *     npm run release -- VERSION               sets the version, commits and tags; nothing leaves this machine
 *     npm run release -- --publish             publishes the tagged commit; the release workflow runs it
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { makeArtefacts } from "./release/artefacts.mjs";
import { section } from "./release/changelog.mjs";
import { obstaclesToPublishing, obstaclesToSetting, withoutRepository } from "./release/obstacles.mjs";
import { currentVersion } from "./release/packages.mjs";
import { publish } from "./release/publish.mjs";
import { report } from "./release/report.mjs";
import { editsFor } from "./release/version.mjs";
import { build } from "./setup/build.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { cloneCache, root } from "./setup/places.mjs";
import { run } from "./setup/run.mjs";

const releaseFolder = join(cloneCache, "release");
const usage = `npm run release -- --dry-run [VERSION] | VERSION | --publish`;

await script(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "dry-run": { type: "boolean", default: false }, publish: { type: "boolean", default: false } },
  });
  const [version = currentVersion(), ...others] = positionals;
  if (others.length > 0 || (values["dry-run"] && values.publish)) throw new SetupFailure(usage);
  if (values["dry-run"]) return dryRun(version);
  if (values.publish) return publishTagged(version);
  if (positionals.length === 0) throw new SetupFailure(usage);
  return setVersion(version);
});

/** @param {string} version */
async function dryRun(version) {
  const edits = editsFor(version, today());
  const { packed, plugins } = await built(version, edits);
  const notes = section(edits["CHANGELOG.md"] ?? read("CHANGELOG.md"), version) ?? "";
  const obstacles = [
    ...(await obstaclesToSetting(version)),
    ...withoutRepository(edits),
    ...packed.flatMap(({ faults }) => faults),
  ];
  process.stdout.write(report({ version, notes, packed, plugins, obstacles, edited: Object.keys(edits) }));
  process.stdout.write(`\nThese files lie in ${relative(root, releaseFolder)}. Nothing was changed or published.\n`);
}

/** @param {string} version */
async function setVersion(version) {
  refuse(`Version ${version} cannot be set here`, await obstaclesToSetting(version));
  const edits = editsFor(version, today());
  for (const [file, text] of Object.entries(edits)) writeFileSync(join(root, file), text);
  await git("commit", "--quiet", "--message", `Release ${version}`, "--", ...Object.keys(edits));
  await git("tag", "--annotate", `v${version}`, "--message", `Release ${version}`);
  process.stdout.write(
    `Committed and tagged as v${version}: ${Object.keys(edits).join(", ")}.\n` +
      `\`git push --follow-tags\` starts the release workflow, which publishes it.\n`,
  );
}

/** @param {string} version */
async function publishTagged(version) {
  refuse(`Version ${version} cannot be published`, await obstaclesToPublishing(version));
  const { packed } = await built(version);
  refuse(
    `Version ${version} cannot be published`,
    packed.flatMap(({ faults }) => faults),
  );
  writeFileSync(join(releaseFolder, "NOTES.md"), `${section(read("CHANGELOG.md"), version) ?? ""}\n`);
  for (const { name, tarball } of packed) await publish(name, version, tarball.file, { provenance: true });
}

/** @param {string} version @param {Record<string, string>} [edits] */
async function built(version, edits) {
  await build();
  return makeArtefacts(releaseFolder, version, await git("log", "-1", "--format=%cI"), edits);
}

/** @param {string} what @param {string[]} obstacles */
function refuse(what, obstacles) {
  if (obstacles.length > 0) throw new SetupFailure(`${what}:\n${obstacles.map((text) => `  - ${text}`).join("\n")}`);
}

/** @param {string[]} args */
async function git(...args) {
  const { code, output } = await run("git", args, { cwd: root });
  if (code !== 0) throw new SetupFailure(`git ${args.join(" ")} failed (exit code ${code}):\n${output}`);
  return output;
}

/** @param {string} file */
function read(file) {
  return readFileSync(join(root, file), "utf8");
}

function today() {
  return new Date().toISOString().slice(0, 10);
}
