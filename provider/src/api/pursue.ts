import { type ReadAnswer, UnexpectedAnswer } from "./answer";
import type { TokenSource } from "./auth";
import { type Clock, sleep } from "./clock";
import { SailPointError } from "./errors";
import { type Subject, failure, seconds, symptomOfReply } from "./failure";
import type { Limiter, Permit } from "./limiter";
import type { Operation } from "./operations";
import type { Redactor } from "./redact";
import type { Prepared } from "./request";
import { type Symptom, backoff, retryAfter, retryRules, verdictOn } from "./retry";
import { ExchangeError, type Reply, type Transport } from "./transport";

/** One attempt of one call, for logs and measurements. Secrets are taken out. */
export interface CallRecord {
  operationId: string;
  method: string;
  path: string;
  attempt: number;
  /** Absent when no answer came. */
  status?: number;
  problem?: string;
  ms: number;
}

/** A call, and all that it takes to bring it to an end. */
export interface Pursuit {
  operation: Operation;
  prepared: Prepared;
  url: string;
  subject: Subject;
  attemptMs: number;
  deadlineMs: number;
  /** The caller's. */
  signal: AbortSignal | undefined;
  /** The client's: it was closed. */
  closed: AbortSignal;
  redactor: Redactor;
  transport: Transport;
  limiter: Limiter;
  tokens: TokenSource;
  clock: Clock;
  onAttempt: ((record: CallRecord) => void) | undefined;
  read: (reply: Reply) => ReadAnswer;
  /** Whether the tenant has answered in this version of the API before. */
  isKnown: () => boolean;
}

export interface CallOutcome extends ReadAnswer {
  headers: Reply["headers"];
}

/** Sends a call until it has an answer, is refused for good, is cancelled, or its time is over. */
export async function pursue(pursuit: Pursuit): Promise<CallOutcome> {
  const course = new Course(pursuit);
  try {
    return await course.run();
  } finally {
    course.end();
  }
}

const mostWebPages = 3;

const deadlineReached = new Error("deadline");

class Course {
  private readonly stop = new AbortController();
  private readonly onStop = () => this.stop.abort();
  private cancelDeadline: (() => void) | undefined;
  private endsAt = Infinity;
  private attempts = 0;
  private sending = false;
  /** An attempt may have been applied. Later attempts do not take that back. */
  private ambiguous = false;
  private tokenRenewed = false;
  private last: Reply | ExchangeError | undefined;

  constructor(private readonly pursuit: Pursuit) {
    for (const signal of [pursuit.signal, pursuit.closed]) {
      if (signal?.aborted) this.stop.abort();
      signal?.addEventListener("abort", this.onStop, { once: true });
    }
  }

  end(): void {
    this.cancelDeadline?.();
    for (const signal of [this.pursuit.signal, this.pursuit.closed]) signal?.removeEventListener("abort", this.onStop);
  }

  async run(): Promise<CallOutcome> {
    try {
      for (;;) {
        const outcome = await this.attempt();
        if (outcome) return outcome;
      }
    } catch (error) {
      throw this.toError(error);
    }
  }

  /** One attempt, and the wait before the next. */
  private async attempt(): Promise<CallOutcome | undefined> {
    const { tokens, limiter } = this.pursuit;
    await tokens.get(this.stop.signal);
    const permit = await limiter.acquire(this.stop.signal);
    this.startDeadline();
    let token: string;
    try {
      // Once more: it may have ended while we waited for our turn.
      token = await tokens.get(this.stop.signal);
    } catch (error) {
      permit.done();
      throw error;
    }
    this.attempts += 1;
    const last = await this.send(token, permit);
    if (!(last instanceof ExchangeError || "status" in last)) return last;
    this.last = last;
    if (!(last instanceof ExchangeError) && last.status === 401 && !this.tokenRenewed) {
      this.tokenRenewed = true;
      tokens.discard(token);
      permit.done();
      return undefined;
    }
    await this.waitForNext(last, permit);
    return undefined;
  }

  private async send(token: string, permit: Permit): Promise<CallOutcome | Reply | ExchangeError> {
    const { transport, operation, prepared, url, attemptMs, clock, read } = this.pursuit;
    const startedAt = clock.now();
    this.sending = true;
    try {
      const body = prepared.body();
      const headers = { ...prepared.headers, authorization: `Bearer ${token}` };
      const request = { method: operation.method, url, headers, body, timeoutMs: attemptMs };
      const reply = await transport.send(request, this.stop.signal);
      this.record(startedAt, { status: reply.status });
      if (reply.status < 200 || reply.status > 299) return reply;
      const answer = read(reply);
      permit.done();
      return { ...answer, headers: reply.headers };
    } catch (error) {
      if (error instanceof ExchangeError) {
        this.record(startedAt, { problem: error.message });
        return error;
      }
      permit.done();
      throw error;
    } finally {
      // An abort in the middle leaves it true: see toError.
      if (!this.stop.signal.aborted) this.sending = false;
    }
  }

