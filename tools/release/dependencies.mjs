import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupFailure } from "../setup/failure.mjs";
import { readJson } from "../setup/places.mjs";
import { run } from "../setup/run.mjs";

/** Permissive licences, which ask for nothing but their notice. Another one needs a decision. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
]);

/**
 * @typedef {{ id: string, license: string }} Dependency
 * @typedef {{ license?: { id?: string, name?: string }, expression?: string }} Licence
 * @typedef {{ "bom-ref": string, licenses?: Licence[] }} Component
 * @typedef {{ serialNumber?: string, metadata: { timestamp?: string }, components: Component[] }} Bom
 */

/**
 * The bill of materials of a package in CycloneDX, as npm makes it: what is installed with the package, in the versions
 * that the lock file holds and the tests ran with. `npm sbom` in the workspace itself leaves out what the workspace also
 * uses for its tests, so it runs in a folder where the package stands alone.
 * @param {import("./packages.mjs").Package} one @param {string} version @param {string} scratch @param {string} timestamp
 * @returns {Promise<Bom>}
 */
export async function billOfMaterials({ name, folder }, version, scratch, timestamp) {
  const alone = join(scratch, name); // npm takes the folder's name for the package's
  mkdirSync(alone, { recursive: true });
  // A peer is its user's own dependency.
  const { peerDependencies: _, ...rest } = readJson(`${folder}/package.json`);
  const manifest = { ...rest, version };
  writeFileSync(join(alone, "package.json"), JSON.stringify(manifest));
  const { packages, ...head } = readJson("package-lock.json");
  const lock = { ...head, name, packages: { ...locked(packages, folder), "": manifest } };
  writeFileSync(join(alone, "package-lock.json"), JSON.stringify(lock));
  await npm(alone, "install", "--package-lock-only", "--offline", "--ignore-scripts", "--no-audit");
  /** @type {Bom} */
  const bom = JSON.parse(await npm(alone, "sbom", "--sbom-format=cyclonedx", "--package-lock-only"));
  // The same commit gives the same file.
  const { serialNumber: _serial, metadata, ...others } = bom;
  return { ...others, metadata: { ...metadata, timestamp } };
}

/** The lock file as it would stand in the package's own folder. @param {Record<string, object>} all @param {string} folder */
function locked(all, folder) {
  const shared = Object.entries(all).filter(([path, entry]) => path.startsWith("node_modules/") && !("link" in entry));
  const own = Object.entries(all).filter(([path]) => path.startsWith(`${folder}/node_modules/`));
  return Object.fromEntries([...shared, ...own.map(([path, entry]) => [path.slice(folder.length + 1), entry])]);
}

/** @param {string} cwd @param {string[]} args */
async function npm(cwd, ...args) {
  const { code, output } = await run("npm", args, { cwd });
  if (code !== 0) throw new SetupFailure(`npm ${args[0]} failed in ${cwd} (exit code ${code}):\n${output}`);
  return output;
}

/** @param {Bom} bom @returns {Dependency[]} */
export function dependenciesOf({ components }) {
  return components
    .map((component) => ({ id: component["bom-ref"], license: licenceOf(component) }))
    .sort((a, b) => a.id.localeCompare(b.id));
}

/** @param {Component} component */
function licenceOf({ licenses = [] }) {
  const words = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? "unknown");
  return words.length === 0 ? "unknown" : words.join(" AND ");
}

/** The dependencies that come under a licence nobody has allowed. @param {Dependency[]} dependencies */
export function refused(dependencies) {
  return dependencies.filter(({ license }) => !isAllowed(license));
}

/** An SPDX expression: one side of an OR is enough, all of an AND are needed. @param {string} expression */
export function isAllowed(expression) {
  const plain = expression.replaceAll(/[()]/g, " ");
  if (/ AND /.test(plain) && / OR /.test(plain)) return false; // grouping decides: a person has to look
  const words = plain.split(/ (?:AND|OR) /).map((word) => word.trim());
  return / OR /.test(plain) ? words.some((word) => allowed.has(word)) : words.every((word) => allowed.has(word));
}
