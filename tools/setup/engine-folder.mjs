import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { root, userCache } from "./places.mjs";

const prefix = "unfinished-";
const abandonedAfterMs = 6 * 3_600_000;

/** Where the engines of this user lie, a folder each. */
export function engines() {
  return join(userCache(), "engines");
}

/**
 * Makes the folder of an engine so that it appears at once and whole, or not at all: everything happens
 * in a temporary folder beside it, which is renamed at the end.
 * @param {string} folder @param {string} version
 * @param {(temporary: string) => Promise<string | undefined>} make fills `bin/`; tells what went wrong, if anything
 */
export async function makeEngineFolder(folder, version, make) {
  mkdirSync(dirname(folder), { recursive: true });
  removeAbandoned(dirname(folder));
  const temporary = mkdtempSync(join(dirname(folder), prefix));
  const discard = () => rmSync(temporary, { recursive: true, force: true });
  process.once("exit", discard);
  try {
    mkdirSync(join(temporary, "bin"));
    const failure = await make(temporary);
    if (failure !== undefined) return failure;
    addDynamicProvider(join(temporary, "bin"));
    const files = readdirSync(join(temporary, "bin")).map((file) => [
      file,
      statSync(join(temporary, "bin", file)).size,
    ]);
    writeFileSync(
      join(temporary, "engine.json"),
      JSON.stringify({ version, files: Object.fromEntries(files) }, null, 2),
    );
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
    return undefined;
  } finally {
    process.removeListener("exit", discard);
    discard();
  }
}

/** The third part of an engine is a script of the npm package, which starts the host of dynamic providers. @param {string} bin */
function addDynamicProvider(bin) {
  const part = "pulumi-resource-pulumi-nodejs";
  if (!existsSync(join(bin, part))) copyFileSync(join(root, "node_modules/@pulumi/pulumi", part), join(bin, part));
}

/** What a killed set-up left behind. @param {string} parent */
function removeAbandoned(parent) {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (name.startsWith(prefix) && Date.now() - statSync(folder).mtimeMs > abandonedAfterMs) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
