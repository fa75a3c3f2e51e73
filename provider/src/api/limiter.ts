import { type Clock, abortedBy } from "./clock";
import { type Began, type Sent, Windows } from "./windows";

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
  ofOthers(now: number): OfOthers;
  /** One of ours was answered, in the window that began then. */
  note(at: number, began: Began | undefined): void;
  /** The tenant does not count in windows. */
  noteNoWindows(at: number): void;
}

/** What others know. */
export interface OfOthers {
  /** When the tenant answered them; only what it may still count. */
  answered: readonly number[];
  /** The last window that one of them has opened. */
  began?: Began;
  /** The tenant did not count in windows when one of them took it to do so. */
  noWindows: boolean;
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
 * - Never more than the limit in any window of the tenant. A request counts from its answer (the last moment at which
 *   the tenant may have counted it), so that differing latencies cannot push two windows together.
 * - SailPoint does not say when a window begins. It is tried once, with a single request, whether the tenant counts anew
 *   from the first request after a window's end. From the first refusal on, no ten seconds see more than the limit.
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
  private readonly windows: Windows;
  private countsAnew: boolean | undefined;
  private others: readonly number[] = [];
  private lookedAt = -Infinity;
  private cancelWake: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly rate: RateLimit | false = documentedRate,
    private readonly known?: SentRequests,
  ) {
    this.requests = rate ? rate.requests : Infinity;
    this.windows = new Windows(rate ? rate.perMs : 0);
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
      const { waitMs, isEarly = false } = this.leave();
      if (waitMs > 0) {
        this.cancelWake = this.clock.after(waitMs, () => this.pump());
        return;
      }
      if (isEarly && this.countsAnew === undefined) {
        if (this.inFlight > 0) return;
        this.allowedInFlight = 1;
      }
      const next = this.waiting.shift();
      next?.forget();
      next?.go(this.permit(isEarly));
    }
  }

  private permit(isEarly: boolean): Permit {
    const sent: Sent = { at: this.clock.now(), answered: undefined };
    if (this.rate) {
      this.windows.sending(sent.at, this.sent, this.others.length > 0);
      this.sent.push(sent);
    }
    this.inFlight += 1;
    const finish = (after: () => void) => {
      if (sent.answered !== undefined) return;
      sent.answered = this.clock.now();
      if (this.rate) {
        this.windows.answered(sent.at, sent.answered);
        this.known?.note(sent.answered, this.windows.began);
      }
      this.inFlight -= 1;
      after();
      this.pump();
    };
    return {
      done: () =>
        finish(() => {
          if (isEarly) this.countsAnew ??= true;
          this.grow();
        }),
      throttled: (pauseMs) => finish(() => this.shrink(sent, isEarly, pauseMs)),
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

  private shrink(refused: Sent, isEarly: boolean, pauseMs: number): void {
    const now = this.clock.now();
    this.pause(pauseMs);
    this.calm = 0;
    // Requests that were already under way when the limit shrank tell nothing new.
    if (refused.at < this.shrunkAt || !this.rate) return;
    this.shrunkAt = now;
    // Either it does not count as we thought, or somebody whom we do not see opens its windows.
    this.countsAnew = false;
    if (isEarly) this.known?.noteNoWindows(now);
    else this.requests = Math.max(1, Math.floor(this.requests * shrinkage));
  }

  /** How long until the next request may go, and whether only a tenant takes it that counts anew. */
  private leave(): { waitMs: number; isEarly?: boolean } {
    const now = this.clock.now();
    const pause = this.pausedUntil - now;
    if (pause > 0 || !this.rate) return { waitMs: pause };
    const { perMs } = this.rate;
    this.sent = this.sent.filter((sent) => countedAt(sent) + perMs > now);
    const counted = [...this.sent.map(countedAt), ...this.ofOthers(now)].filter((at) => at + perMs > now);
    const mayGo = (since: number) => counted.filter((at) => at >= since).length < this.requests;
    if (mayGo(-Infinity)) return { waitMs: 0 };
    const untilOneLess = (counted.sort((a, b) => a - b)[counted.length - this.requests] ?? now) + perMs - now;
    if (this.countsAnew === false) return { waitMs: Math.max(1, untilOneLess) };
    if (mayGo(this.windows.since(now, this.sent))) return { waitMs: 0, isEarly: true };
    const untilAnew = this.windows.end - now;
    return { waitMs: Math.max(1, untilAnew > 0 ? Math.min(untilOneLess, untilAnew) : untilOneLess) };
  }

  private ofOthers(now: number): readonly number[] {
    if (this.known && now >= this.lookedAt + lookEveryMs) {
      const { answered, began, noWindows } = this.known.ofOthers(now);
      this.others = answered;
      if (began) this.windows.heard(began);
      if (noWindows) this.countsAnew = false;
      this.lookedAt = now;
    }
    return this.others;
  }
}

interface Waiting {
  go(permit: Permit): void;
  forget(): void;
}

const firstInFlight = 4;
/** How often it is read what others have sent. */
const lookEveryMs = 100;
const growth = 1.1;
const shrinkage = 0.8;
/** Later than this after it was sent, the tenant has surely counted a request, answered or not. */
const countedWithinMs = 2_000;

const countedAt = ({ at, answered }: Sent) => Math.min(answered ?? Infinity, at + countedWithinMs);
