import { type Clock, abortedBy } from "./clock";

/** So many requests in so many milliseconds. */
export interface RateLimit {
  /** Requests that the tenant takes … */
  requests: number;
  /** … in so many milliseconds. */
  perMs: number;
}

/** What ISC documents: 100 requests in 10 seconds for each client id and API version. */
export const documentedRate: RateLimit = { requests: 100, perMs: 10_000 };

/** Where all who use the same client id note what they have sent. */
export interface SentRequests {
  /** When the tenant answered others; only what it may still count. */
  ofOthers(now: number): readonly number[];
  /** One of ours was answered. */
  note(at: number): void;
}

/** Leave to send one request. */
export interface Permit {
  /** The tenant answered, or the request failed: in both cases its place is free. */
  done(): void;
  /** Too many requests: the tenant wants quiet from every caller for so long. */
  throttled(pauseMs: number): void;
  /** The tenant is busy with something else and wants quiet from every caller for so long. */
  busy(pauseMs: number): void;
}

/**
 * Lets requests through so that the tenant's limit is kept, and adapts to what the tenant says.
 *
 * - Never more than the limit in any window. A request counts from its answer (the last moment at which the tenant may
 *   have counted it), so that differing latencies cannot push two windows together.
 * - A refusal stops every caller for the time the tenant names. Then one request goes at a time, and with each success
 *   one more: other programs may be using the same client id, on machines that we do not see.
 * - Refusals within our own limit mean that the limit is lower than documented: it shrinks, and grows back when a
 *   whole window passes without one.
 */
export class Limiter {
  private readonly waiting: Waiting[] = [];
  private readonly mostInFlight: number;
  private sent: Sent[] = [];
  private inFlight = 0;
  private allowedInFlight = firstInFlight;
  private requests: number;
  private pausedUntil = 0;
  private shrunkAt = -Infinity;
  private calm = 0;
  private others: readonly number[] = [];
  private lookedAt = -Infinity;
  private cancelWake: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly rate: RateLimit | false = documentedRate,
    private readonly known?: SentRequests,
  ) {
    this.requests = rate ? rate.requests : Infinity;
    // A second's worth of the limit: what is under way when the tenant refuses one is refused with it.
    this.mostInFlight = rate ? Math.max(firstInFlight, Math.ceil((rate.requests / rate.perMs) * 1000)) : 32;
  }

  /** Waits for leave to send, first come, first served. Rejects when the signal is aborted. */
  acquire(signal?: AbortSignal): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortedBy(signal));
        return;
      }
      const waiting: Waiting = { go: resolve, forget: () => signal?.removeEventListener("abort", onAbort) };
      const onAbort = () => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        this.pump();
        reject(abortedBy(signal));
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.waiting.push(waiting);
      this.pump();
    });
  }

  private pump(): void {
    this.cancelWake?.();
    this.cancelWake = undefined;
    while (this.waiting.length > 0 && this.inFlight < this.allowedInFlight) {
      const wait = this.waitMs();
      if (wait > 0) {
        this.cancelWake = this.clock.after(wait, () => this.pump());
        return;
      }
      const next = this.waiting.shift();
      next?.forget();
      next?.go(this.permit());
    }
  }

  private permit(): Permit {
    const sent: Sent = { at: this.clock.now(), answered: undefined };
    if (this.rate) this.sent.push(sent);
    this.inFlight += 1;
    const finish = (after: () => void) => {
      if (sent.answered !== undefined) return;
      sent.answered = this.clock.now();
      if (this.rate) this.known?.note(sent.answered);
      this.inFlight -= 1;
      after();
      this.pump();
    };
    return {
      done: () => finish(() => this.grow()),
      throttled: (pauseMs) => finish(() => this.shrink(sent, pauseMs)),
      busy: (pauseMs) => finish(() => this.pause(pauseMs)),
    };
  }

  private grow(): void {
    this.allowedInFlight = Math.min(this.mostInFlight, this.allowedInFlight + 1);
    this.calm += 1;
    if (!this.rate || this.calm < this.requests) return;
    this.calm = 0;
    this.requests = Math.min(this.rate.requests, Math.ceil(this.requests * growth));
  }

  private pause(pauseMs: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + pauseMs);
    this.allowedInFlight = 1;
  }

  private shrink(refused: Sent, pauseMs: number): void {
    const now = this.clock.now();
    this.pause(pauseMs);
    this.calm = 0;
    // Requests that were already under way when the limit shrank tell nothing new.
    if (refused.at < this.shrunkAt || !this.rate) return;
    this.shrunkAt = now;
    this.requests = Math.max(1, Math.floor(this.requests * shrinkage));
  }

  /** How long until the next request may go. */
  private waitMs(): number {
    const now = this.clock.now();
    const pause = this.pausedUntil - now;
    if (pause > 0 || !this.rate) return pause;
    const { perMs } = this.rate;
    this.sent = this.sent.filter((sent) => countedAt(sent) + perMs > now);
    const ends = [...this.sent.map(countedAt), ...this.sentByOthers(now)]
      .map((at) => at + perMs)
      .filter((end) => end > now);
    if (ends.length < this.requests) return 0;
    ends.sort((a, b) => a - b);
    return Math.max(1, (ends[ends.length - this.requests] ?? now) - now);
  }

  private sentByOthers(now: number): readonly number[] {
    if (this.known && now >= this.lookedAt + lookEveryMs) {
      this.others = this.known.ofOthers(now);
      this.lookedAt = now;
    }
    return this.others;
  }
}

interface Waiting {
  go(permit: Permit): void;
  forget(): void;
}

interface Sent {
  at: number;
  answered: number | undefined;
}

const firstInFlight = 4;
/** How often it is read what others have sent. */
const lookEveryMs = 100;
const growth = 1.1;
const shrinkage = 0.8;
/** Later than this after it was sent, the tenant has surely counted a request, answered or not. */
const countedWithinMs = 2_000;

const countedAt = ({ at, answered }: Sent) => Math.min(answered ?? Infinity, at + countedWithinMs);
