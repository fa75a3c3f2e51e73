type PrepareStackTrace = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/** The one place where V8 looks for it. */
const v8: { prepareStackTrace?: PrepareStackTrace | undefined } = Error;

/** What is in place already. Another tool may put its own before it, or take it away. */
const inPlace = new WeakSet<PrepareStackTrace>();

/** What Pulumi names the trace that it takes of each resource, for the state. */
const OF_A_RESOURCE = "callsites";
/** Its frames: that function and its caller, Pulumi's two constructors, and the class that the program names. */
const BEFORE_THE_PROGRAM = 5;

/** Frames that are Pulumi's or Node.js's own. */
const notOfTheProgram = /^(?:node:|$)|[\\/]node_modules[\\/]@pulumi[\\/]pulumi[\\/]/;

/**
 * From now on, three things differ in how stack traces are put into words, where the program has its own way of doing it
 * (ts-node, Pulumi's default, does). A second call changes nothing.
 *
 * - Those that Pulumi takes of its own promises, four for each property of a resource and more, stay empty. They are shown
 *   only when PULUMI_DEBUG_PROMISE_LEAKS asks for them (then nothing is changed), and they were half of the time that a
 *   program of many resources took.
 * - The constructor `shell` is left out: Pulumi counts the callers of its own constructor to find the program's line.
 * - The trace of a resource of ours, which Pulumi puts into the state, has the program's own lines alone: Node.js's and
 *   those of Pulumi's runner, nine of ten in a short program, are the same for each.
 *
 * See decisions/stack-traces.md.
 */
export function clearTraces(shell: string): void {
  const before = v8.prepareStackTrace;
  if (before === undefined || inPlace.has(before) || process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) return;
  const cleared: PrepareStackTrace = (error, frames) => {
    if (frames[0]?.getFunctionName() === "debuggablePromise") return String(error);
    const shown = frames.filter((frame) => frame.getFunctionName() !== shell);
    const isOurs = shown.length < frames.length && frames[0]?.getFunctionName() === OF_A_RESOURCE;
    return before(error, isOurs ? shown.filter(isKept) : shown);
  };
  inPlace.add(cleared);
  v8.prepareStackTrace = cleared;
}

const isKept = (frame: NodeJS.CallSite, i: number): boolean =>
  i < BEFORE_THE_PROGRAM || !notOfTheProgram.test(frame.getFileName() ?? "");
