import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** This package's version: its manifest lies in a folder above, wherever the code was compiled or bundled to. */
export function packageVersion(folder = __dirname): string {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return folder === dirname(folder) ? "" : packageVersion(dirname(folder));
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}
