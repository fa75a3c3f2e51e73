import { Limiter, type Permit, type RateLimit } from "../../../provider/src/api/limiter";
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

test.each([0, 10, 100, 450])(
  "keeps the limit in every window, and uses it, at a latency of %i ms",
  async (latencyMs) => {
    const clock = new ManualClock();
    const sentAt = crowd(clock, new Limiter(clock, rate), 450, done, latencyMs);
    await clock.advance(44_000 + 4 * latencyMs);
    expect(sentAt).toHaveLength(450);
    expect(densest(sentAt, rate.perMs)).toBeLessThanOrEqual(100);
  },
);

test("cannot be tricked by latencies that differ: the tenant sees no more than the limit in any window", async () => {
  const clock = new ManualClock();
  const limiter = new Limiter(clock, rate);
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

/** Sixteen callers without rest at a tenant that counts in fixed windows, as tenants do. */
async function pressOn(tenantTakes: RateLimit, durationMs: number, latencyMs: number, alreadyUsed = 0) {
  const clock = new ManualClock();
  const limiter = new Limiter(clock, rate);
  let window = { startedAt: clock.now(), count: alreadyUsed };
  const result = { accepted: 0, refused: 0 };
  const caller = async (): Promise<void> => {
    for (;;) {
      const permit = await limiter.acquire();
      await new Promise<void>((resolve) => clock.after(latencyMs, resolve));
      const left = window.startedAt + tenantTakes.perMs - clock.now();
      if (left <= 0) window = { startedAt: clock.now(), count: 0 };
      window.count += 1;
      if (window.count <= tenantTakes.requests) {
        result.accepted += 1;
        permit.done();
      } else {
        result.refused += 1;
        permit.throttled(Math.ceil(left / 1000) * 1000);
      }
    }
  };
  for (let i = 0; i < 16; i += 1) void caller();
  await clock.advance(durationMs);
  return result;
}

test.each([5, 100])("uses what the tenant gives, without a refusal, at a latency of %i ms", async (latencyMs) => {
  const { accepted, refused } = await pressOn(rate, 140_000, latencyMs);
  expect(refused).toBe(0);
  expect(accepted).toBeGreaterThan(1_400 / 1.05);
});

test("an earlier process that used up the window costs a few refusals and little time", async () => {
  const { accepted, refused } = await pressOn(rate, 140_000, 100, 60);
  expect(refused).toBeLessThan(14);
  expect(accepted).toBeGreaterThan(1_400 / 1.1);
});

test("finds a limit that is lower than documented, and keeps refusals rare", async () => {
  const { accepted, refused } = await pressOn({ requests: 60, perMs: 10_000 }, 300_000, 50);
  expect(accepted).toBeGreaterThan(0.8 * 30 * 60);
  expect(refused / accepted).toBeLessThan(0.05);
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
