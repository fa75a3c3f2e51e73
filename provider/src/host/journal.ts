import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Attempt, Interrupted, Journal } from "../lifecycle/journal";
import { isObject, own } from "../reconcile";
import { noteFile, notesFolder, readNote, writeNote } from "../tenant/notes-folder";
import { CommandNotes } from "./command-notes";

/** Longer ago than this, nobody can tell whose object it is. */
const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * A process may be killed after the tenant made an object and before the engine could write it down: then no state knows
 * the object, and a source's name is taken by it. So each creation notes on this machine's disk that it is under way,
 * and takes the note back when it ends. A note that is still there at the next `pulumi up` of the same program tells
 * that the object, if it is there and as declared, is the one that was made then.
 *
 * @param engineIsGone Whether what ends now can no longer be told to the engine that asked for it.
 * @param command What all providers of one command have in common.
 */
export const journalOnDisk = (engineIsGone: () => boolean, command?: string): Journal =>
  journalWith(engineIsGone, new CommandNotes(command));

const journalWith = (engineIsGone: () => boolean, notes: CommandNotes): Journal => ({
  attempt(key) {
    const file = noteFile("creating", [process.cwd(), ...key]);
    const earlier = interruptedIn(file);
    let begun: Interrupted | undefined;
    const leave = () => {
      if (begun) writeNote(file, { ...begun, process: 0 });
    };
    const attempt: Attempt = {
      earlier,
      inDoubt: earlier !== undefined,
      begin(before = earlier?.before) {
        begun = { startedAt: earlier?.startedAt ?? Date.now(), ...(before ? { before } : {}) };
        writeNote(file, { ...begun, process: process.pid });
      },
      end() {
        if (engineIsGone()) leave();
        else rmSync(file, { force: true });
      },
      fail() {
        if (attempt.inDoubt) leave();
        else if (begun) rmSync(file, { force: true });
      },
    };
    return attempt;
  },
  noteOwner(key, since) {
    pruneOnce();
    writeNote(noteFile("owners", key), { since });
  },
  ownerSince(key) {
    const since = own(readNote(noteFile("owners", key)), "since");
    return typeof since === "number" && since > Date.now() - FORGOTTEN_AFTER_MS ? since : undefined;
  },
  note(key, text) {
    pruneOnce();
    notes.note(key, text);
  },
  noted: (key) => notes.of(key),
});

/** After so long without a note, a command is over: all that it reads of its own are some lines for each resource. */
const COMMAND_OVER_AFTER_MS = 2 * 60 * 60 * 1000;

let isPruned = false;

/** What was noted so long ago that nobody asks for it any more. */
function pruneOnce(): void {
  if (isPruned) return;
  isPruned = true;
  for (const sort of ["deleting", "owners"] as const) prune(notesFolder(sort), Date.now() - FORGOTTEN_AFTER_MS);
  prune(notesFolder("commands"), Date.now() - COMMAND_OVER_AFTER_MS);
}

function prune(folder: string, old: number): void {
  try {
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      if (statSync(file).mtimeMs < old) rmSync(file, { force: true });
    }
  } catch {
    // None were noted yet, or another process is at it.
  }
}

function interruptedIn(file: string): Interrupted | undefined {
  const note = readNote(file);
  if (!isObject(note) || typeof note["startedAt"] !== "number") return undefined;
  // While its process lives, the creation is no interrupted one, but another's who is at it at the same time.
  if (note["startedAt"] < Date.now() - FORGOTTEN_AFTER_MS || isAlive(note["process"])) return undefined;
  return { startedAt: note["startedAt"], ...(isObject(note["before"]) ? { before: note["before"] } : {}) };
}

function isAlive(pid: unknown): boolean {
  if (typeof pid !== "number" || pid === 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
