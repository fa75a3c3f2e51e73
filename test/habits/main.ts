import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Outcome, Run } from "./sequences";
import type { Told } from "./worker";

/**
 * `npm run habits`: random sequences of what programs, their owners and others do. `-- --runs N --seed N` for others,
 * `-- --seed N --path TEXT` for one that failed, `-- --without 5` with the fix of a fault taken out, which is then to be
 * found.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "10000" },
      seed: { type: "string" },
      path: { type: "string" },
      workers: { type: "string", default: "2" },
      without: { type: "string" },
    },
  });
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const workers = values.path === undefined ? Number(values.workers) : 1;
  const started = Date.now();
  let held = 0;
  const processes: ChildProcess[] = [];
  const outcomes = await Promise.all(
    Array.from({ length: workers }, async (_, i) => {
      const run: Run = {
        runs: Math.ceil(Number(values.runs) / workers),
        seed: seed + i,
        ...(values.path === undefined ? {} : { path: values.path }),
      };
      const child = worker(values.without);
      processes.push(child);
      const outcome = await outcomeOf(child, run, () => {
        held += 1;
        if (held % 500 === 0) process.stderr.write(`${String(held)} sequences held\n`);
      });
      if (outcome?.broken) for (const other of processes) if (other !== child) other.kill();
      return { outcome, seed: run.seed };
    }),
  );
  const seconds = Math.round((Date.now() - started) / 1000);
  const broken = outcomes.find(({ outcome }) => outcome?.broken);
  process.stdout.write(`${String(held)} sequences held, seed ${String(seed)}, ${String(seconds)} s\n`);
  if (!broken?.outcome?.broken) return outcomes.every(({ outcome }) => outcome) ? 0 : 2;
  const { beginning, cause, path } = broken.outcome.broken;
  process.stdout.write(
    `broken after ${String(broken.outcome.runs)} of one worker\n${JSON.stringify(beginning)}\n${cause}\n` +
      `again: npm run habits -- --seed ${String(broken.seed)} --path ${path}\n`,
  );
  return 1;
}

function worker(without: string | undefined): ChildProcess {
  const { HABITS_WITHOUT: _none, ...env } = process.env;
  return fork(join(__dirname, "worker.ts"), {
    execArgv: ["--require", join(__dirname, "../typescript.js")],
    env: without === undefined ? env : { ...env, HABITS_WITHOUT: without },
  });
}

function outcomeOf(child: ChildProcess, run: Run, held: () => void): Promise<Outcome | undefined> {
  return new Promise((resolve) => {
    let outcome: Outcome | undefined;
    child.on("message", (told: Told) => {
      if ("held" in told) held();
      else outcome = told.outcome;
    });
    child.on("exit", () => resolve(outcome));
    child.send(run);
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
    process.exit(2);
  },
);
