import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";
import { SetupFailure } from "./failure.mjs";
import { provideLanguage } from "./languages.mjs";
import { cloneCache, digest, root } from "./places.mjs";
import { run } from "./run.mjs";

/** The languages for which Pulumi's generators can be had as Go packages. */
export const sdkLanguages = ["python", "nodejs", "go"];

/** The plugin's schema, as it tells it. */
async function packageSchema() {
  await build();
  const load = createRequire(join(root, "provider/package.json"));
  /** @type {typeof import("../../provider/dist/host/grpc/schema/package.js")} */
  const schema = load("./dist/host/grpc/schema/package.js");
  return JSON.stringify(schema.packageSchema(), null, 2);
}

/**
 * Writes the SDKs of these languages, each into a folder of its name. A schema that is not valid is an error.
 * @param {string} folder @param {readonly string[]} languages
 */
export async function generateSdks(folder, languages) {
  const generator = join(await provideLanguage("sdks"), "generate-sdks");
  mkdirSync(folder, { recursive: true });
  for (const language of languages) rmSync(join(folder, language), { recursive: true, force: true });
  const file = join(folder, "schema.json");
  writeFileSync(file, await packageSchema());
  const { code, output } = await run(generator, [file, folder, ...languages]);
  if (code !== 0) throw new SetupFailure(output);
}

/** A folder with the SDKs of the schema as it is now. @returns {Promise<string>} */
export async function provideSdks() {
  const folder = join(cloneCache, "sdks", digest(await packageSchema()));
  await generateSdks(folder, sdkLanguages);
  return folder;
}
