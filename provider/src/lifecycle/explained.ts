import { ProblemError } from "../tenant/problem";

/** A failure of one resource that a person can mend: shown with the resource's title and without a stack. */
export class ExplainedError extends ProblemError {
  constructor(
    readonly title: string,
    override readonly cause: Error,
  ) {
    super(cause.message, { cause });
  }
}
