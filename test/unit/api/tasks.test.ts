import { SailPointError, type TaskStatus, taskMessages, taskOutcome } from "pulumi-sailpoint/api";
import { awaitTask } from "../../../provider/src/api/tasks";
import { ManualClock } from "./support/clocks";
import { closing } from "./support/closing";
import { failureOf } from "./support/failures";
import { clientOf, json, serve } from "./support/server";

const opened = closing();

test.each([
  [{}, "running"],
  [{ completed: null, completionStatus: null }, "running"],
  [{ completed: "2026-01-01T00:00:00Z" }, "running"],
  [{ completionStatus: "SUCCESS" }, "running"],
  [{ completed: "x", completionStatus: "SUCCESS" }, "success"],
  [{ completed: "x", completionStatus: "Success" }, "success"],
  [{ completed: "x", completionStatus: "WARNING" }, "warning"],
  [{ completed: "x", completionStatus: "ERROR" }, "error"],
  [{ completed: "x", completionStatus: "TERMINATED" }, "terminated"],
  [{ completed: "x", completionStatus: "TEMPERROR" }, "temporary"],
  [{ completed: "x", completionStatus: "TEMP_ERROR" }, "temporary"],
  [{ completed: "x", completionStatus: "SOMETHING_NEW" }, "error"],
])("a task with %j is %s", (state, outcome) => {
  expect(taskOutcome({ id: "t", ...state })).toBe(outcome);
});

test("a task's messages are its texts, each once", () => {
  const messages = [
    { type: "ERROR", key: "k1", localizedText: { locale: "en", message: "Cannot connect" } },
    { type: "ERROR", key: "k1", localizedText: { locale: "de", message: "Cannot connect" } },
    { type: "WARN", key: "k2", localizedText: "As text" },
    { type: "INFO", key: "k3", localizedText: null },
    {},
  ];
  expect(taskMessages({ id: "t", messages })).toEqual(["Cannot connect", "As text", "k3"]);
  expect(taskMessages({ id: "t", messages: null })).toEqual([]);
});

/** The wait for a task whose states come one after the other, and how long it waited between two looks. */
async function wait(states: (object | "missing")[], options: object = {}) {
  const clock = new ManualClock();
  const lookedAt: number[] = [];
  const look = () => {
    lookedAt.push(clock.now());
    const state = states[Math.min(lookedAt.length, states.length) - 1];
    if (state !== "missing") return Promise.resolve({ id: "t", ...state });
    return Promise.reject(new SailPointError({ kind: "notFound", happened: "no task t" }));
  };
  const ended = awaitTask(look, clock, { taskId: "t", context: 'Source "HR"', ...options });
  const outcome = ended.then(taskOutcome, (error: unknown) => error);
  await clock.advance(3_600_000);
  return { outcome: await outcome, waits: lookedAt.slice(1).map((at, i) => at - (lookedAt[i] ?? 0)) };
}

const running = { completed: null, completionStatus: null };
const ended = { completed: "2026-01-01T00:00:00Z", completionStatus: "ERROR" };

test("a task is awaited until it has both ended and an outcome, with looks that become rarer", async () => {
  const progress: TaskStatus[] = [];
  const { outcome, waits } = await wait(
    [...Array.from({ length: 10 }, () => running), { ...ended, completionStatus: null }, ended],
    { onProgress: (task: TaskStatus) => progress.push(task) },
  );
  expect(outcome).toBe("error");
  expect(progress).toHaveLength(12);
  expect(waits.map(Math.round)).toEqual([500, 750, 1125, 1688, 2531, 3797, 5695, 8543, 10_000, 10_000, 10_000]);
});

test("a task that cannot be seen yet is looked for again, one that vanishes is an error", async () => {
  expect((await wait(["missing", "missing", running, ended])).outcome).toBe("error");
  expect((await wait([running, "missing", ended])).outcome).toMatchObject({ kind: "notFound" });
  const never = await wait(["missing"]);
  expect(never.outcome).toMatchObject({ kind: "notFound" });
  expect(never.waits.length).toBeGreaterThan(3);
});

test("the wait for a task has an end", async () => {
  const { outcome, waits } = await wait([running], { timeoutMs: 60_000 });
  expect(outcome).toMatchObject({
    ambiguous: true,
    message:
      'Source "HR": the task t has not ended within 60 s. The change may have been applied all the same. ' +
      "It goes on at the tenant: look at it there, then try again.",
  });
  expect(waits.reduce((sum, ms) => sum + ms)).toBe(60_000);
});

/** A client of a tenant whose task never ends. */
async function endless() {
  const server = opened(await serve((_, response) => json(response, 200, { id: "t", ...running })));
  return opened(clientOf(server));
}

test("the wait for a task can be cancelled", async () => {
  const client = await endless();
  const cancel = new AbortController();
  setTimeout(() => {
    cancel.abort();
  }, 200);
  expect((await failureOf(client.awaitTask("t", { signal: cancel.signal }))).kind).toBe("cancelled");
});

test("a client that is closed ends its waits for tasks", async () => {
  const client = await endless();
  setTimeout(() => {
    client.close();
  }, 200);
  expect((await failureOf(client.awaitTask("t"))).kind).toBe("cancelled");
});
