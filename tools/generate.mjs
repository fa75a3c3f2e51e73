/**
 * Writes what is made from the trees of the kinds (provider/src/kinds): the resource classes, and the reference page of
 * each resource. `npm run generate`; with --check it writes nothing and fails when a file is not what it would write.
 *
 * The trees are read as they stand in their sources, since the compiled package has the classes in it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import prettier from "prettier";
import { classesOf, fileName, indexOf } from "./generate/classes.mjs";
import { pageOf, pagesIndexOf } from "./generate/pages.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { root } from "./setup/places.mjs";

await script(async () => {
  const load = createRequire(import.meta.url);
  load("../test/typescript.js");
  /** @type {typeof import("../provider/src/kinds/index.js")} */
  const { kinds } = load("../provider/src/kinds/index.ts");
  const entries = Object.entries(kinds);
  /** @type {Record<string, string>} */
  const files = {
    "provider/src/resources/index.ts": indexOf(entries),
    "docs/resources/README.md": pagesIndexOf(entries),
  };
  for (const [handler, kind] of entries) {
    files[`provider/src/resources/${fileName(kind.name)}.ts`] = classesOf(handler, kind);
    files[`docs/resources/${fileName(kind.name)}.md`] = pageOf(kind);
  }
  /** @type {string[]} */
  const stale = [];
  for (const [file, text] of Object.entries(files)) if (!(await write(file, text))) stale.push(file);
  if (stale.length > 0)
    throw new SetupFailure(`Not up to date: ${stale.join(", ")}. \`npm run generate\` writes them.`);
});

/** @param {string} file @param {string} text */
async function write(file, text) {
  const path = join(root, file);
  const formatted = await prettier.format(text, { ...(await prettier.resolveConfig(path)), filepath: path });
  if (existsSync(path) && readFileSync(path, "utf8") === formatted) return true;
  if (process.argv.includes("--check")) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, formatted);
  process.stdout.write(`Wrote ${file}\n`);
  return true;
}
