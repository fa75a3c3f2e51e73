import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunningTenant } from "sailpoint-simulator";
import { type Typed, onTerminal, quoted } from "../../../support/terminal";

/** The compiled command: `tsc --build` makes it, and so does the set-up before every test run. */
export const bin = join(__dirname, "../../../../provider/dist/cli/main.js");

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Standard error without the lines of progress, which come when the machine is slow. */
  problems: string;
  /** Standard output as JSON; fails when it is anything else. */
  json(): unknown;
}

export interface RunOptions {
  tenant?: RunningTenant;
  env?: Record<string, string>;
  input?: string;
  /** Called with what is on standard error so far: for interrupting in the middle. */
  onError?: (text: string, child: ChildProcess) => void;
}

/** Runs the compiled command as a pipe: no terminal on any stream. */
export function run(words: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [bin, ...words], { env: environment(options), stdio: "pipe" });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    options.onError?.(stderr, child);
  });
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, stdout, stderr, problems: withoutProgress(stderr), json: () => JSON.parse(stdout) as unknown }),
    );
  });
}

export interface TerminalOptions extends RunOptions {
  columns?: number;
  typed?: Typed;
}

/** Runs the compiled command in a pseudo terminal. All that appeared on it comes as one text. */
export async function runInTerminal(words: readonly string[], options: TerminalOptions = {}): Promise<Outcome> {
  const { columns = 120, typed = [] } = options;
  const { TERM: _, ...own } = environment(options);
  const env = { ...own, ...options.env };
  const line = [process.execPath, bin, ...words].map(quoted).join(" ");
  const { code, screen, stderr } = await onTerminal(line, { env, columns, typed });
  return { code, stdout: screen, stderr, problems: stderr, json: () => JSON.parse(screen) as unknown };
}

/** The environment of a child: the tenant's, and nothing of ours that changes what is printed. */
function environment({ tenant, env }: RunOptions): NodeJS.ProcessEnv {
  const own = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(SAIL_|NO_COLOR$|NODE_DISABLE_COLORS$|FORCE_COLOR$|CI$|NODE_OPTIONS$|NODE_ENV$)/.test(name),
    ),
  );
  return { ...own, ...tenant?.env, ...env };
}

const withoutProgress = (text: string): string => text.replaceAll(/^.* \(\d+ s\)\n/gm, "");

/** A folder for the files of a test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-cli-"));
  write(name: string, content: string | object): string {
    const path = join(this.path, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
