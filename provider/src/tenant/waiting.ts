import { ProblemError } from "./problem";

export interface Limit {
  /** What is waited for, as in «waited 60 s until …». */
  what: string;
  limitMs: number;
  signal?: AbortSignal;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Asks again, with growing pauses, until the answer is there or the limit is reached; then nothing. */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  limitMs: number,
  now: () => number = Date.now,
): Promise<T | undefined> {
  const end = now() + limitMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    const left = end - now();
    if (answer !== undefined || left <= 0) return answer;
    await sleep(Math.min(pause, left));
  }
}

/** Waits until the check holds; an error when it does not within the limit. */
export async function until(check: () => Promise<boolean>, { what, limitMs }: Limit): Promise<void> {
  const held = await eventually(async () => ((await check()) ? true : undefined), limitMs);
  if (held !== true) {
    throw new ProblemError(`Waited ${String(limitMs / 1000)} s until ${what}, in vain. Run the command again later`);
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
