/** When a window of the tenant began: it counted the first request of it between these two moments. */
export interface Began {
  earliest: number;
  latest: number;
}

/** A request that the tenant may count. */
export interface Sent {
  at: number;
  answered: number | undefined;
}

/**
 * Where the windows lie of a tenant that counts in windows: the first request opens one, and the first after its end
 * opens the next. Known but for the time that a request is under way; what may lie on either side of an end counts on
 * both.
 */
export class Windows {
  private current: Began | undefined;
  private openedAt = Infinity;

  constructor(private readonly perMs: number) {}

  /** The last window, once something in it was answered. */
  get began(): Began | undefined {
    return this.current?.latest === Infinity ? undefined : this.current;
  }

  /** From when on a request surely opens the next window. */
  get end(): number {
    return this.current ? this.current.latest + this.perMs : -Infinity;
  }

  /** What was answered before does not count for a request that goes now, after ours. */
  since(now: number, ours: readonly Sent[]): number {
    if (!this.current || now < this.end) return this.current?.earliest ?? -Infinity;
    const end = this.current.earliest + this.perMs;
    const onEitherSide = ours.filter(({ answered = Infinity }) => answered >= end).map(({ at }) => at);
    return Math.min(now, ...onEitherSide);
  }

  /** A request goes now, after ours. */
  sending(now: number, ours: readonly Sent[], areOthers: boolean): void {
    if (now < this.end) return;
    // Others who have sent without telling when their window began may have opened it at any time.
    const first = areOthers ? now - this.perMs : now;
    this.current = { earliest: this.current ? this.since(now, ours) : first, latest: Infinity };
    this.openedAt = now;
  }

  /** A request that was sent then is answered now. */
  answered(at: number, now: number): void {
    if (this.current && at >= this.openedAt) this.current.latest = Math.min(this.current.latest, now);
  }

  /** What another process takes for the last window. */
  heard(other: Began): void {
    if (!this.current || other.earliest >= this.end) {
      this.current = { ...other };
    } else if (Math.abs(other.earliest - this.current.earliest) < this.perMs / 2) {
      this.current.earliest = Math.min(this.current.earliest, other.earliest);
      this.current.latest = Math.min(this.current.latest, other.latest);
    }
  }
}
