/** Real time, faster: a wait of 10 seconds takes 100 ms at factor 100. */
export function fastClock(factor = 100) {
  const start = Date.now();
  return {
    now: () => start + (performance.now() - begun) * factor,
    after(ms: number, run: () => void) {
      const timer = setTimeout(run, ms / factor);
      return () => clearTimeout(timer);
    },
    random: () => 0.5,
  };
}
const begun = performance.now();

/** Time that stands still until the test moves it. */
export class ManualClock {
  private time = 1_000_000;
  private timers: { at: number; run: () => void }[] = [];

  readonly now = () => this.time;
  readonly random = () => 0.5;
  readonly after = (ms: number, run: () => void) => {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  };

  /** Lets so many milliseconds pass, and everything that was waiting for them run. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
      await settle();
    }
    this.time = end;
  }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
