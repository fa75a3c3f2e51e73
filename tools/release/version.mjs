import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readJson, root } from "../setup/places.mjs";
import { released, section } from "./changelog.mjs";
import { tracked } from "../setup/tracked.mjs";
import { packages } from "./packages.mjs";

/**
 * The files that change when a version is released, as they will be: the packages (with the repository that they come
 * from, as this clone knows it), the lock file, what the examples and
 * templates ask for, and the changelog. One that stays as it is is left out.
 * @param {string} version @param {string} date @returns {Record<string, string>}
 */
export function editsFor(version, date) {
  const names = packages.map(({ name }) => name);
  const programs = ["examples", "templates"].flatMap(tracked).filter((file) => file.endsWith("/package.json"));
  const changelog = read("CHANGELOG.md");
  const lock = readJson("package-lock.json");
  for (const { folder } of packages) lock.packages[folder].version = version;
  const edits = {
    ...Object.fromEntries(
      packages.map(({ folder }) => {
        const file = `${folder}/package.json`;
        return [file, json({ ...readJson(file), version, ...repositoryOf(folder) })];
      }),
    ),
    ...Object.fromEntries(programs.map((file) => [file, json(asking(readJson(file), names, version))])),
    "package-lock.json": json(lock),
    "CHANGELOG.md": section(changelog, version) === undefined ? released(changelog, version, date) : changelog,
  };
  return Object.fromEntries(Object.entries(edits).filter(([file, text]) => text !== read(file)));
}

/** What npm shows, and compares with the workflow that publishes. @param {string} folder */
function repositoryOf(folder) {
  const { stdout } = spawnSync("git", ["remote", "get-url", "origin"], { cwd: root, encoding: "utf8" });
  const name = /github\.com[:/]([\w.-]+\/[\w-]+)/.exec(stdout)?.[1];
  if (name === undefined) return {};
  return { repository: { type: "git", url: `git+https://github.com/${name}.git`, directory: folder } };
}

/** @param {Record<string, any>} manifest @param {string[]} names @param {string} version */
function asking(manifest, names, version) {
  for (const kind of ["dependencies", "devDependencies"]) {
    for (const name of names) {
      if (manifest[kind]?.[name] !== undefined) manifest[kind][name] = `^${version}`;
    }
  }
  return manifest;
}

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** @param {string} file */
function read(file) {
  return readFileSync(join(root, file), "utf8");
}
