/**
 * Writes the plugin as an archive that `pulumi plugin install resource sailpoint VERSION --file ARCHIVE` takes:
 * `npm run plugin -- FOLDER`.
 */
import { resolve } from "node:path";
import { thisPlatform, writePluginArchives } from "./release/plugin-archives.mjs";
import { build } from "./setup/build.mjs";
import { SetupFailure, script } from "./setup/failure.mjs";
import { readJson } from "./setup/places.mjs";

await script(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new SetupFailure("Give the folder to write to: npm run plugin -- FOLDER");
  await build();
  const target = resolve(process.env["INIT_CWD"] ?? ".", folder);
  const { version } = readJson("provider/package.json");
  const archives = await writePluginArchives(target, version, [thisPlatform]);
  process.stdout.write(`${archives.join("\n")}\n`);
});
