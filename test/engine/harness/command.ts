import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Outcome } from "./outcome";
import { processesOf, signal } from "./processes";

/** A command of the CLI that is still running, for tests that interrupt, kill, or change the tenant in the middle. */
export interface RunningCommand {
  /** Fulfilled when the command ended, whatever its exit code. */
  outcome: Promise<Outcome>;
  /** What was printed until now. */
  output(): string;
  /** Waits until this is printed; rejected when the command ends before. */
  until(text: RegExp): Promise<void>;
  /** Ctrl-C: the engine ends what is under way and stops. */
  interrupt(): void;
  /** Kills everything of this command at once. */
  kill(): void;
}

export interface Invocation {
  file: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** The mark of the project: finds the processes to kill. */
  project: string;
  /** Where the event log is written while the command runs; it goes with the command's end. */
  scratch: string;
  withEvents: boolean;
  timeoutMs: number;
}

/** Starts a command of the CLI, with no standard input, in a process group of its own. */
export function start(invocation: Invocation): RunningCommand {
  const { file, cwd, project, timeoutMs } = invocation;
  const events = mkdtempSync(join(invocation.scratch, "events-"));
  const eventLog = join(events, "log");
  const args = invocation.withEvents ? [...invocation.args, "--event-log", eventLog] : invocation.args;
  const command = `pulumi ${invocation.args.join(" ")}`;
  const started = Date.now();
  const child = spawn(file, args, { cwd, env: invocation.env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let stdout = "";
  let stderr = "";
  let late = false;
  const watchers = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const watch of watchers) watch();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const watch of watchers) watch();
  });

  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) signal(-child.pid, "SIGKILL");
    for (const { pid } of processesOf(project)) signal(pid, "SIGKILL");
  };
  const timer = setTimeout(() => {
    late = true;
    kill();
  }, timeoutMs);

  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, by) => {
      clearTimeout(timer);
      const log = existsSync(eventLog) ? wholeLines(readFileSync(eventLog, "utf8")) : "";
      rmSync(events, { recursive: true, force: true });
      if (late) stderr += `\n(killed by the test: not done after ${String(timeoutMs / 1000)} s)`;
      else if (by !== null) stderr += `\n(ended by ${by})`;
      resolve(new Outcome(command, code ?? 128, stdout, stderr, (Date.now() - started) / 1000, log));
    });
  });

  return {
    outcome,
    output: () => `${stdout}\n${stderr}`,
    until: (text) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          if (!text.test(`${stdout}\n${stderr}`)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
        outcome.then((ended) => {
          reject(new Error(`${text.source} was never printed: ${ended.describe()}`));
        }, reject);
      }),
    interrupt: () => {
      if (child.pid !== undefined) signal(child.pid, "SIGINT");
    },
    kill,
  };
}

/** A killed engine leaves a cut last line. */
function wholeLines(log: string): string {
  return log.slice(0, log.lastIndexOf("\n") + 1);
}
