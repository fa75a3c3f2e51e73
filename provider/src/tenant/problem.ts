/**
 * A mistake of the user or a state of the tenant that the message explains: shown without a stack. Everything else
 * that is thrown is a bug of ours and keeps its stack.
 */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  /** What tells the cause, where many resources may fail for the very same one. */
  readonly shared: string | undefined;
  constructor(message: string, options: ErrorOptions & { shared?: string } = {}) {
    super(message, options);
    this.shared = options.shared;
    // The stock dynamic host prints `${error}: ${error.stack}` beside handing the message to the engine.
    this.stack = message;
  }
}
