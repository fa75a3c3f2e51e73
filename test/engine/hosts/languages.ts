import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(__dirname, "../../..");

/** The folder with what a language needs (tools/languages.mjs); made by the first test that needs it. */
export async function languageFolder(
  language: "yaml" | "python" | "sdks" | "packages" | "environment",
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, "tools/languages.mjs"), language]);
  return stdout.trim();
}

/** The PATH on which the engine finds these folders' programs. */
export const pathWith = (...folders: string[]): string => [...folders, process.env["TEST_PULUMI_PATH"] ?? ""].join(":");
