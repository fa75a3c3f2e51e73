/**
 * The packed provider under the toolchains that people have: each cell installs it into an empty folder with another set
 * of versions, and deploys, previews and destroys a program against a tenant of this machine. Every value of every factor
 * is in a cell; not every combination. Prints a table with the versions that were tried.
 *
 *     npm run matrix                     all cells
 *     npm run matrix -- --only pnpm      the cells that have this word
 *     npm run matrix -- --write          all cells, and their table into docs/toolchains.md
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import prettier from "prettier";
import { table } from "./docs/markdown.mjs";
import { cells, titleOf } from "./matrix/cells.mjs";
import { deploy } from "./matrix/deploy.mjs";
import { engineOf, engineVersions } from "./matrix/engines.mjs";
import { installIn, nodeOf } from "./matrix/install.mjs";
import { pack, packages } from "./release/packages.mjs";
import { build } from "./setup/build.mjs";
import { provideEngine } from "./setup/engine.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { cloneCache, root } from "./setup/places.mjs";

const heads = ["Pulumi CLI", "Node.js", "@pulumi/pulumi", "TypeScript", "installed by", "program", "", "time"];

await script(async () => {
  const { values } = parseArgs({
    options: { only: { type: "string", default: "" }, write: { type: "boolean", default: false } },
  });
  const chosen = cells.filter((cell) => titleOf(cell).includes(values.only));
  if (chosen.length === 0) throw new SetupFailure(`No cell has the word "${values.only}".`);
  await build();
  const { engine: pinned } = await provideEngine();
  const versions = chosen.some(({ cli }) => cli) ? await engineVersions() : [];
  /** @type {import("sailpoint-simulator")} */
  const { startTenant } = createRequire(import.meta.url)("sailpoint-simulator");
  const outside = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-matrix-"));
  try {
    const [provider] = packages;
    if (provider === undefined) throw new Error("Nothing is published.");
    const tarball = await pack(provider, outside);
    const rows = [];
    for (const cell of chosen) {
      process.stdout.write(`${titleOf(cell)} …\n`);
      const version = cell.cli === undefined ? pinned.version : versions.at(cell.cli === "oldest" ? 0 : -1);
      const engine = await engineOf(version ?? pinned.version, pinned);
      const started = Date.now();
      const node = await nodeOf(cell.node);
      const { installed, ...made } = await installIn(mkdtempSync(join(outside, "cell-")), cell, node, tarball);
      let { problem } = made;
      if (problem === undefined) {
        const tenant = await startTenant();
        problem = await deploy(made.folder, { cell, engine, node, tsc: made.tsc, env: tenant.env });
        await tenant.close();
      }
      if (problem !== undefined) process.stdout.write(`${problem}\n`);
      const seconds = Math.round((Date.now() - started) / 1000);
      rows.push([
        engine.version,
        ...installed,
        cell.program,
        problem === undefined ? "works" : "FAILED",
        `${seconds} s`,
      ]);
    }
    report(rows);
    const failed = rows.filter((row) => row.includes("FAILED")).length;
    if (failed > 0) throw new SetupFailure(`${failed} of ${rows.length} cells failed.`);
    if (values.write) await write(rows);
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
});

/** The versions that work, into the page on them. @param {string[][]} rows */
async function write(rows) {
  const file = join(root, "docs/toolchains.md");
  const rule = "<!-- Written by `npm run matrix -- --write`. -->\n\n";
  const [before, after = ""] = readFileSync(file, "utf8").split(rule);
  const versions = table(
    heads.slice(0, -2),
    rows.map((row) => row.slice(0, -2)),
  );
  const text = `${before}${rule}${versions}${after.slice(after.indexOf("\n\n"))}`;
  writeFileSync(file, await prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file }));
}

/** @param {string[][]} rows */
function report(rows) {
  const text = table(heads, rows);
  mkdirSync(join(root, "reports"), { recursive: true });
  mkdirSync(cloneCache, { recursive: true });
  writeFileSync(join(root, "reports/matrix.md"), `${text}\n`);
  process.stdout.write(`\n${text}\n`);
}
