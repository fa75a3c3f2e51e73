/** What went wrong with one attempt, as far as it decides whether to try again. */
export type Symptom =
  /** 429: the tenant refused it before it looked at it. */
  | "throttled"
  /** The request never left: no such host, connection refused, no trust in the certificate. */
  | "not-sent"
  /** Sent, and no answer came: reset, timeout. */
  | "lost"
  /** The edge before the tenant could not get an answer: 502, 503, 504, 408, or a web page. */
  | "edge"
  /** 500: the tenant failed. */
  | "server-error"
  /** An answer of success that cannot be read: cut off, or not JSON. */
  | "unreadable";

export interface RetryRule {
  /** Which requests may be sent again. PATCH and POST are not idempotent unless the table of operations says so. */
  repeat: "every" | "idempotent";
  /** A write may have been applied. */
  ambiguous: boolean;
  /** How often it is tried in all; the deadline ends it sooner. */
  attempts: number;
}

export const retryRules: Readonly<Record<Symptom, RetryRule>> = {
  throttled: { repeat: "every", ambiguous: false, attempts: Infinity },
  "not-sent": { repeat: "every", ambiguous: false, attempts: Infinity },
  lost: { repeat: "idempotent", ambiguous: true, attempts: Infinity },
  edge: { repeat: "idempotent", ambiguous: true, attempts: Infinity },
  // The tenant answers some bad requests with 500: no patience that would not help.
  "server-error": { repeat: "idempotent", ambiguous: true, attempts: 5 },
  unreadable: { repeat: "idempotent", ambiguous: true, attempts: 5 },
};

const symptomOfStatus: Readonly<Record<number, Symptom>> = {
  408: "edge",
  429: "throttled",
  500: "server-error",
  502: "edge",
  503: "edge",
  504: "edge",
  520: "edge",
  522: "edge",
  524: "edge",
};

/** What a status means for repeating; undefined for one that is the tenant's last word. */
export const symptomOf = (status: number): Symptom | undefined => symptomOfStatus[status];

/** What is known when an attempt has failed. */
export interface Failed {
  /** Undefined: the answer is the tenant's last word. */
  symptom: Symptom | undefined;
  /** Nothing can come of repeating: a wrong certificate, a proxy that refuses. */
  hopeless: boolean;
  /** How many attempts there were, this one too. */
  attempts: number;
  idempotent: boolean;
  /** A lower number of attempts than the rule's. */
  most?: number;
  waitMs: number;
  /** How long until the deadline. */
  leftMs: number;
}

/** Whether to try once more; `late`: only the deadline forbids it. */
export function verdictOn(failed: Failed): "again" | "late" | "final" {
  const { symptom, hopeless, attempts, idempotent, most = Infinity, waitMs, leftMs } = failed;
  if (symptom === undefined || hopeless) return "final";
  const rule = retryRules[symptom];
  const patience = symptom === "throttled" ? rule.attempts : Math.min(rule.attempts, most);
  if ((rule.repeat === "idempotent" && !idempotent) || attempts >= patience) return "final";
  return waitMs < leftMs ? "again" : "late";
}

const firstDelayMs = 500;
const longestDelayMs = 15_000;

/** The delay before attempt `attempt + 1`: doubling, at least half of it, the rest by chance. */
export function backoff(attempt: number, random: number): number {
  const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
  return delay * (0.5 + random / 2);
}

/**
 * `Retry-After` in milliseconds: seconds or a date. A date is held against the answer's own `Date`, so that a
 * wrong clock on this machine does not matter.
 */
export function retryAfter(headers: Readonly<Record<string, string | undefined>>, now: number): number | undefined {
  const value = headers["retry-after"]?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  const sentAt = Date.parse(headers["date"] ?? "");
  return Math.max(0, at - (Number.isNaN(sentAt) ? now : sentAt));
}
