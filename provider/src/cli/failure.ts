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
  if (isOfFiles(error)) return told("usage", textOfFiles(error), { kind: "usage" });
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return told("bug", `This is a mistake in pulumi-sailpoint; please report it with what follows.\n${stack}`, {
    kind: "bug",
  });

  function told(ending: Ending, message: string, facts: Record<string, unknown>): Failure {
    const text = redact(message);
    return { ending, text, data: { error: { message: text, ...facts } } };
  }
}

/** A file or folder cannot be used, by the operating system: no mistake of ours. A command that is not there has a path, too. */
const isOfFiles = (error: unknown): error is Error & { path: string; syscall: string } =>
  error instanceof Error && "path" in error && "syscall" in error && !String(error.syscall).startsWith("spawn");

/** From `ENOTDIR: not a directory, mkdir 'a/b'`. */
const textOfFiles = ({ message, path, syscall }: { message: string; path: string; syscall: string }): string =>
  `${path} cannot be used: ${/^\w+: (.*?), /.exec(message)?.[1] ?? message} (${syscall}). Choose another file or folder.`;
