import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTenant } from "sailpoint-simulator";
import type { Job } from "./child";
import { duplicatesOn } from "./content";
import { Engine } from "../engine-model/engine";
import { type Proxy, proxyFor } from "./proxy";
import { type Phase, type Recording, orphansOn, settingsFor, settle } from "./row";
import type { Subject } from "./subjects";

export interface Kill {
  subject: Subject;
  phase: Phase;
  /** At which request of the command, from 0, and whether the tenant does it. */
  nth: number;
  applied: boolean;
}

export interface KillVerdict {
  kill: Kill;
  problems: string[];
  duplicates: string[];
  orphans: string[];
}

/** Before every request, and after every write: a kill after a read finds the same as one before the next request. */
export function killsOf(subject: Subject, phase: Phase, { operations }: Recording): Kill[] {
  return operations.flatMap((operation, nth): Kill[] => {
    const before = { subject, phase, nth, applied: false };
    return /^(get|list)/.test(operation) ? [before] : [before, { ...before, applied: true }];
  });
}

export const killTitle = ({ subject, phase, nth, applied }: Kill): string =>
  `${subject.name}, ${phase}: killed at request ${String(nth + 1)}, ${applied ? "when the tenant had done it" : "before the tenant got it"}`;

/** A process runs the command, with its state on disk, and is killed; another goes on from that state. */
export async function judgeKill(kill: Kill, expected: Recording): Promise<KillVerdict> {
  const { subject, phase } = kill;
  const folder = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-kill-"));
  const file = join(folder, "state.json");
  const tenant = await startTenant();
  const command = forkCommand();
  let armed = false;
  let first = 0;
  const killAt = (nth: number, applied: boolean) => {
    if (armed && nth - first === kill.nth && applied === kill.applied) command.kill("SIGKILL");
  };
  let proxy: Proxy | undefined;
  try {
    proxy = await proxyFor(tenant.baseUrl, { before: (n) => killAt(n, false), after: (n) => killAt(n, true) });
    const settings = { ...settingsFor(tenant), baseUrl: proxy.baseUrl };
    const before = new Engine(settings);
    await before.up(subject.given);
    const given = subject.given.map(({ name }) => before.idOf(name));
    for (const [part, content] of Object.entries(subject.former)) {
      for (const id of given) tenant.admin.put(`/sources/${id}/${part}`, content);
    }
    const declared = subject.declared(given);
    const goal = phase === "update" ? subject.updated(given) : phase === "replace" ? subject.replaced(given) : declared;
    if (phase !== "create") await new Engine(settings, file).up(declared);
    first = proxy.requests();
    armed = true;
    const job: Job = {
      settings,
      file,
      program: goal,
      command: phase === "refresh" || phase === "destroy" ? phase : "up",
    };
    await killed(command, job);
    armed = false;

    const engine = new Engine(settings, file);
    const again = () => (phase === "destroy" ? engine.destroy() : engine.up(goal));
    const { problems } = await settle({ tenant, engine, given, again, act: again }, expected);
    return { kill, problems, duplicates: duplicatesOn(tenant), orphans: orphansOn(tenant, engine, given) };
  } finally {
    command.kill("SIGKILL");
    await proxy?.close();
    await tenant.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const forkCommand = (): ChildProcess =>
  fork(join(__dirname, "child.ts"), { execArgv: ["--require", join(__dirname, "../typescript.js")] });

async function killed(command: ChildProcess, job: Job): Promise<void> {
  const ended = once(command, "exit") as Promise<[number | null, string | null]>;
  command.send(job);
  const [code, signal] = await ended;
  if (signal !== "SIGKILL") throw new Error(`The process ended by itself (${String(code)}) before it was killed`);
}
