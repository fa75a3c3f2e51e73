import { ProblemError } from "../tenant/problem";

/** Problems that several resources have alike, such as a refused sign-in: told in full with the first of them. */
const told = new WeakSet<Error>();

/** A problem as the engine shall show it with one resource. */
export function toldOnce(title: string, cause: Error): string {
  const text = told.has(cause) ? "not done, for the reason that is told with another resource" : cause.message;
  told.add(cause);
  return text.startsWith(title) ? text : `${title}: ${text}`;
}

/**
 * A problem as it leaves the stock host, which prints `${error}: ${error.stack}` beside handing the message to the
 * engine: there, pointing to what the engine shows is enough.
 */
export class ReportedError extends ProblemError {
  constructor(title: string, cause: Error) {
    super(toldOnce(title, cause), { cause });
    this.stack = `see the error of ${title}`;
  }
  override toString(): string {
    return "pulumi-sailpoint";
  }
}
