import { Limiter, type Permit, type RateLimit, type SentRequests } from "../../../provider/src/api/limiter";
import { ManualClock } from "./support/clocks";

const rate: RateLimit = { requests: 100, perMs: 10_000 };

/** Callers that all want to send at once; what they send takes `latencyMs`. */
function crowd(clock: ManualClock, limiter: Limiter, count: number, judge: (permit: Permit) => void, latencyMs = 100) {
  const sentAt: number[] = [];
  for (let i = 0; i < count; i += 1) {
    void limiter.acquire().then((permit) => {
      sentAt.push(clock.now());
      clock.after(latencyMs, () => {
        judge(permit);
      });
    });
  }
  return sentAt;
}

const done = (permit: Permit) => {
  permit.done();
};

/** The most that were sent within any window of this length. */
function densest(times: readonly number[], windowMs: number): number {
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + windowMs).length));
}

/** What is known of a tenant that does not count in windows. */
const withoutWindows: SentRequests = {
  ofOthers: () => ({ answered: [], noWindows: true }),
  note: () => undefined,
  noteNoWindows: () => undefined,
};

test.each([0, 10, 100, 450])(
  "keeps the limit in every window, and uses it, at a latency of %i ms",
  async (latencyMs) => {
    const clock = new ManualClock();
    const sentAt = crowd(clock, new Limiter(clock, rate, withoutWindows), 450, done, latencyMs);
    await clock.advance(44_000 + 4 * latencyMs);
    expect(sentAt).toHaveLength(450);
    expect(densest(sentAt, rate.perMs)).toBeLessThanOrEqual(100);
  },
);

test("cannot be tricked by latencies that differ: the tenant sees no more than the limit in any window", async () => {
  const clock = new ManualClock();
  const limiter = new Limiter(clock, rate, withoutWindows);
  const arrivedAt: number[] = [];
  for (let i = 0; i < 300; i += 1) {
    void limiter.acquire().then((permit) => {
      // The way there takes long for some and no time for others.
      const wayMs = (i * 37) % 180;
      clock.after(wayMs, () => arrivedAt.push(clock.now()));
      clock.after(wayMs + 5, () => {
        permit.done();
      });
    });
  }
  await clock.advance(60_000);
  expect(arrivedAt).toHaveLength(300);
  expect(densest(arrivedAt, rate.perMs)).toBeLessThanOrEqual(100);
});

test("starts gently: what others used up of the window is not known", async () => {
  const clock = new ManualClock();
  const sentAt = crowd(clock, new Limiter(clock, rate), 50, done, 1_000);
  await clock.advance(0);
  expect(sentAt).toHaveLength(4);
  await clock.advance(3_500);
  expect(sentAt.length).toBeGreaterThan(20);
});

test("a refusal stops every caller for as long as the tenant wants, then one goes first", async () => {
  const clock = new ManualClock();
  const limiter = new Limiter(clock, rate);
  let refuse = true;
  const start = clock.now();
  const sentAt = crowd(clock, limiter, 20, (permit) => {
    if (refuse) permit.throttled(7_000);
    else permit.done();
  });
  await clock.advance(1_000);
  refuse = false;
  expect(sentAt).toHaveLength(4);
  await clock.advance(6_000);
  expect(sentAt).toHaveLength(4);
  await clock.advance(150);
  expect(sentAt.map((at) => at - start).slice(4)).toEqual([7_100]);
  await clock.advance(2_000);
  expect(sentAt).toHaveLength(20);
});

test.each([0, 10, 100, 450])(
  "waits no longer than a full window makes it, at a latency of %i ms",
  async (latencyMs) => {
    const clock = new ManualClock();
    const sentAt = crowd(clock, new Limiter(clock, rate), 450, done, latencyMs);
    await clock.advance(44_000 + 4 * latencyMs);
    expect(sentAt).toHaveLength(450);
  },
);

type Tenant = ReturnType<typeof tenantOf>;

/** A tenant that counts in its own way; `refusalOf` one that arrives is so many milliseconds, if it is refused. */
function tenantOf(clock: ManualClock, refusalOf: (now: number) => number) {
  const result = { accepted: 0, refused: 0 };
  return {
    result,
    /** Answers what arrives after some of the latency. */
    async answer(permit: Permit, latencyMs: number): Promise<void> {
      await new Promise<void>((resolve) => clock.after(latencyMs / 2, resolve));
      const pauseMs = refusalOf(clock.now());
      await new Promise<void>((resolve) => clock.after(latencyMs / 2, resolve));
      result[pauseMs > 0 ? "refused" : "accepted"] += 1;
      if (pauseMs > 0) permit.throttled(Math.ceil(pauseMs / 1000) * 1000);
      else permit.done();
    },
  };
}

/** Counts anew from the first request after a window's end, as the documents of most gateways have it. */
function inWindows(clock: ManualClock, { requests, perMs }: RateLimit = rate, alreadyUsed = 0): Tenant {
  let window = { startedAt: alreadyUsed > 0 ? clock.now() : -Infinity, count: alreadyUsed };
  return tenantOf(clock, (now) => {
    if (now >= window.startedAt + perMs) window = { startedAt: now, count: 0 };
    window.count += 1;
    return window.count <= requests ? 0 : window.startedAt + perMs - now;
  });
}

/** Takes no more than the limit in any ten seconds. */
function sliding(clock: ManualClock): Tenant {
  let taken: number[] = [];
  return tenantOf(clock, (now) => {
    taken = taken.filter((at) => at > now - rate.perMs);
    const oldest = taken[0];
    if (taken.length >= rate.requests && oldest !== undefined) return oldest + rate.perMs - now;
    taken.push(now);
    return 0;
  });
}

