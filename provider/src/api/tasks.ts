import { type Clock, sleep } from "./clock";
import { SailPointError, isNotFound } from "./errors";
import { seconds } from "./failure";
import type { TaskStatus } from "./operations";

/** How long to wait for a task, and who is told meanwhile. */
export interface AwaitTaskOptions {
  signal?: AbortSignal | undefined;
  /** Called after each look at the task. */
  onProgress?: ((task: TaskStatus) => void) | undefined;
  /** Default 30 minutes. */
  timeoutMs?: number | undefined;
  /** Whom the task is for, as the beginning of an error's message. */
  context?: string | undefined;
}

/** How a task ended. `temporary`: the tenant says that trying again may help. */
export type TaskOutcome = "running" | "success" | "warning" | "error" | "terminated" | "temporary";

/** What a task's state means. It has ended when both `completed` and `completionStatus` are there. */
export function taskOutcome({ completed, completionStatus }: TaskStatus): TaskOutcome {
  if (!completed || !completionStatus) return "running";
  return outcomes[completionStatus.toUpperCase()] ?? "error";
}

const outcomes: Readonly<Record<string, TaskOutcome>> = {
  SUCCESS: "success",
  WARNING: "warning",
  ERROR: "error",
  TERMINATED: "terminated",
  TEMPERROR: "temporary",
  TEMP_ERROR: "temporary",
};

/** The texts that a task left, each once. */
export function taskMessages({ messages }: TaskStatus): string[] {
  const texts = (messages ?? []).map(({ localizedText, key }) =>
    typeof localizedText === "string" ? localizedText : (localizedText?.message ?? key ?? ""),
  );
  return [...new Set(texts.filter((text) => text !== ""))];
}

const firstPollMs = 500;
const longestPollMs = 10_000;
const pollGrowth = 1.5;
const defaultTimeoutMs = 30 * 60_000;
/** A task that was just started may not be visible yet. */
const visibleWithinMs = 15_000;

/** Looks at a task, less and less often, until it has ended. */
export async function awaitTask(
  look: (signal: AbortSignal | undefined) => Promise<TaskStatus>,
  clock: Clock,
  options: AwaitTaskOptions & { taskId: string },
): Promise<TaskStatus> {
  const { signal, onProgress, timeoutMs = defaultTimeoutMs, context, taskId } = options;
  const startedAt = clock.now();
  let seen = false;
  for (let poll = firstPollMs; ; poll = Math.min(longestPollMs, poll * pollGrowth)) {
    try {
      const task = await look(signal);
      seen = true;
      onProgress?.(task);
      if (taskOutcome(task) !== "running") return task;
    } catch (error) {
      const early = !seen && clock.now() - startedAt < visibleWithinMs;
      if (!(early && isNotFound(error))) throw error;
    }
    const left = startedAt + timeoutMs - clock.now();
    if (left <= 0) {
      throw new SailPointError({
        kind: "unavailable",
        context,
        happened: `the task ${taskId} has not ended within ${seconds(timeoutMs)}`,
        operationId: "getTaskStatus",
        remedy: "It goes on at the tenant: look at it there, then try again.",
        ambiguous: true,
      });
    }
    await sleep(clock, Math.min(poll, left), signal).catch(() => {
      throw new SailPointError({
        kind: "cancelled",
        context,
        happened: `the wait for the task ${taskId} was cancelled`,
        ambiguous: true,
      });
    });
  }
}
