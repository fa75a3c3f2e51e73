/** A fault that strikes requests. What is absent of `operationId`, `method` and `path` fits every request. */
export interface FaultRule {
  operationId?: string;
  method?: string;
  /** A regular expression for the path. */
  path?: string;
  /** How many requests it strikes; 1 if absent. */
  times?: number;
  /** How many fitting requests pass before. Default 0. */
  skip?: number;
  /** It strikes each so many-th fitting request, and lets those between pass. Default 1. */
  every?: number;
  /** Not before this many milliseconds after it was set. Default 0. */
  after?: number;
  kind:
    /** The connection breaks before the request is done. */
    | "reset-before"
    /** The request is done, its answer is lost. */
    | "reset-after"
    /** Answers with `status`, `body` and `headers`. */
    | "status"
    /** A gateway's 502 in HTML. */
    | "html-502"
    /** A 500 whose `Content-Encoding` is no encoding. */
    | "bogus-encoding"
    /** No answer at all, until the client gives up. */
    | "timeout"
    /** The request is done, and its answer breaks off in the middle. */
    | "truncated-json"
    /** 401: every token that was given out has expired. */
    | "expire-token"
    /** The answer keeps to the API's document and is odd: nulls, missing and unknown fields, depth, size. */
    | "unusual-json";
  status?: number;
  body?: unknown;
  /** The form of the error body where `body` is absent. Default "messages". */
  shape?: ErrorShape;
  headers?: Record<string, string>;
  /** Chooses among the oddities of "unusual-json". */
  seed?: number;
}

/** The forms that error bodies have, by the field that holds the text. */
export type ErrorShape =
  "messages" | "error_description" | "error" | "message" | "formatted_msg" | "errorMessage" | "detailMessage";

/** An error body of this form. */
export function errorBody(shape: ErrorShape, status: number, trackingId: string): unknown {
  const text = `A fault was set on this request (${String(status)}).`;
  if (shape === "error_description") return { error: "server_error", error_description: text };
  if (shape !== "messages") return { [shape]: text };
  const message = { locale: "en-US", localeOrigin: "DEFAULT", text };
  return { detailCode: `${String(status)} Fault`, trackingId, messages: [message], causes: [message] };
}

interface Armed {
  id: string;
  rule: FaultRule;
  since: number;
  seen: number;
  struck: number;
}

/** The faults that are set on a tenant. */
export class Faults {
  private armed: Armed[] = [];
  private count = 0;

  add(rule: FaultRule, now: number): string {
    this.count += 1;
    const id = `fault-${String(this.count)}`;
    this.armed.push({ id, rule, since: now, seen: 0, struck: 0 });
    return id;
  }

  clear(): void {
    this.armed = [];
  }

  /** The fault that strikes this request. */
  strike(
    request: { operationId: string | undefined; method: string; path: string },
    now: number,
  ): FaultRule | undefined {
    for (const armed of this.armed) {
      const { rule } = armed;
      if (now < armed.since + (rule.after ?? 0) || !fits(rule, request)) continue;
      armed.seen += 1;
      const turn = armed.seen - (rule.skip ?? 0);
      if (turn <= 0 || turn % (rule.every ?? 1) !== 0 || armed.struck >= (rule.times ?? 1)) continue;
      armed.struck += 1;
      return rule;
    }
    return undefined;
  }
}

function fits(rule: FaultRule, request: { operationId: string | undefined; method: string; path: string }): boolean {
  if (rule.operationId !== undefined && rule.operationId !== request.operationId) return false;
  if (rule.method !== undefined && rule.method.toUpperCase() !== request.method) return false;
  return rule.path === undefined || new RegExp(rule.path).test(request.path);
}
