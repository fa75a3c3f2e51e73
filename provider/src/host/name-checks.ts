import { setTimeout as pause } from "node:timers/promises";
import { asFarAsPossible } from "../lifecycle";
import type { Report } from "../tenant/report";

/**
 * The names that a resource uses and the tenant lacks, on their way to the program: the engine ends a preview at the
 * first resource whose check fails, while the program can tell all of them. Pulumi shows no key that begins so.
 */
export const MISSING = "__missing";

/** How long a preview waits for the answer: offline, it goes on without. */
const PATIENCE_MS = 15_000;

/** Looks for names while the tenant can be reached. Once it cannot, says so and asks no more in this deployment. */
export class NameChecks {
  private isOver = false;

  constructor(private readonly report: Pick<Report, "info">) {}

  async look(ask: () => Promise<string[]>): Promise<string[]> {
    if (this.isOver) return [];
    const found = await Promise.race([
      asFarAsPossible<string[] | undefined>(ask, undefined),
      pause(PATIENCE_MS, undefined, { ref: false }),
    ]);
    if (found !== undefined) return found;
    this.giveUp();
    return [];
  }

  /** Others that asked at the same time may have said so already. */
  private giveUp(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.report.info(
      "The names in the program were not checked: the tenant cannot be reached, or does not let us look",
    );
  }
}
