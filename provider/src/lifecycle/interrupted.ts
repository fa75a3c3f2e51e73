import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Session } from "../tenant/session";
import type { Kind } from "../kinds/kind";
import { type JsonObject, isObject } from "../reconcile";

/** What a creation that never came to its end left to the next one. */
export interface Interrupted {
  /** When it began, in milliseconds since 1970. */
  startedAt: number;
  /** The object that it took over, as it was before. */
  before?: JsonObject;
}

/** A note of a creation under way. */
export interface Attempt {
  /** An earlier creation of the same object, whose process was killed or which could not learn what came of it. */
  readonly earlier: Interrupted | undefined;
  /** Something was sent, and whether it was applied is not known. */
  inDoubt: boolean;
  /** Called before the first write. */
  begin(before?: JsonObject): void;
  /** The engine hears what came of it, so nothing is left to be told. */
  end(): void;
  /** It failed: what is in doubt is left to the next creation. */
  fail(): void;
}

/** Longer ago than this, nobody can tell whose object it is. */
const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * A process may be killed after the tenant made an object and before the engine could write it down: then no state knows
 * the object, and a source's name is taken by it. So each creation notes on this machine's disk that it is under way,
 * and takes the note back when it ends. A note that is still there at the next `pulumi up` of the same program tells
 * that the object, if it is there and as declared, is the one that was made then.
 */
export function attemptOf({ host }: Session, kind: Kind, inputs: JsonObject): Attempt {
  const key = JSON.stringify([host, process.cwd(), kind.name, kind.title(inputs), inputs["source"] ?? null]);
  const file = join(folder(), `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);
  const earlier = readNote(file);
  let begun: Interrupted | undefined;
  const leave = () => {
    if (begun) writeNote(file, { ...begun, process: 0 });
  };
  return {
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
      if (this.inDoubt) leave();
      else if (begun) rmSync(file, { force: true });
    },
  };
}

interface Note extends Interrupted {
  /** The process that creates; 0 when it has given up. */
  process: number;
}

function folder(): string {
  const { XDG_STATE_HOME } = process.env;
  const base = XDG_STATE_HOME === undefined || XDG_STATE_HOME === "" ? join(homedir(), ".local/state") : XDG_STATE_HOME;
  return join(base, "pulumi-sailpoint", "creating");
}

function readNote(file: string): Interrupted | undefined {
  let note: unknown;
  try {
    note = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // none, or cut off: nothing is known of an earlier creation
  }
  if (!isObject(note) || typeof note["startedAt"] !== "number") return undefined;
  // While its process lives, the creation is no interrupted one, but another's who is at it at the same time.
  if (note["startedAt"] < Date.now() - FORGOTTEN_AFTER_MS || isAlive(note["process"])) return undefined;
  return { startedAt: note["startedAt"], ...(isObject(note["before"]) ? { before: note["before"] } : {}) };
}

function writeNote(file: string, note: Note): void {
  try {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, JSON.stringify(note), { mode: 0o600 });
  } catch {
    // A disk that cannot be written to is no reason not to create: after a kill, the name is then reported as taken.
  }
}

function isAlive(pid: unknown): boolean {
  if (typeof pid !== "number" || pid === 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The processes that started this one: the stock host's shell script, and the engine. */
function starters(): number[] {
  const parent = process.ppid;
  const engine = Number(/^PPid:\s*(\d+)/m.exec(statusOf(parent))?.[1] ?? 0);
  return [parent, engine];
}

/** What the kernel tells of a process; nothing where it is gone, or the system is not Linux. */
function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/status`, "utf8");
  } catch {
    return "";
  }
}

/** SIGKILL, the ninth, as a bit of the hexadecimal masks of pending signals. */
const KILL_PENDING = /^(?:SigPnd|ShdPnd):\s*[0-9a-f]*[13579bdf][0-9a-f]{2}$/m;
const DYING = /^State:\s*[ZX]/m;

/** Whether a process is being killed, by its status: a large one takes a moment to die, in which it is still there. */
export const isDying = (status: string): boolean => KILL_PENDING.test(status) || DYING.test(status);

const startedBy = starters();
/** What ends now can no longer be told to the engine that asked for it. */
const engineIsGone = (): boolean =>
  starters().some((pid, i) => pid !== startedBy[i]) || startedBy.some((pid) => isDying(statusOf(pid)));
