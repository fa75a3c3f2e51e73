import timers from "node:timers/promises";

/** A second of the habits takes this part of a real one. */
const PACE = 20;

export interface Clock {
  /** Moves time on, without waiting. */
  jump(ms: number): void;
  /** Back to the machine's own time. */
  stop(): void;
}

/**
 * Time that runs faster than the machine's and can be moved on: what waits for a tenant that lags, or before it asks
 * again, waits as long as it would by its own clock, and hardly at all by ours. For provider and tenant alike, which
 * live in this process.
 */
export function hurry(): Clock {
  const own = {
    now: Date.now,
    performanceNow: performance.now.bind(performance),
    after: setTimeout,
    pause: timers.setTimeout,
  };
  const start = own.now();
  let moved = 0;
  const passed = () => own.performanceNow() * PACE + moved;
  const first = passed();
  Date.now = () => Math.floor(start + passed() - first);
  performance.now = () => passed();
  const later = (run: () => void, ms = 0, ...rest: unknown[]) =>
    (own.after as (run: () => void, ms: number, ...rest: unknown[]) => unknown)(run, ms / PACE, ...rest);
  globalThis.setTimeout = Object.assign(later, own.after);
  timers.setTimeout = (ms, value, options) => own.pause((ms ?? 0) / PACE, value, options);
  return {
    jump: (ms) => (moved += ms),
    stop: () => {
      Date.now = own.now;
      performance.now = own.performanceNow;
      globalThis.setTimeout = own.after;
      timers.setTimeout = own.pause;
    },
  };
}
