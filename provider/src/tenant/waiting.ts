import { setTimeout as pause } from "node:timers/promises";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** How long to ask again; what is told when it is given up on. */
export interface Patience {
  limitMs: number;
  /** Ends the waiting at once: whoever wanted the answer has gone. */
  signal?: AbortSignal | undefined;
  now?: (() => number) | undefined;
}

/** Asks again, with growing pauses, until the answer is there or the limit is reached; then nothing. */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  { limitMs, signal, now = Date.now }: Patience,
): Promise<T | undefined> {
  const end = now() + limitMs;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    const left = end - now();
    if (answer !== undefined || left <= 0) return answer;
    await pause(Math.min(wait, left), undefined, { signal });
  }
}
