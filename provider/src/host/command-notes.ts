import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../tenant/make-folder";
import { digestOf, noteFile } from "../tenant/notes-folder";

/** The processes of one command begin within this; another one that is called the same is longer ago. */
const EARLIEST_MS = 60 * 60 * 1000;
const STARTED = Date.now();
const CHUNK = 64 * 1024;

/**
 * What the processes of one command tell each other, in a file that only grows. The engine starts another process of a
 * provider whose settings have changed since the state was written, and for dynamic resources these are all settings of
 * the stack: then one process has read what another one changes.
 */
export class CommandNotes {
  private readonly file: string | undefined;
  private readonly known = new Map<string, string[]>();
  /** Where it is written, until the process ends. */
  private out: number | undefined;
  private takesNone = false;
  /** How much of it was read. */
  private bytes = 0;
  /** The beginning of a line whose end is not written yet. */
  private cut = "";

  /** @param command What all providers of one command have in common. */
  constructor(command: string | undefined) {
    const file = command === undefined ? undefined : noteFile("commands", [command]);
    this.file = file !== undefined && canBeFile(file) ? file : undefined;
  }

  note(key: readonly string[], text: string): void {
    if (this.file === undefined || this.takesNone) return;
    try {
      this.out ??= opened(this.file);
      writeSync(this.out, `${digestOf(key)} ${String(Date.now())} ${JSON.stringify(text)}\n`);
    } catch {
      // Then each process knows what it has seen itself.
      this.takesNone = true;
    }
  }

  /** All that was noted of a thing, the oldest first. */
  of(key: readonly string[]): readonly string[] {
    if (this.file !== undefined) this.catchUp(this.file);
    return this.known.get(digestOf(key)) ?? [];
  }

  private catchUp(file: string): void {
    const lines = (this.cut + this.written(file)).split("\n");
    this.cut = lines.pop() ?? "";
    for (const line of lines) {
      const [, of = "", at, text = ""] = /^(\w+) (\d+) (".*")$/.exec(line) ?? [];
      if (Number(at) > STARTED - EARLIEST_MS) this.known.set(of, [...(this.known.get(of) ?? []), textOf(text)]);
    }
  }

  /** What was written since the last look. */
  private written(file: string): string {
    const parts: Buffer[] = [];
    try {
      const open = openSync(file, "r");
      try {
        for (;;) {
          const chunk = Buffer.alloc(CHUNK);
          const read = readSync(open, chunk, 0, CHUNK, this.bytes);
          if (read === 0) break;
          this.bytes += read;
          parts.push(chunk.subarray(0, read));
        }
      } finally {
        closeSync(open);
      }
    } catch {
      // None was noted yet.
    }
    return Buffer.concat(parts).toString("utf8");
  }
}

/** In a line that something else has written may stand anything. */
function textOf(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return "";
  }
}

function opened(file: string): number {
  makeFolder(dirname(file));
  return openSync(file, "a", 0o600);
}

/** Not so where a pipe is, say: whoever wrote into it would wait. */
function canBeFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
  } catch {
    return false;
  }
}
