import { readFileSync } from "node:fs";

/** The process that started another one, by what the kernel tells; 0 where it does not. */
const starterOf = (pid: number): number => Number(/^PPid:\s*(\d+)/m.exec(statusOf(pid))?.[1] ?? 0);

const statusOf = (pid: number): string => told(pid, "status");

/** What the kernel tells of a process; nothing where it is gone, or the system is not Linux. */
function told(pid: number, file: "status" | "cmdline"): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** SIGKILL, the ninth, as a bit of the hexadecimal masks of pending signals. */
const KILL_PENDING = /^(?:SigPnd|ShdPnd):\s*[0-9a-f]*[13579bdf][0-9a-f]{2}$/m;
const DYING = /^State:\s*[ZX]/m;

/** Whether a process is being killed, by its status: a large one takes a moment to die, in which it is still there. */
export const isDying = (status: string): boolean => KILL_PENDING.test(status) || DYING.test(status);

/** The words of a process's command line. */
const commandOf = (pid: number): string[] => told(pid, "cmdline").split("\0");

/** The processes that this one was started by: by a shell script in between, or at once. */
const startersOf = (between: boolean): number[] => (between ? [process.ppid, starterOf(process.ppid)] : [process.ppid]);

/**
 * What all processes of one command have in common, and no other command has: the engine's address comes again, but not
 * for the same process. Where the system is not Linux and a script is in between, the address alone.
 */
export const commandOfEngine = (address: string | undefined, between: boolean): string | undefined =>
  address && `${address} ${String(startersOf(between).at(-1))}`;

const DESTROYING = ["destroy", "down", "dn"];
/** Pulumi's flags without a value, or with it in the same word. To any other flag before the command the next word belongs. */
const ALONE =
  /=|^-[^-].|^-[eQh]$|^--(?:disable-integrity-checking|emoji|fully-qualify-stack-names|help|logflow|logtostderr|non-interactive)$/;

/** Whether a command line destroys: what is then not read would be no drift in any other command. */
export function destroys([, ...words]: readonly string[]): boolean {
  const isValue = (i: number) => words[i - 1]?.startsWith("-") === true && !ALONE.test(words[i - 1] ?? "");
  return DESTROYING.includes(words.find((word, i) => !word.startsWith("-") && !isValue(i)) ?? "");
}

/**
 * Whether the engine that started this process destroys, by its command line: nothing that it asks before the first
 * deletion says so. Where the system is not Linux, nobody knows.
 */
export const isDestroying = (between: boolean): boolean => startersOf(between).some((pid) => destroys(commandOf(pid)));

/** Whether a command line changes without a preview before. */
export const isUnpreviewed = (command: readonly string[]): boolean =>
  command.some((word) => /^(?:-f|--skip-preview(?:=true)?)$/.test(word));

/** Whether the engine that started this process shows no preview. Where the system is not Linux, nobody knows. */
export const skipsPreview = (between: boolean): boolean =>
  startersOf(between).some((pid) => isUnpreviewed(commandOf(pid)));

/**
 * Tells whether the engine that started this process is gone: what ends now can no longer be told to it.
 *
 * @param between Whether another process stands between: the stock host is started by a shell script.
 */
export function watchEngine(between: boolean): () => boolean {
  const starters = () => startersOf(between);
  const startedBy = starters();
  return () => starters().some((pid, i) => pid !== startedBy[i]) || startedBy.some((pid) => isDying(statusOf(pid)));
}
