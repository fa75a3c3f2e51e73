import { readFileSync } from "node:fs";
import type { Project } from "../engine/harness";

/** What the provider process took, from the kernel (Linux; elsewhere nothing is known). */
export interface Usage {
  peakMegabytes: number;
  processorSeconds: number;
}

const LOOK_EVERY_MS = 100;
const TICKS_PER_SECOND = 100;

/** Looks at the provider process while a command runs. */
export async function watched<T>(
  project: Project,
  process: RegExp,
  command: Promise<T>,
): Promise<{ outcome: T; usage: Usage }> {
  let ended = false;
  const usage: Usage = { peakMegabytes: 0, processorSeconds: 0 };
  const look = async () => {
    let pid: number | undefined;
    while (!ended) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      pid ??= project.processes().find(({ command: line }) => process.test(line))?.pid;
      if (pid !== undefined) Object.assign(usage, usageOf(pid));
    }
  };
  const looking = look();
  try {
    return { outcome: await command, usage };
  } finally {
    ended = true;
    await looking;
  }
}

function usageOf(pid: number): Partial<Usage> {
  try {
    const peak = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1];
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    const [user = "0", system = "0"] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    if (peak === undefined) return {};
    return {
      peakMegabytes: Math.round(Number(peak) / 1024),
      processorSeconds: (Number(user) + Number(system)) / TICKS_PER_SECOND,
    };
  } catch {
    return {}; // the process has ended
  }
}
