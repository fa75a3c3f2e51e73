/**
 * Packs the provider and the simulator as they would be published, and holds the tarballs against what publint and
 * arethetypeswrong demand of a package, what may be in one, and the licences of what comes with it.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeArtefacts } from "./release/artefacts.mjs";
import { currentVersion } from "./release/packages.mjs";
import { build } from "./setup/build.mjs";
import { script, SetupFailure } from "./setup/failure.mjs";
import { cloneCache, root } from "./setup/places.mjs";
import { run } from "./setup/run.mjs";

await script(async () => {
  await build();
  mkdirSync(cloneCache, { recursive: true });
  const folder = mkdtempSync(join(cloneCache, "packed-"));
  try {
    const { packed } = await makeArtefacts(folder, currentVersion(), new Date(0).toISOString());
    const faults = packed.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`));
    if (faults.length > 0) throw new SetupFailure(faults.join("\n"));
    for (const { tarball } of packed) {
      await must(process.execPath, [join(root, "node_modules/publint/src/cli.js"), "run", tarball.file, "--strict"]);
      // The packages are CommonJS for Node: how bundlers and the resolution of old compilers see them is not held.
      await must(process.execPath, [
        join(root, "node_modules/@arethetypeswrong/cli/dist/index.js"),
        tarball.file,
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
}
