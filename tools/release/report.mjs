import { basename } from "node:path";
import { checksums } from "./artefacts.mjs";

/**
 * @typedef {import("./artefacts.mjs").Packed} Packed
 * @typedef {import("./artefacts.mjs").Artefact} Artefact
 * @typedef {{
 *   version: string, notes: string, packed: Packed[], plugins: Artefact[], obstacles: string[], edited: string[],
 * }} Planned
 */

/** What a release would be, for a person who decides on it. @param {Planned} planned */
export function report({ version, notes, packed, plugins, obstacles, edited }) {
  const sections = {
    [`Version ${version} of ${packed.map(({ name }) => name).join(" and ")}, tag v${version}`]: "",
    "Files that the release commit changes": lines(edited),
    Changelog: notes || "(nothing)",
    ...Object.fromEntries(packed.map((one) => [`${basename(one.tarball.file)}: ${sizes(one)}`, contentOf(one)])),
    "The plugin's archives, of the same content": lines(
      plugins.map(({ file, size }) => `${basename(file)}: ${kilobytes(size)}`),
    ),
    "Licences of what is installed with them": licences(packed),
    "Bills of materials (CycloneDX)": lines(
      packed.map(({ bom, dependencies }) => `${basename(bom.file)}: ${dependencies.length} components`),
    ),
    "Checksums (SHA-256)": checksums(packed, plugins).trimEnd(),
    "What would be done": lines([
      `git commit, git tag v${version}`,
      ...packed.map(({ tarball }) => `npm publish ${basename(tarball.file)} --provenance=true --access=public`),
      `a GitHub release v${version} with the changelog's section, the tarballs, the plugin's archives, the bills of materials and SHA256SUMS`,
    ]),
    "In the way": obstacles.length === 0 ? "nothing" : lines(obstacles),
  };
  return Object.entries(sections)
    .map(([title, text]) => `== ${title}\n${text === "" ? "" : `${text}\n`}`)
    .join("\n");
}

/** @param {string[]} texts */
function lines(texts) {
  return texts.map((text) => `- ${text}`).join("\n");
}

/** @param {Packed} packed */
function sizes({ tarball, content }) {
  const unpacked = content.reduce((sum, { size }) => sum + size, 0);
  return `${kilobytes(tarball.size)} packed, ${kilobytes(unpacked)} unpacked, ${content.length} files`;
}

/** @param {Packed} packed */
function contentOf({ content }) {
  return content.map(({ path, size }) => `${String(size).padStart(8)}  ${path}`).join("\n");
}

/** @param {Packed[]} packed */
function licences(packed) {
  const all = new Map(packed.flatMap(({ dependencies }) => dependencies).map(({ id, license }) => [id, license]));
  return [...all].map(([id, license]) => `${license.padEnd(16)}  ${id}`).join("\n");
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}
