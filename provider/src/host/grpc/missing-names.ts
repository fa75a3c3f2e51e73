import { setTimeout as pause } from "node:timers/promises";

/** Once no resource has been checked for this long, no more are expected. */
const QUIET_MS = 500;

/**
 * The names that a tenant lacks, for programs that cannot tell them. The engine checks one resource after the other and
 * ends at the first that fails, so none fails for them. A creation or an update is previewed while others are checked:
 * it waits for these, and lets the next one that lacks something wait in its place. The last one tells all.
 */
export class MissingNames {
  private readonly users = new Map<string, Set<string>>();
  /** Checks that are under way, and all that there were. */
  private checking = 0;
  private checks = 0;
  /** How many have waited, and what ends the waiting of the last of them. */
  private turns = 0;
  private letGo: () => void = () => undefined;

  async during<T>(check: () => Promise<T>): Promise<T> {
    this.checking += 1;
    this.checks += 1;
    try {
      return await check();
    } finally {
      this.checking -= 1;
    }
  }

  add(urn: string, lines: readonly string[]): void {
    const resource = urn.split("::").slice(3).join("::");
    for (const line of lines) this.users.set(line, (this.users.get(line) ?? new Set()).add(resource));
  }

  /** What the last preview that lacks something tells; nothing for those before it. */
  async awaited(): Promise<string | undefined> {
    this.letGo();
    const turn = (this.turns += 1);
    const another = new Promise<void>((resolve) => {
      this.letGo = resolve;
    });
    let before: number;
    do {
      before = this.checks;
      await Promise.race([another, pause(QUIET_MS)]);
    } while (turn === this.turns && (this.checking > 0 || this.checks > before));
    return turn === this.turns ? this.told() : undefined;
  }

  private told(): string {
    const lines = [...this.users].map(([line, names]) => `  ${line} (used by ${[...names].sort().join(", ")})`);
    return `the program names what the tenant does not have:\n${lines.sort().join("\n")}`;
  }
}
