import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { cloneCache } from "../setup/places.mjs";
import { faultsOf, filesIn } from "./content.mjs";
import { billOfMaterials, dependenciesOf, refused } from "./dependencies.mjs";
import { pack, packages } from "./packages.mjs";
import { everyPlatform, writePluginArchives } from "./plugin-archives.mjs";

/**
 * @typedef {{ path: string, size: number }} PackedFile
 * @typedef {{ file: string, size: number, sha256: string }} Artefact
 * @typedef {import("./dependencies.mjs").Dependency} Dependency
 * @typedef {{ name: string, tarball: Artefact, content: PackedFile[], bom: Artefact, dependencies: Dependency[], faults: string[] }} Packed
 */

/**
 * Makes all files of a release, in a folder that holds nothing else: tarballs, the plugin's archives, bills of materials,
 * checksums.
 * @param {string} folder @param {string} version @param {string} timestamp @param {Record<string, string>} [edits]
 * @returns {Promise<{ packed: Packed[], plugins: Artefact[] }>}
 */
export async function makeArtefacts(folder, version, timestamp, edits) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(cloneCache, "bill-"));
  try {
    const packed = [];
    for (const one of packages) {
      const tarball = artefact(await pack(one, folder, edits));
      const bom = await billOfMaterials(one, version, scratch, timestamp);
      const file = join(folder, `${one.name}-${version}.cdx.json`);
      writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
      const content = await filesIn(tarball.file);
      const dependencies = dependenciesOf(bom);
      const faults = [
        ...faultsOf(
          content.map(({ path }) => path),
          tarball.size,
        ),
        ...refused(dependencies).map(({ id, license }) => `${id} comes under ${license}, which nobody has allowed`),
      ];
      packed.push({ name: one.name, tarball, content, bom: artefact(file), dependencies, faults });
    }
    rmSync(join(folder, "staged"), { recursive: true });
    const plugins = (await writePluginArchives(folder, version, everyPlatform)).map(artefact);
    writeFileSync(join(folder, "SHA256SUMS"), checksums(packed, plugins));
    return { packed, plugins };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** As `sha256sum --check` reads them. @param {Packed[]} packed @param {Artefact[]} plugins */
export function checksums(packed, plugins) {
  const lines = [...packed.flatMap(({ tarball, bom }) => [tarball, bom]), ...plugins];
  return lines.map(({ sha256, file }) => `${sha256}  ${basename(file)}\n`).join("");
}

/** @param {string} file @returns {Artefact} */
function artefact(file) {
  const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
  return { file, size: statSync(file).size, sha256 };
}
