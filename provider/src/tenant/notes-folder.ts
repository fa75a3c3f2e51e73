import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Maybe } from "../reconcile";
import { makeFolder } from "./make-folder";

type Sort = "creating" | "deleting" | "owners" | "commands" | "requests";

/** Where one process notes on this machine's disk what later ones need, by the sort of notes. */
export function notesFolder(sort: Sort): string {
  const { XDG_STATE_HOME } = process.env;
  const base = XDG_STATE_HOME === undefined || XDG_STATE_HOME === "" ? join(homedir(), ".local/state") : XDG_STATE_HOME;
  return join(base, "pulumi-sailpoint", sort);
}

/** The file of the note of one thing. */
export const noteFile = (sort: Sort, key: readonly string[]): string =>
  join(notesFolder(sort), `${digestOf(key)}.json`);

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

/** What stands in the file of a note; nothing where there is none, or it was cut off. */
export function readNote(file: string): Maybe {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Maybe;
  } catch {
    return undefined;
  }
}

/** A disk that cannot be written to is no reason to stop: the next process then knows less. */
export function writeNote(file: string, note: object): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, JSON.stringify(note), { mode: 0o600 });
  } catch {
    // Nothing is noted.
  }
}
