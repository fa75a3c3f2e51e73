/**
 * A mistake of the user or a state of the tenant that the message explains: shown without a stack. Everything else
 * that is thrown is a bug of ours and keeps its stack.
 */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // The stock dynamic host prints `${error}: ${error.stack}` beside handing the message to the engine.
    this.stack = message;
  }
}
