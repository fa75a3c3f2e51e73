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

/** Problems that several resources have alike, such as a refused sign-in: told in full with the first of them. */
const told = new WeakSet<Error>();

/**
 * A problem as it leaves the lifecycle: with the resource's title, for the engine to show. Beside that the stock host
 * prints `${error}: ${error.stack}`, where pointing to what the engine shows is enough.
 */
export class ReportedError extends ProblemError {
  constructor(title: string, cause: Error) {
    const text = told.has(cause) ? "not done, for the reason that is told with another resource" : cause.message;
    super(text.startsWith(title) ? text : `${title}: ${text}`, { cause });
    told.add(cause);
    this.stack = `see the error of ${title}`;
  }
  override toString(): string {
    return "pulumi-sailpoint";
  }
}
