import { Calls } from "../../../../provider/src/host/grpc/calls";

const silent = { info: () => undefined, warn: () => undefined, status: () => undefined };
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "");

test("a cancellation stops what is under way and what comes after, and tells what was going on", () => {
  const calls = new Calls();
  const running = calls.begin(silent);
  running.report.status('Source "HR": waiting for the deletion task 2c91, 4 s');
  expect(running.signal?.aborted).toBe(false);
  calls.cancel();
  expect(running.signal?.aborted).toBe(true);
  expect(messageOf(running.told(new Error("aborted")))).toMatch(
    /cancelled, while: .*the deletion task 2c91.*run the command again/,
  );
  expect(calls.begin(silent).signal?.aborted).toBe(true);
});

test("the time that the program gives a resource ends its call alone, and is its limit", async () => {
  const calls = new Calls();
  const [limited, other] = [calls.begin(silent, 0.02), calls.begin(silent)];
  expect([limited.limitMs, other.limitMs]).toEqual([20, undefined]);
  await new Promise((resolve) => limited.signal?.addEventListener("abort", resolve));
  expect(messageOf(limited.told(new Error("aborted")))).toContain("customTimeouts: 0.02 s");
  expect(other.signal?.aborted).toBe(false);
  const failure = new Error("the tenant refused");
  expect(other.told(failure)).toBe(failure);
});

test("a call that has ended is not stopped any more", () => {
  const calls = new Calls();
  const ended = calls.begin(silent);
  ended.end();
  calls.cancel();
  expect(ended.signal?.aborted).toBe(false);
});
