/** Why a call failed, as far as it decides what can be done about it. */
export type ErrorKind =
  /** Our settings are wrong: address, proxy, certificate, version, read-only. */
  | "configuration"
  /** The tenant does not know this client id and secret. */
  | "authentication"
  /** The client is known and may not do this. */
  | "permission"
  /** The object is not there. */
  | "notFound"
  /** Somebody else changed the object, or it exists already. */
  | "conflict"
  /** The tenant does not accept what was sent. */
  | "rejected"
  /** Too many requests, for longer than the deadline. */
  | "throttled"
  /** The tenant, or the way to it, does not work at present. */
  | "unavailable"
  /** Somebody cancelled the call. */
  | "cancelled"
  /** The tenant or this package does what it should not. */
  | "bug";

/** One reason of the tenant, with the property it is about where the text names one. */
export interface Cause {
  text: string;
  path?: string;
}

export interface ErrorFacts {
  kind: ErrorKind;
  /** One sentence: what happened, on what. */
  happened: string;
  /** Whom or what the call was for: `Source "HR Feed"`. */
  context?: string | undefined;
  operationId?: string | undefined;
  method?: string | undefined;
  path?: string | undefined;
  status?: number | undefined;
  detail?: string | undefined;
  causes?: readonly Cause[] | undefined;
  trackingId?: string | undefined;
  remedy?: string | undefined;
  ambiguous?: boolean | undefined;
}

/**
 * Every failure of the client. The message says what we were doing, on what, why it failed and what to do; secrets
 * are already taken out of it. It carries no `code`: the Pulumi engine would take a number there for one of its own.
 *
 * @example
 * Source "HR Feed": the tenant refused PATCH /sources/2c91… (400): Illegal attempt to modify "healthy" field.
 * (trackingId 7f…) Correct what the tenant names, then try again.
 */
export class SailPointError extends Error {
  override readonly name = "SailPointError";
  readonly kind: ErrorKind;
  readonly operationId: string | undefined;
  readonly method: string | undefined;
  /** The path with its query, below the version. */
  readonly path: string | undefined;
  readonly status: number | undefined;
  /** The tenant's own words. */
  readonly detail: string;
  readonly causes: readonly Cause[];
  /** What SailPoint's support asks for. */
  readonly trackingId: string | undefined;
  /** What to do next. */
  readonly remedy: string;
  /** True for a write that may have been applied although it failed: look before repeating it. */
  readonly ambiguous: boolean;

  constructor(facts: ErrorFacts) {
    super(messageOf(facts));
    this.kind = facts.kind;
    this.operationId = facts.operationId;
    this.method = facts.method;
    this.path = facts.path;
    this.status = facts.status;
    this.detail = facts.detail ?? "";
    this.causes = facts.causes ?? [];
    this.trackingId = facts.trackingId;
    this.remedy = facts.remedy ?? remedies[facts.kind];
    this.ambiguous = facts.ambiguous ?? false;
  }
}

/** True for "the object is not there", and for nothing else. */
export function isNotFound(error: unknown): error is SailPointError {
  return error instanceof SailPointError && error.kind === "notFound";
}

const remedies: Record<ErrorKind, string> = {
  configuration: "Correct the configuration, then try again.",
  authentication: "Check the client id and the client secret (SAIL_CLIENT_ID, SAIL_CLIENT_SECRET).",
  permission: "Give the client (its owner's user level and the token's scopes) the right to do this.",
  notFound: "Check the id and the tenant.",
  conflict: "Read the object again and repeat the change.",
  rejected: "Correct what the tenant names, then try again.",
  throttled: "Wait a little, or let fewer programs use this client id at once.",
  unavailable: "Try again later; if it lasts, ask SailPoint's support.",
  cancelled: "",
  bug: "Please report this to the authors of pulumi-sailpoint.",
};

function messageOf(facts: ErrorFacts): string {
  const { context, happened, detail, trackingId, ambiguous, remedy = remedies[facts.kind] } = facts;
  const what = detail ? `${happened}: ${endSentence(detail)}` : endSentence(happened);
  const tracking = trackingId ? ` (trackingId ${trackingId})` : "";
  const doubt = ambiguous ? " The change may have been applied all the same." : "";
  const next = remedy ? ` ${remedy}` : "";
  return `${context ? `${context}: ` : ""}${what}${tracking}${doubt}${next}`;
}

const endSentence = (text: string) => (/[.!?…]\s*$/.test(text) ? text.trim() : `${text.trim()}.`);
