/**
 * Builds the site of the documentation, site/dist, from the pages that read well in the repository too: `npm run site`.
 * With --serve it shows them at once and follows changes of site/pages.
 */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { script, SetupFailure } from "./setup/failure.mjs";
import { root } from "./setup/places.mjs";
import { run, tail } from "./setup/run.mjs";
import { pages, pictures } from "./site/pages.mjs";
import { sidebar } from "./site/sidebar.mjs";

const folder = join(root, "site");
const staged = join(folder, "pages");

await script(async () => {
  if (!existsSync(join(folder, "node_modules/vitepress"))) await must("npm", ["ci", "--no-audit", "--no-fund"]);
  rmSync(staged, { recursive: true, force: true });
  const all = pages();
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(staged, file)), { recursive: true });
    writeFileSync(join(staged, file), text);
  }
  cpSync(join(root, pictures), join(staged, "public", pictures), { recursive: true });
  writeFileSync(join(staged, "sidebar.json"), JSON.stringify(sidebar(all), null, 2));
  const vitepress = join(folder, "node_modules/vitepress/bin/vitepress.js");
  const [command, finding] = process.argv.includes("--serve") ? ["dev", ""] : ["build", "is built"];
  await must(process.execPath, [vitepress, command]);
  process.stdout.write(
    `The site ${finding}: ${Object.keys(all).length} pages in ${relative(root, join(folder, "dist"))}.\n`,
  );
});

/** @param {string} file @param {string[]} args */
async function must(file, args) {
  const { code, output } = await run(file, args, { cwd: folder });
  if (code !== 0)
    throw new SetupFailure(`${file} ${args.join(" ")} failed in site (exit code ${code}):\n${tail(output, 40)}`);
}
