import { type TaskStatus, taskMessages, taskOutcome } from "../api";
import type { Context, OptionSpec, Result } from "./command";
import type { Ending } from "./exit-codes";
import type { Style } from "./style";
import { wholeNumber } from "./options";

export interface Waiting {
  wait: boolean;
  strict?: boolean;
  timeout: number;
}

/** The options of every command that starts a task. */
export const waitingOptions: readonly OptionSpec[] = [
  { flags: "--no-wait", about: "only start the task, and tell its id" },
  { flags: "--strict", about: "end with exit code 6 where the task ends with a warning, too" },
  {
    flags: "--timeout <minutes>",
    about: "how long to wait for the task; it goes on at the tenant after that",
    default: 240,
    parse: wholeNumber(1, 100_000),
  },
];

export interface StartedTask {
  id: string;
  /** What it does, as the beginning of a line: `Aggregating the accounts of "HR Feed"`. */
  doing: string;
  /** Whom it is for, as the beginning of an error: `Source "HR Feed"`. */
  context: string;
  source: { id: string; name: string };
}

/** Waits for a task unless told not to, and tells how it ended. */
export async function resultOfTask(context: Context, task: StartedTask, waiting: Waiting): Promise<Result> {
  const { client, progress, signal } = context;
  const source = { id: task.source.id, name: task.source.name };
  if (!waiting.wait) {
    return {
      data: { source, task: { id: task.id } },
      text: () =>
        `${task.doing}: started the task ${task.id}. \`pulumi-sailpoint api getTaskStatus --id ${task.id}\` shows it.`,
    };
  }
  const ended = await progress.during(task.doing, (tell) =>
    client.awaitTask(task.id, {
      signal,
      timeoutMs: waiting.timeout * 60_000,
      context: task.context,
      onProgress: (status) => tell(stateOf(status)),
    }),
  );
  return {
    data: { source, task: ended },
    text: (style) => shownEnd(task, ended, style),
    ending: waiting.strict === true && taskOutcome(ended) === "warning" ? "badNews" : endings[taskOutcome(ended)],
  };
}

const endings = {
  success: "done",
  warning: "done",
  error: "badNews",
  terminated: "badNews",
  temporary: "badNews",
  running: "badNews",
} as const satisfies Record<ReturnType<typeof taskOutcome>, Ending>;

function stateOf({ progress, percentComplete, completed }: TaskStatus): string {
  if (completed) return "";
  if (progress) return progress;
  return typeof percentComplete === "number" ? `${String(percentComplete)} %` : "";
}

function shownEnd({ doing, id }: StartedTask, status: TaskStatus, style: Style): string {
  const outcome = taskOutcome(status);
  const colour = { success: style.good, warning: style.warning }[outcome as string] ?? style.bad;
  const numbers = countsOf(status);
  return [
    `${doing}: ${colour(status.completionStatus ?? "")} ${style.faint(`(task ${id})`)}`,
    ...taskMessages(status).map((message) => `  ${colour(message)}`),
    ...(numbers.length === 0 ? [] : [style.facts(numbers)]),
  ].join("\n");
}

/** What the task counted: its attributes that are numbers. */
function countsOf({ attributes }: TaskStatus): [string, string | number][] {
  return Object.entries(attributes ?? {}).flatMap(([name, value]): [string, string | number][] =>
    typeof value === "number" || (typeof value === "string" && /^\d{1,12}$/.test(value)) ? [[name, value]] : [],
  );
}
