import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "../api";
import { asObject } from "./wire";

/** How soon after a source began to go the list is looked at … */
const FIRST_MS = 10;
/** … and how long after the look before, where the tenant counts requests. Where it does not, as long as that look took. */
const BETWEEN_MS = 1_000;
/** The longest of these pauses: as long as none leaves and none joins them, they grow. */
const LONGEST_MS = 5_000;
const GROWTH = 1.5;
/** So many ids fit into an address. */
const IDS_OF_A_LOOK = 40;

/** Sources that the tenant is deleting: all who wait for theirs to go look at the list together. */
export class Departures {
  private awaited = new Set<string>();
  private next: Promise<ReadonlySet<string>> | undefined;
  private lookedAt = 0;
  private tookMs = 0;
  private betweenMs: number;

  /** @param isLimited Whether the tenant counts requests. */
  constructor(
    private readonly client: Client,
    private readonly isLimited: boolean,
  ) {
    this.betweenMs = this.firstBetweenMs();
  }

  /**
   * Whether the source is gone, by the next look.
   *
   * @param isNew Whether its deletion has just begun.
   */
  async isGone(id: string, isNew: boolean): Promise<boolean> {
    this.awaited.add(id);
    if (isNew) this.betweenMs = this.firstBetweenMs();
    this.next ??= this.look();
    return !(await this.next).has(id);
  }

  private async look(): Promise<ReadonlySet<string>> {
    await pause(Math.max(FIRST_MS, this.lookedAt + this.betweenMs - Date.now()));
    const ids = [...this.awaited];
    this.awaited = new Set();
    this.next = undefined;
    this.lookedAt = Date.now();
    const there = new Set<string>();
    for (let i = 0; i < ids.length; i += IDS_OF_A_LOOK) {
      const asked = ids.slice(i, i + IDS_OF_A_LOOK).map((id) => JSON.stringify(id));
      const found = this.client.paginate("listSources", { filters: `id in (${asked.join(",")})` });
      for await (const source of found) there.add(String(asObject(source)["id"]));
    }
    this.tookMs = Date.now() - this.lookedAt;
    const left = there.size < ids.length;
    this.betweenMs = left ? this.firstBetweenMs() : Math.min(this.betweenMs * GROWTH, LONGEST_MS);
    return there;
  }

  private firstBetweenMs(): number {
    return this.isLimited ? BETWEEN_MS : Math.max(FIRST_MS, 2 * this.tookMs);
  }
}
