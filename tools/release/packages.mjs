/**
 * What is published: both packages under one version and one tag, since the simulator is tried with the provider of the
 * same commit and with no other.
 */
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { SetupFailure } from "../setup/failure.mjs";
import { readJson, root } from "../setup/places.mjs";
import { run } from "../setup/run.mjs";
import { tracked } from "../setup/tracked.mjs";

/** @typedef {{ name: string, folder: string, beside: string[] }} Package */

/** `beside` lies at the top of this repository, and inside the package. @type {Package[]} */
export const packages = [
  { name: "pulumi-sailpoint", folder: "provider", beside: ["CHANGELOG.md", "examples", "templates"] },
  { name: "sailpoint-simulator", folder: "simulator", beside: ["CHANGELOG.md"] },
];

/** The version of both, as their package.json say it. */
export function currentVersion() {
  const versions = [...new Set(packages.map(({ folder }) => String(readJson(`${folder}/package.json`).version)))];
  const [version, ...others] = versions;
  if (version === undefined || others.length > 0) {
    throw new SetupFailure(
      `The packages have different versions, ${versions.join(" and ")}; they are released together, under one.`,
    );
  }
  return version;
}

/**
 * Packs a compiled package as it is published. `files` of its package.json says what belongs to it; what npm cannot
 * reach from there (the examples) is laid beside it first.
 * @param {Package} one @param {string} into @param {Record<string, string>} [edits] files of this repository as they
 * will be @returns {Promise<string>} the tarball
 */
export async function pack({ name, folder, beside }, into, edits = {}) {
  const staged = join(into, "staged", name);
  for (const file of [...tracked(folder), ...beside.flatMap(tracked)]) {
    const to = join(staged, file.startsWith(`${folder}/`) ? relative(folder, file) : file);
    cpSync(join(root, file), to);
    if (edits[file] !== undefined) writeFileSync(to, edits[file]);
  }
  cpSync(join(root, folder, "dist"), join(staged, "dist"), { recursive: true });
  const { code, output } = await run("npm", ["pack", "--pack-destination", into, "--silent"], { cwd: staged });
  if (code !== 0) throw new SetupFailure(`npm pack of ${name} failed (exit code ${code}):\n${output}`);
  rmSync(staged, { recursive: true });
  return join(into, output.trim().split("\n").at(-1) ?? "");
}
