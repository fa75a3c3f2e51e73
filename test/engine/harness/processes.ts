import { readdirSync, readFileSync } from "node:fs";

/** The variable that marks every process of a project: the engine puts its plugins into process groups of their own. */
export const mark = "TEST_PROJECT";

/** A process of a project, with its command line. */
export interface MarkedProcess {
  pid: number;
  command: string;
}

/** The processes that are alive and carry this project's mark (Linux; elsewhere none are found). */
export function processesOf(project: string): MarkedProcess[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const environment = read(`/proc/${pid}/environ`).split("\0");
      if (!environment.includes(`${mark}=${project}`)) return [];
      return [{ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim() }];
    });
}

/** Sends a signal to a process or, with a negative number, to a group; one that is gone already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Empty when the process ended meanwhile or belongs to somebody else. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return "";
    throw error;
  }
}
