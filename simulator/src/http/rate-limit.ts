import type { Tenant } from "../tenant";
import { tooMany } from "./errors";

/** Counts the requests of each client and API version in windows, and refuses those above the limit. */
export class RateLimiter {
  private readonly windows = new Map<string, { startedAt: number; count: number }>();

  constructor(private readonly tenant: Tenant) {}

  admit(who: string): void {
    const limit = this.tenant.settings.rateLimit;
    if (limit === false) return;
    const now = this.tenant.now();
    let window = this.windows.get(who);
    if (window === undefined || now >= window.startedAt + limit.perMs || now < window.startedAt) {
      window = { startedAt: now, count: 0 };
      this.windows.set(who, window);
    }
    window.count += 1;
    if (window.count > limit.requests) throw tooMany(this.retryAfter(window.startedAt + limit.perMs));
  }

  private retryAfter(end: number): string {
    if (this.tenant.settings.behaviours.retryAfter === "date") {
      return new Date(Math.ceil(end / 1000) * 1000).toUTCString();
    }
    return String(Math.max(1, Math.ceil((end - this.tenant.now()) / 1000)));
  }
}
