import { type ErrorKind, SailPointError } from "../api/errors";
import { ProblemError } from "../tenant/problem";

/**
 * Problems that several resources have alike, such as a refused sign-in or the wrong tenant: told in full with the first
 * of them. A process that reports serves one command.
 */
const told = new Set<unknown>();

/** A problem as the engine shall show it with one resource. */
export function toldOnce(title: string, problem: Error): string {
  const cause = causeOf(problem);
  const text = told.has(cause) ? "not done, for the reason that is told with another resource" : problem.message;
  told.add(cause);
  return text.startsWith(title) ? text : `${title}: ${text}`;
}

/** Failures of these kinds lie in the connection, not in the object that was asked for. */
const OF_CONNECTION: ReadonlySet<ErrorKind> = new Set([
  ...(["configuration", "authentication", "permission", "throttled", "unavailable"] as const),
]);

/** What tells whether two problems are one: else each is its own. */
function causeOf(problem: Error): unknown {
  if (problem instanceof ProblemError && problem.shared !== undefined) return problem.shared;
  if (!(problem instanceof SailPointError) || !OF_CONNECTION.has(problem.kind) || problem.ambiguous) return problem;
  const { kind, operationId, detail, path, message } = problem;
  // Whoever has no right to do one thing may have that to do another; who is not reached is not reached by any.
  if (kind === "permission") return JSON.stringify([kind, operationId, detail]);
  return JSON.stringify([kind, detail, path === undefined ? message : ""]);
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
