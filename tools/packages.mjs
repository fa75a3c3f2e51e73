/**
 * Packs the provider and the simulator as they would be published, and holds the tarballs against what publint and
 * arethetypeswrong demand of a package.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./setup/build.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { cloneCache, root } from "./setup/places.mjs";
import { run } from "./setup/run.mjs";

await script(async () => {
  await build();
  mkdirSync(cloneCache, { recursive: true });
  const folder = mkdtempSync(join(cloneCache, "packed-"));
  try {
    for (const name of ["provider", "simulator"]) {
      const packed = await must("npm", ["pack", join(root, name), "--pack-destination", folder, "--silent"]);
      const tarball = join(folder, packed.trim().split("\n").at(-1) ?? "");
      await must(process.execPath, [join(root, "node_modules/publint/src/cli.js"), "run", tarball, "--strict"]);
      // The packages are CommonJS for Node: how bundlers and the resolution of old compilers see them is not held.
      await must(process.execPath, [
        join(root, "node_modules/@arethetypeswrong/cli/dist/index.js"),
        tarball,
        "--profile",
        "node16",
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {string} command @param {string[]} args */
async function must(command, args) {
  const { code, output } = await run(command, args, { cwd: root });
  if (code !== 0) throw new SetupFailure(`${command} ${args.join(" ")} failed:\n${output}`);
  return output;
}
