import { readFileSync } from "node:fs";

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
export const engineIsGone = (): boolean =>
  starters().some((pid, i) => pid !== startedBy[i]) || startedBy.some((pid) => isDying(statusOf(pid)));
