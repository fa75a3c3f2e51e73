import "./without";
import { hurry } from "./clock";
import { type Outcome, type Run, sequences } from "./sequences";

/** What a worker tells: that one more sequence held, or what came of all of them. */
export type Told = { held: true } | { outcome: Outcome };

process.once("message", (run: Run) => {
  const tell = (told: Told) => process.send?.(told);
  sequences(hurry(), { ...run, held: () => tell({ held: true }) }).then(
    (outcome) => process.send?.({ outcome } satisfies Told, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
      process.exit(2);
    },
  );
});
