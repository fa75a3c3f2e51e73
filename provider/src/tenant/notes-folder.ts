import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where one process notes on this machine's disk what later ones need, by the sort of notes. */
export function notesFolder(sort: "creating" | "owners" | "declared" | "requests"): string {
  const { XDG_STATE_HOME } = process.env;
  const base = XDG_STATE_HOME === undefined || XDG_STATE_HOME === "" ? join(homedir(), ".local/state") : XDG_STATE_HOME;
  return join(base, "pulumi-sailpoint", sort);
}

/** Names the notes of one thing without telling what it is. */
export const digestOf = (key: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 32);

/** The lines of a file of notes; none where there is none, or it cannot be read or is something else. */
export function notedLines(file: string): string[] {
  try {
    if (!statSync(file).isFile()) return [];
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
