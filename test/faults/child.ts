import { Engine } from "../engine-model/engine";
import type { Declared } from "../engine-model/goal";

/** What a process that is to be killed does: one command of the engine, its state on disk. */
export interface Job {
  settings: Record<string, string>;
  file: string;
  command: "up" | "refresh" | "destroy";
  program: Declared[];
}

process.once("message", (job: Job) => {
  const engine = new Engine(job.settings, job.file);
  const run = job.command === "up" ? engine.up(job.program) : engine[job.command]();
  run.then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
