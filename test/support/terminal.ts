import { spawn } from "node:child_process";

/** What is typed once a text has appeared. */
export type Typed = readonly (readonly [after: RegExp, text: string])[];

export interface Session {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  columns?: number;
  typed?: Typed;
}

/** Runs a line of the shell in a pseudo terminal, by script(1). All that appeared on it comes as one text. */
export function onTerminal(
  line: string,
  { env, cwd, columns = 120, typed = [] }: Session,
): Promise<{ code: number | null; screen: string; stderr: string }> {
  const child = spawn("script", ["-qefc", `stty cols ${String(columns)} rows 40; exec ${line}`, "/dev/null"], {
    env: { TERM: "xterm-256color", ...env, SHELL: "/bin/sh" },
    stdio: "pipe",
    ...(cwd === undefined ? {} : { cwd }),
  });
  const waiting = [...typed];
  let screen = "";
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    const [next] = waiting;
    const found = next?.[0].exec(screen.slice(seen));
    if (next === undefined || !found) return;
    waiting.shift();
    seen = screen.length;
    child.stdin.write(next[1]);
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`script(1) is needed for terminal tests: ${error.message}`)));
    child.on("close", (code) => resolve({ code, screen: screen.replaceAll("\r\n", "\n"), stderr }));
  });
}

/** A word as the shell takes it, whatever stands in it. */
export const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
