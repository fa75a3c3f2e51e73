import type { Diagnostic, Step } from "./events";
import { parseEvents } from "./events";

/** How a command of the CLI ended, and what the engine planned or did. */
export class Outcome {
  /** What was planned or done, without the refresh steps, in the engine's order. */
  readonly steps: Step[];
  /** What the refresh read, of every resource. */
  readonly refreshed: Step[];
  /** What the engine, the program and the provider said, debug messages left out. */
  readonly diagnostics: Diagnostic[];

  constructor(
    readonly command: string,
    readonly code: number,
    readonly stdout: string,
    readonly stderr: string,
    readonly seconds: number,
    eventLog: string,
  ) {
    const { steps, refreshed, diagnostics } = parseEvents(eventLog);
    this.steps = steps;
    this.refreshed = refreshed;
    this.diagnostics = diagnostics;
  }

  /** Both streams, for searching. */
  get output(): string {
    return `${this.stdout}\n${this.stderr}`;
  }

  /** The steps that change something: an empty list is a no-op. */
  get changed(): Step[] {
    return this.steps.filter(({ op }) => op !== "same" && op !== "read");
  }

  /** What the refresh found changed, or gone: then the step has no `new`. */
  get drift(): Step[] {
    return this.refreshed.filter((step) => step.changes.length > 0 || step.new === undefined);
  }

  /** How many steps of each kind, unchanged ones left out: `{}` for a no-op. */
  get counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { op } of this.changed) counts[op] = (counts[op] ?? 0) + 1;
    return counts;
  }

  /** The errors, each as the user reads it. */
  get errors(): string[] {
    return this.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  }

  get warnings(): string[] {
    return this.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => message.trim());
  }

  /** The one step of the resource with this name (and operation, where several are planned for it). */
  step(name: string, op?: string): Step {
    const found = this.steps.filter((step) => step.name === name && (op === undefined || step.op === op));
    const [only] = found;
    if (only === undefined || found.length > 1) {
      const all = this.steps.map((step) => `${step.op} ${step.name}`).join(", ");
      throw new Error(`${String(found.length)} steps for ${op ?? "any operation"} of "${name}"; there are: ${all}`);
    }
    return only;
  }

  /** Everything printed, for the message of a failing test. */
  describe(): string {
    return `\`${this.command}\` ended with exit code ${String(this.code)}\n--- stdout\n${this.stdout}\n--- stderr\n${this.stderr}`;
  }
}
