import { fastClock } from "./support/clocks";
import { closing } from "./support/closing";
import { clientOf, json, serve } from "./support/server";

const opened = closing();
const source = { id: "1", name: "HR" };

/** A tenant that takes so many requests in fixed windows and refuses the others, by a clock that tests speed up. */
async function strictTenant(requests: number, clock: ReturnType<typeof fastClock>, retryAfter: "seconds" | "date") {
  let window = { startedAt: -Infinity, count: 0 };
  let refused = 0;
  const perMs = 10_000;
  const server = opened(
    await serve((_, response) => {
      const now = clock.now();
      if (now >= window.startedAt + perMs) window = { startedAt: now, count: 0 };
      window.count += 1;
      if (window.count <= requests) {
        json(response, 200, source);
        return;
      }
      refused += 1;
      const end = window.startedAt + perMs;
      const headers =
        retryAfter === "seconds"
          ? { "retry-after": String(Math.ceil((end - now) / 1000)) }
          : // The tenant's clock is an hour off: only the distance counts.
            { date: new Date(now + 3_600_000).toUTCString(), "retry-after": new Date(end + 3_601_000).toUTCString() };
      json(response, 429, { message: "API rate limit exceeded" }, headers);
    }),
  );
  return { server, refused: () => refused };
}

test.each(["seconds", "date"] as const)("Retry-After as %s is obeyed for all callers at once", async (form) => {
  const clock = fastClock(20);
  const { server, refused } = await strictTenant(50, clock, form);
  // Another program has used up most of the window.
  const other = opened(clientOf(server, { clock }));
  await Promise.all(Array.from({ length: 45 }, () => other.call("getSource", { id: "1" })));

  const client = opened(clientOf(server, { clock, rateLimit: { requests: 50, perMs: 10_000 } }));
  await Promise.all(Array.from({ length: 120 }, () => client.call("updateSource", { id: "1", body: [] })));
  // What was under way when the first was refused, and nothing after it.
  expect(refused()).toBeLessThanOrEqual(8);
});

test("a storm of 429 ends, and every call with it, each sent once more than it was refused", async () => {
  const clock = fastClock(50);
  let storm = 30;
  const server = opened(
    await serve((_, response) => {
      storm -= 1;
      if (storm >= 0) json(response, 429, {}, storm % 2 ? { "retry-after": "1" } : {});
      else json(response, 200, source);
    }),
  );
  const client = opened(clientOf(server, { clock }));
  await Promise.all(Array.from({ length: 10 }, () => client.call("updateSource", { id: "1", body: [] })));
  expect(server.seen).toHaveLength(40);
});

test("503 with Retry-After gives the tenant quiet from everyone", async () => {
  const clock = fastClock(20);
  let busyUntil = 0;
  const server = opened(
    await serve((_, response) => {
      if (busyUntil === 0) busyUntil = clock.now() + 10_000;
      if (clock.now() < busyUntil) json(response, 503, {}, { "retry-after": "10" });
      else json(response, 200, source);
    }),
  );
  const client = opened(clientOf(server, { clock }));
  await Promise.all(Array.from({ length: 30 }, () => client.call("getSource", { id: "1" })));
  expect(server.seen.length).toBeLessThanOrEqual(30 + 4);
});
