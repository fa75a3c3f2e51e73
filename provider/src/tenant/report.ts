/**
 * Where that goes which is told about one resource while something is done with it: each host of Pulumi's has its own
 * way of showing it.
 */
export interface Report {
  /** What was done, or will be, beside what the plan shows. */
  info(line: string): void;
  /** Advice that does not stop anything. */
  warn(line: string): void;
  /** What goes on just now, while it takes long; the next one takes its place. */
  status(line: string): void;
}
