import { spawn } from "node:child_process";
import "./interruption.mjs";
import { createInterface } from "node:readline";

/** @typedef {{ code: number, output: string }} Ended */
/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, timeoutMs?: number }} RunOptions */

/** Process groups that are running now; none of them may outlive this process. @type {Set<number>} */
const running = new Set();

process.on("exit", stopAll);

function stopAll() {
  for (const pid of running) signalGroup(pid, "SIGTERM");
}

/** Sends a signal to a process group, which may be gone already. @param {number} pid @param {NodeJS.Signals} signal */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

/**
 * Runs a command in a process group of its own with no standard input, and collects what it prints.
 * The exit code is 127 when the command does not exist and 124 when its time was up.
 * @param {string} command @param {string[]} args @param {RunOptions} [options] @returns {Promise<Ended>}
 */
export function run(command, args, { cwd, env, onLine, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const { pid } = child;
    if (pid !== undefined) running.add(pid);
    /** @type {string[]} */
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        onLine?.(line);
      });
    }
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        if (pid !== undefined) signalGroup(pid, "SIGKILL");
      },
      timeoutMs ?? 2 ** 31 - 1,
    );
    child.on("error", (error) => {
      clearTimeout(timer);
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") resolve({ code: 127, output: error.message });
      else reject(error);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      if (pid !== undefined) running.delete(pid);
      resolve({ code: late ? 124 : (code ?? 1), output: lines.join("\n") });
    });
  });
}

/** The end of a long output. @param {string} output */
export function tail(output, count = 25) {
  return output.split("\n").slice(-count).join("\n");
}
