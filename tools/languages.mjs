/** Provides what a language needs beside the engine, and prints the folder: `node tools/languages.mjs yaml`. */
import { script } from "./setup/failure.mjs";
import { provideLanguage } from "./setup/languages.mjs";

await script(async () => {
  for (const language of process.argv.slice(2)) process.stdout.write(`${await provideLanguage(language)}\n`);
});
