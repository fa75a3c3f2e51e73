type PrepareStackTrace = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/** The one place where V8 looks for it. */
const v8: { prepareStackTrace?: PrepareStackTrace | undefined } = Error;

/** What is in place already. Another tool may put its own before it, or take it away. */
const inPlace = new WeakSet<PrepareStackTrace>();

/**
 * From now on, two things differ in how stack traces are put into words, where the program has its own way of doing it
 * (ts-node, Pulumi's default, does). A second call changes nothing.
 *
 * - Those that Pulumi takes of its own promises, four for each property of a resource and more, stay empty. They are shown
 *   only when PULUMI_DEBUG_PROMISE_LEAKS asks for them (then nothing is changed), and they were half of the time that a
 *   program of many resources took.
 * - The constructor `shell` is left out: Pulumi counts the callers of its own constructor to find the program's line.
 *
 * See decisions/stack-traces.md.
 */
export function clearTraces(shell: string): void {
  const before = v8.prepareStackTrace;
  if (before === undefined || inPlace.has(before) || process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) return;
  const cleared: PrepareStackTrace = (error, frames) => {
    if (frames[0]?.getFunctionName() === "debuggablePromise") return String(error);
    const shown = frames.filter((frame) => frame.getFunctionName() !== shell);
    return before(error, shown);
  };
  inPlace.add(cleared);
  v8.prepareStackTrace = cleared;
}