  /** Throws when there is no next attempt. */
  private async waitForNext(last: Reply | ExchangeError, permit: Permit): Promise<void> {
    const { operation, clock, isKnown } = this.pursuit;
    const symptom = last instanceof ExchangeError ? last.symptom : symptomOfReply(last);
    const asked = last instanceof ExchangeError ? undefined : retryAfter(last.headers, clock.now());
    const wait = asked ?? backoff(this.attempts, clock.random());
    if (symptom !== undefined && operation.writes && retryRules[symptom].ambiguous) this.ambiguous = true;
    const verdict = verdictOn({
      symptom,
      hopeless: last instanceof ExchangeError && last.remedy !== undefined,
      attempts: this.attempts,
      idempotent: operation.idempotent,
      // A page that says "not found" comes from the edge on a bad day, or for ever where a version is not known.
      ...(symptom === "edge" && "status" in last && last.status === 404 && !isKnown() ? { most: mostWebPages } : {}),
      waitMs: wait,
      leftMs: this.endsAt - clock.now(),
    });
    // No pause for the others when it is too long for us: each shall learn soon that waiting is in vain.
    this.release(permit, symptom, verdict === "late" ? 0 : wait, asked !== undefined);
    if (verdict !== "again") throw this.failed(verdict === "late" ? this.pursuit.deadlineMs : undefined);
    // After a 429 the limiter itself makes everyone wait.
    if (symptom !== "throttled") await sleep(clock, wait, this.stop.signal);
  }

  private release(permit: Permit, symptom: Symptom | undefined, waitMs: number, asked: boolean): void {
    if (symptom === "throttled") permit.throttled(waitMs);
    else if (symptom === "edge" && asked) permit.busy(waitMs);
    else permit.done();
  }

  /** From the first turn on: how long others make us wait before is not the tenant's fault. */
  private startDeadline(): void {
    if (this.cancelDeadline) return;
    const { clock, deadlineMs } = this.pursuit;
    this.endsAt = clock.now() + deadlineMs;
    this.cancelDeadline = clock.after(deadlineMs, () => this.stop.abort(deadlineReached));
  }

  private failed(deadlineMs?: number): SailPointError {
    const { subject, redactor } = this.pursuit;
    if (this.last === undefined) throw new Error("A call cannot have failed before it was tried.");
    return failure(this.last, subject, { attempts: this.attempts, ambiguous: this.ambiguous, deadlineMs }, redactor);
  }

  private toError(error: unknown): unknown {
    const { subject, operation, redactor, deadlineMs } = this.pursuit;
    const { operationId, method, path } = subject;
    if (error instanceof UnexpectedAnswer) {
      return new SailPointError({
        kind: "bug",
        context: redactor.text(subject.context),
        happened: `the tenant answered ${method} ${redactor.text(path)} with something that is not documented`,
        detail: redactor.text(error.message),
        operationId,
        method,
        path: redactor.text(path),
        ambiguous: operation.writes,
        remedy: "Try again; if the tenant goes on answering so, please report it to the authors of pulumi-sailpoint.",
      });
    }
    if (!this.stop.signal.aborted || error instanceof SailPointError) return error;
    const ambiguous = this.ambiguous || (this.sending && operation.writes);
    if (this.stop.signal.reason === deadlineReached) {
      this.ambiguous = ambiguous;
      // An earlier answer tells more than that the last attempt had none.
      this.last ??= new ExchangeError("lost", "deadline", `it did not come within ${seconds(deadlineMs)}`);
      return this.failed(deadlineMs);
    }
    return new SailPointError({
      kind: "cancelled",
      context: redactor.text(subject.context),
      happened: `${method} ${redactor.text(path)} was cancelled`,
      operationId,
      method,
      path: redactor.text(path),
      ambiguous,
    });
  }

  private record(startedAt: number, result: { status: number } | { problem: string }): void {
    const { onAttempt, subject, redactor, clock, operation } = this.pursuit;
    onAttempt?.({
      operationId: subject.operationId ?? "",
      method: operation.method,
      path: redactor.text(subject.path),
      attempt: this.attempts,
      ms: clock.now() - startedAt,
      ...("problem" in result ? { problem: redactor.text(result.problem) } : result),
    });
  }
}
