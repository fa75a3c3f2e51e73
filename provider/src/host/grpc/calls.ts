import { ProblemError } from "../../tenant/problem";
import type { Report } from "../../tenant/report";
import type { Occasion } from "../../tenant/session";

/** A call of the engine that is under way. */
export interface RunningCall extends Occasion {
  /** The failure as it is told: where the call was stopped, what was going on then instead of what broke by it. */
  told: (error: unknown) => unknown;
  end: () => void;
}

/** The engine's calls that are under way: they end with what the engine asks for, or with their time. */
export class Calls {
  private readonly running = new Set<AbortController>();
  private cancelled = false;

  /**
   * @param seconds How long the program lets the resource take (`customTimeouts`); 0: as long as it needs.
   */
  begin(report: Report, seconds = 0): RunningCall {
    const controller = new AbortController();
    const { signal } = controller;
    let status = "";
    if (this.cancelled) controller.abort(CANCELLED);
    const late = () => controller.abort(`its time is up (customTimeouts: ${String(seconds)} s)`);
    const timer = seconds > 0 ? setTimeout(late, Math.min(seconds * 1000, LONGEST_TIMER_MS)) : undefined;
    this.running.add(controller);
    return {
      signal,
      limitMs: seconds > 0 ? seconds * 1000 : undefined,
      report: {
        ...report,
        status: (line) => {
          status = line;
          report.status(line);
        },
      },
      told: (error) => (signal.aborted ? new StoppedError(String(signal.reason), status, error) : error),
      end: () => {
        clearTimeout(timer);
        this.running.delete(controller);
      },
    };
  }

  /** Stops all waiting, now and from now on: the engine asks it once, when it ends or a person pressed Ctrl-C. */
  cancel(): void {
    this.cancelled = true;
    for (const controller of this.running) controller.abort(CANCELLED);
  }
}

const CANCELLED = "the command was cancelled";
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Nobody waits for the resource any more. What the tenant has begun goes on there. */
class StoppedError extends ProblemError {
  constructor(reason: string, status: string, cause: unknown) {
    const was = status === "" ? "" : `, while: ${status}`;
    const what = cause instanceof Error ? ` (${cause.message})` : "";
    super(
      `stopped, since ${reason}${was}. What the tenant has begun goes on there; run the command again, ` +
        `which looks at what came of it${what}`,
      { cause },
    );
  }
}
