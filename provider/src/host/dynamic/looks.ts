import { setTimeout as pause } from "node:timers/promises";
import { asFarAsPossible } from "../../lifecycle";
import { lines } from "./lines";

/** How long a preview waits for the answer: offline, it goes on without. */
const PATIENCE_MS = 15_000;

/** Looks ahead while the tenant can be reached. Once it cannot, says so and asks no more in this deployment. */
export class Looks {
  private isOver = false;

  /** @param undone What is not done then, as a sentence's beginning. */
  constructor(private readonly undone: string) {}

  async ahead(ask: () => Promise<string[]>): Promise<string[]> {
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
    lines.info(`${this.undone}: the tenant cannot be reached, or does not let us look`);
  }
}