/** Fills up evenly. */
function bucket(clock: ManualClock): Tenant {
  const eachMs = rate.perMs / rate.requests;
  let full = { at: clock.now(), left: rate.requests };
  return tenantOf(clock, (now) => {
    full = { at: now, left: Math.min(rate.requests, full.left + (now - full.at) / eachMs) };
    if (full.left < 1) return (1 - full.left) * eachMs;
    full.left -= 1;
    return 0;
  });
}

/** Sixteen callers without rest. */
async function pressOn(clock: ManualClock, tenant: Tenant, durationMs: number, latencyMs: number) {
  const limiter = new Limiter(clock, rate);
  const caller = async (): Promise<void> => {
    for (;;) await tenant.answer(await limiter.acquire(), latencyMs);
  };
  for (let i = 0; i < 16; i += 1) void caller();
  await clock.advance(durationMs);
  return tenant.result;
}

test.each([5, 100])("uses what the tenant gives, without a refusal, at a latency of %i ms", async (latencyMs) => {
  const clock = new ManualClock();
  const { accepted, refused } = await pressOn(clock, inWindows(clock), 140_000, latencyMs);
  expect(refused).toBe(0);
  expect(accepted).toBeGreaterThan(1_400 / 1.05);
});

test("an earlier process that used up the window costs a few refusals and little time", async () => {
  const clock = new ManualClock();
  const { accepted, refused } = await pressOn(clock, inWindows(clock, rate, 60), 140_000, 100);
  expect(refused).toBeLessThan(14);
  expect(accepted).toBeGreaterThan(1_400 / 1.1);
});

test("finds a limit that is lower than documented, and keeps refusals rare", async () => {
  const clock = new ManualClock();
  const { accepted, refused } = await pressOn(clock, inWindows(clock, { requests: 60, perMs: 10_000 }), 300_000, 50);
  expect(accepted).toBeGreaterThan(0.8 * 30 * 60);
  expect(refused / accepted).toBeLessThan(0.05);
});

/** Callers that come in crowds, now and then, with latencies that differ; tells when the last was answered. */
async function inCrowds(clock: ManualClock, tenant: Tenant, crowds: readonly [number, number][], seed = 1) {
  const limiter = new Limiter(clock, rate);
  let random = seed;
  const next = (most: number) => {
    random = (random * 48_271) % 2_147_483_647;
    return random % most;
  };
  const start = clock.now();
  let lastAt = 0;
  for (const [atMs, count] of crowds) {
    await clock.advance(start + atMs - clock.now());
    for (let i = 0; i < count; i += 1) {
      void limiter.acquire().then(async (permit) => {
        await tenant.answer(permit, 20 + next(300));
        lastAt = clock.now() - start;
      });
    }
  }
  await clock.advance(120_000);
  return { ...tenant.result, lastAt };
}

const total = (crowds: readonly [number, number][]) => crowds.reduce((sum, [, count]) => sum + count, 0);

test("a window that began early in it is new when it ends, whenever its requests were sent", async () => {
  const clock = new ManualClock();
  const found = await inCrowds(clock, inWindows(clock), [
    [0, 10],
    [6_000, 150],
  ]);
  expect(found).toMatchObject({ accepted: 160, refused: 0 });
  // Ninety of the second crowd at once, the others when the window of the first ends, and not ten seconds after the ninety.
  expect(found.lastAt).toBeLessThan(13_500);
});

test("a tenant in windows refuses nobody, however crowds and latencies fall", async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    let at = 0;
    const crowds = Array.from({ length: 12 }, (_, i): [number, number] => {
      at += ((seed * 7_919 + i * 104_729) % 9) * 700;
      return [at, 1 + ((seed * 31 + i * 53) % 90)];
    });
    const clock = new ManualClock();
    const found = await inCrowds(clock, inWindows(clock), crowds, seed);
    expect({ seed, ...found }).toMatchObject({ seed, accepted: total(crowds), refused: 0 });
  }
});

const severalCrowds: [number, number][] = [
  [0, 10],
  [6_000, 150],
  [25_000, 30],
  [33_000, 300],
];

test("a tenant that takes no more than the limit in any ten seconds refuses a single request, once", async () => {
  const clock = new ManualClock();
  const found = await inCrowds(clock, sliding(clock), severalCrowds);
  expect(found).toMatchObject({ accepted: total(severalCrowds) - 1, refused: 1 });
});

test("a tenant that fills up evenly refuses what is under way, once", async () => {
  const clock = new ManualClock();
  const found = await inCrowds(clock, bucket(clock), severalCrowds);
  expect(found.accepted + found.refused).toBe(total(severalCrowds));
  expect(found.refused).toBeLessThanOrEqual(10);
});

test("a caller that is cancelled leaves the queue to the others", async () => {
  const clock = new ManualClock();
  const limiter = new Limiter(clock, { requests: 1, perMs: 10_000 });
  const first = await limiter.acquire();
  first.done();
  const cancel = new AbortController();
  const second = limiter.acquire(cancel.signal);
  const third = limiter.acquire();
  cancel.abort();
  await expect(second).rejects.toThrow("aborted");
  await clock.advance(10_000);
  (await third).done();
});

test("without a limit only refusals slow it down", async () => {
  const clock = new ManualClock();
  const sentAt = crowd(clock, new Limiter(clock, false), 1_000, done, 10);
  await clock.advance(1_000);
  expect(sentAt).toHaveLength(1_000);
});
