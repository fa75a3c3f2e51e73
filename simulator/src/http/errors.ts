/** An answer that refuses. `shape` says which of the five forms of error body it has. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: (trackingId: string) => unknown,
    readonly headers: Record<string, string> = {},
    message = String(status),
  ) {
    super(message);
  }
}

const text = (message: string) => ({ locale: "en-US", localeOrigin: "DEFAULT", text: message });

function refusal(status: number, detailCode: string, message: string, causes: string[]): Refusal {
  const body = (trackingId: string) => ({
    detailCode,
    trackingId,
    messages: [text(message)],
    causes: causes.map(text),
  });
  return new Refusal(status, body, {}, `${message} ${causes.join(" ")}`);
}

/** 400 for content that is well formed and wrong; what is wrong stands in `causes`. */
export const invalid = (...causes: string[]): Refusal =>
  refusal(
    400,
    "400.1 Bad request content",
    "The request was syntactically correct but its content is semantically invalid.",
    causes,
  );

/** 400 for what cannot even be read. */
export const unreadable = (cause: string): Refusal =>
  refusal(400, "400.0 Bad request syntax", "The request could not be parsed.", [cause]);

/** 400 for the change of a field that the server does not let change. */
export const immutable = (field: string): Refusal => invalid(`Illegal attempt to modify "${field}" field.`);

export const notFound = (...causes: string[]): Refusal =>
  refusal(404, "404 Not found", "The server did not find a current representation for the target resource.", causes);

export const forbidden = (cause: string): Refusal =>
  refusal(403, "403 Forbidden", "The server understood the request but refuses to authorize it.", [cause]);

const conflict = (cause: string): Refusal =>
  refusal(409, "409 Conflict", "The request could not be completed due to a conflict with the current state.", [cause]);

export const fault = (cause: string): Refusal =>
  refusal(500, "500.0 Internal Fault", "An internal fault occurred.", [cause]);

/** A refusal with the status that a behaviour switch names. */
export const refuse = (status: 400 | 409, cause: string): Refusal =>
  status === 409 ? conflict(cause) : invalid(cause);

/** 400 as experimental endpoints give it without their header. */
export const withoutExperimentalHeader = (): Refusal =>
  new Refusal(400, () => ({ error: "Experimental Header is missing or invalid." }), {}, "experimental header");

/** 404 as the gateway gives it for a path that leads to no service. */
export const noRoute = (): Refusal => new Refusal(404, () => ({ message: "Not Found" }), {}, "no route");

/** 401 as the gateway gives it for a token. */
export const unauthorized = (reason: string): Refusal =>
  new Refusal(401, () => ({ error: `JWT validation failed: ${reason}` }), {}, reason);

/** 401 as the token endpoint gives it. */
export const badCredentials = (description: string, status = 401, error = "invalid_client"): Refusal =>
  new Refusal(status, () => ({ error, error_description: description }), {}, description);

/** 429 as the gateway gives it. */
export const tooMany = (retryAfter: string): Refusal =>
  new Refusal(429, () => ({ message: " Rate Limit Exceeded " }), { "Retry-After": retryAfter }, "rate limit");
