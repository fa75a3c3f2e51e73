import { readFileSync } from "node:fs";
import { join } from "node:path";

/** This package's version: its manifest lies beside dist/. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}
