import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "./clock";
import { PLACES } from "./stack";
import { step } from "./steps";
import type { Beginning } from "./beginning";
import { World } from "./world";

const beginning: fc.Arbitrary<Beginning> = fc.record({
  door: fc.constantFrom("default", "default", "default", "named"),
  given: fc.subarray([...PLACES]),
  deployed: fc.constantFrom([], [...PLACES], ["alpha" as const], ["alpha" as const]),
});

const MOST_STEPS = 30;

export interface Run {
  runs: number;
  seed: number;
  /** One sequence that failed: which it is, and what of it was left. */
  path?: string;
  replayPath?: string;
  /** Told of each sequence that held. */
  held?: () => void;
}

export interface Outcome {
  runs: number;
  /** What broke a rule: how it began, and each step up to it. */
  broken?: { beginning: unknown; cause: string; path: string; replayPath: string };
}

/** Random habits, each sequence on a tenant of its own; what breaks a rule is shrunk to the least that does. */
export async function sequences(clock: Clock, { runs, seed, path, replayPath, held }: Run): Promise<Outcome> {
  const commands = fc.commands([step], {
    maxCommands: MOST_STEPS,
    size: "max",
    ...(replayPath === undefined ? {} : { replayPath }),
  });
  const notes = mkdtempSync(join(tmpdir(), "pulumi-sailpoint-habits-"));
  let sequence = 0;
  const result = await fc.check(
    fc.asyncProperty(beginning, commands, async (begins, steps) => {
      // Notes of creations that were cut off are a sequence's own.
      process.env["XDG_STATE_HOME"] = join(notes, String((sequence += 1)));
      const world = await World.begin(begins, clock);
      try {
        await world.deploy(begins);
        await fc.asyncModelRun(() => ({ model: world, real: world }), steps);
        await world.settle();
        held?.();
      } finally {
        await world.end();
      }
    }),
    { numRuns: runs, seed, ...(path === undefined ? {} : { path }), endOnFailure: false },
  );
  rmSync(notes, { recursive: true, force: true });
  if (!result.failed) return { runs: result.numRuns };
  const [begins, steps] = result.counterexample ?? [];
  const { errorInstance: cause } = result;
  return {
    runs: result.numRuns,
    broken: {
      beginning: begins,
      cause: cause instanceof Error ? String(cause.stack) : String(cause),
      path: result.counterexamplePath ?? "",
      replayPath: /replayPath="([^"]*)"/.exec(String(steps))?.[1] ?? "",
    },
  };
}
