/**
 * Provides what the tests of other languages need, and prints where it is:
 *
 *     node tools/languages.mjs yaml | python | sdks      the folder of a program that is built from Go
 *     node tools/languages.mjs packages                  the folder with the SDKs, one for each language
 *     node tools/languages.mjs environment               the commands of a Python with the SDK
 */
import { join } from "node:path";
import { script } from "./setup/failure.mjs";
import { provideLanguage } from "./setup/languages.mjs";
import { pythonEnvironment } from "./setup/python.mjs";
import { provideSdks } from "./setup/sdks.mjs";

await script(async () => {
  for (const wanted of process.argv.slice(2)) process.stdout.write(`${await provide(wanted)}\n`);
});

/** @param {string} wanted */
async function provide(wanted) {
  if (wanted === "packages") return provideSdks();
  if (wanted !== "environment") return provideLanguage(wanted);
  return pythonEnvironment("python", "examples/python/requirements.txt", [join(await provideSdks(), "python")]);
}
