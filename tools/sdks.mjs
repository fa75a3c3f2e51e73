/** Writes the SDKs of the plugin: `npm run sdks -- FOLDER [python] [nodejs] [go]`; all three by default. */
import { resolve } from "node:path";
import { SetupFailure, script } from "./setup/failure.mjs";
import { generateSdks, sdkLanguages } from "./setup/sdks.mjs";

await script(async () => {
  const [folder, ...languages] = process.argv.slice(2);
  if (folder === undefined) throw new SetupFailure("Give the folder to write to: npm run sdks -- FOLDER");
  const unknown = languages.filter((language) => !sdkLanguages.includes(language));
  if (unknown.length > 0) {
    throw new SetupFailure(
      `There is no generator here for ${unknown.join(", ")}; there are ${sdkLanguages.join(", ")}.`,
    );
  }
  await generateSdks(resolve(process.env["INIT_CWD"] ?? ".", folder), languages.length > 0 ? languages : sdkLanguages);
});
