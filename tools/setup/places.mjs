import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What belongs to this clone alone: stamps, projects of the engine tests, the state of `npm start`. */
export const cloneCache = join(root, ".cache");

/** What every clone of this user shares: the Pulumi CLI. Follows XDG_CACHE_HOME and HOME. */
export function userCache() {
  const { XDG_CACHE_HOME } = process.env;
  const base = XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return join(base, "pulumi-sailpoint");
}

/** A path as a person would write it. @param {string} path */
export function shown(path) {
  const home = homedir();
  return path.startsWith(home + "/") ? `~${path.slice(home.length)}` : path;
}

/** A digest of texts, short enough for a file name. @param {string[]} texts */
export function digest(...texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex").slice(0, 16);
}

/** @param {string} path relative to the repository @returns {any} */
export function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}
