import { SailPointError } from "../api";
import { UnfinishedError } from "../inventory/restoration";
import { ProblemError } from "../tenant/problem";
import { type Ending, endingOf } from "./exit-codes";

/** A command cannot go on, and the message says why and what to do. */
export class CommandError extends ProblemError {
  constructor(
    readonly ending: Ending,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What was typed, or a file that it names, is wrong. */
export class UsageError extends CommandError {
  constructor(message: string, options?: ErrorOptions) {
    super("usage", message, options);
  }
}

/** A failure for the person and for the machine that started the command. */
export interface Failure {
  ending: Ending;
  /** For people; only a mistake of ours has a stack. */
  text: string;
  /** For machines. */
  data: Record<string, unknown>;
}

/** What to tell of anything that was thrown. `redact` takes secrets out of every text. */
export function failureOf(error: unknown, redact: (text: string) => string): Failure {
  if (error instanceof SailPointError) {
    const { kind, operationId, method, path, status, detail, causes, trackingId, remedy, ambiguous } = error;
    const facts = { operationId, method, path, status, detail, causes, trackingId, remedy, ambiguous };
    return told(endingOf[kind], error.message, { kind, ...facts });
  }
  if (error instanceof UnfinishedError && error.cause instanceof SailPointError) {
    const { ending, data } = failureOf(error.cause, redact);
    const text = redact(error.message);
    return { ending, text, data: { error: { ...(data["error"] as object), message: text } } };
  }
  if (error instanceof CommandError) return told(error.ending, error.message, { kind: error.ending });
  if (error instanceof ProblemError) return told("refused", error.message, { kind: "refused" });
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return told("bug", `This is a mistake in pulumi-sailpoint; please report it with what follows.\n${stack}`, {
    kind: "bug",
  });

  function told(ending: Ending, message: string, facts: Record<string, unknown>): Failure {
    const text = redact(message);
    return { ending, text, data: { error: { message: text, ...facts } } };
  }
}
