import { readFileSync } from "node:fs";
import { join } from "node:path";
import semver from "semver";
import { readJson, root } from "../setup/places.mjs";
import { run } from "../setup/run.mjs";
import { section } from "./changelog.mjs";
import { currentVersion, packages } from "./packages.mjs";

/** What stands in the way of setting this version here, in words. @param {string} version */
export async function obstaclesToSetting(version) {
  const current = currentVersion();
  const notes = section(readFileSync(join(root, "CHANGELOG.md"), "utf8"), "Unreleased");
  return [
    ...(semver.valid(version) === version ? [] : [`"${version}" is no version: three numbers, such as 1.2.3`]),
    ...(semver.valid(version) && semver.lt(version, current) ? [`${version} is older than ${current}`] : []),
    ...((await git("tag", "--list", `v${version}`)) === "" ? [] : [`the tag v${version} is there already`]),
    ...(notes ? [] : ["CHANGELOG.md tells nothing under Unreleased"]),
    ...(await changedFiles()),
  ];
}

/** What stands in the way of publishing this commit, in words. @param {string} version */
export async function obstaclesToPublishing(version) {
  const tags = (await git("tag", "--points-at", "HEAD")).split("\n");
  return [
    ...(process.env.GITHUB_ACTIONS === "true"
      ? []
      : ["this is no workflow of GitHub, where npm can prove the provenance"]),
    ...(tags.includes(`v${version}`) ? [] : [`this commit does not carry the tag v${version}`]),
    ...(section(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version)
      ? []
      : [`CHANGELOG.md has no section ${version}`]),
    ...(await changedFiles()),
    ...withoutRepository(),
  ];
}

/**
 * The registry compares it with the repository that the workflow runs in, which is what provenance proves.
 * @param {Record<string, string>} [edits] files as they will be
 */
export function withoutRepository(edits = {}) {
  const files = packages.map(({ folder }) => `${folder}/package.json`);
  return files
    .filter((file) => (edits[file] === undefined ? readJson(file) : JSON.parse(edits[file])).repository === undefined)
    .map(
      (file) =>
        `${file} has no "repository", which npm compares the provenance with. Setting a version takes it from the remote ` +
        "`origin`, which this clone has not on GitHub: git remote add origin git@github.com:OWNER/NAME.git",
    );
}

async function changedFiles() {
  const changed = await git("status", "--porcelain");
  return changed === "" ? [] : [`there are changes that no commit has:\n${changed}`];
}

/** @param {string[]} args */
async function git(...args) {
  const { code, output } = await run("git", args, { cwd: root });
  if (code !== 0) throw new Error(`git ${args.join(" ")} failed:\n${output}`);
  return output;
}
