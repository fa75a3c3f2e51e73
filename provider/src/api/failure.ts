import { type Cause, type ErrorKind, SailPointError } from "./errors";
import { type Explanation, explain } from "./explain";
import { type Rights, rights } from "./operations/rights";
import type { Redactor } from "./redact";
import { type Symptom, symptomOf } from "./retry";
import { ExchangeError, type Reply } from "./transport";

/** What a call was about, for its error. */
export interface Subject {
  context: string;
  operationId?: string;
  method: string;
  path: string;
  /** Of the path in the per-service form; 1 where that is not said. */
  number?: number;
  baseUrl: string;
}

export interface Circumstances {
  attempts: number;
  ambiguous: boolean;
  /** How long it was tried, when the deadline ended it. */
  deadlineMs?: number | undefined;
}

/** The error for an answer that is the last word, or for the last of several failures. */
export function failure(
  last: Reply | ExchangeError,
  subject: Subject,
  circumstances: Circumstances,
  redactor: Redactor,
): SailPointError {
  const facts = last instanceof ExchangeError ? ofExchange(last, subject) : ofReply(last, subject);
  const { attempts, ambiguous, deadlineMs } = circumstances;
  const tried = deadlineMs === undefined ? "" : ` in ${seconds(deadlineMs)}`;
  const repeated = attempts > 1 ? `, ${attempts} attempts${tried}` : tried;
  const { operationId, method, context } = subject;
  return new SailPointError({
    ...facts,
    operationId,
    method,
    context: redactor.text(context),
    path: redactor.text(subject.path),
    happened: redactor.text(facts.happened + repeated),
    detail: redactor.text(facts.detail),
    causes: facts.causes?.map((cause) => ({ ...cause, text: redactor.text(cause.text) })),
    ambiguous,
  });
}

interface Facts {
  kind: ErrorKind;
  happened: string;
  detail: string;
  causes?: Cause[];
  status?: number;
  trackingId?: string | undefined;
  remedy?: string | undefined;
}

function ofExchange(error: ExchangeError, { method, path, baseUrl }: Subject): Facts {
  const { symptom, remedy, message } = error;
  if (symptom === "unreadable") {
    return { kind: "unavailable", happened: `the answer to ${method} ${path} cannot be read`, detail: message, remedy };
  }
  if (symptom !== "not-sent") {
    return { kind: "unavailable", happened: `no answer to ${method} ${path}`, detail: message, remedy };
  }
  return {
    kind: remedy || error.reason === "ENOTFOUND" ? "configuration" : "unavailable",
    happened: `cannot reach ${baseUrl} for ${method} ${path}`,
    detail: message,
    remedy: remedy ?? "Check the base URL (sailpoint:baseUrl, SAIL_BASE_URL), the network and the proxy settings.",
  };
}

function ofReply(reply: Reply, { operationId, method, path, number = 1 }: Subject): Facts {
  const { status } = reply;
  const explanation = explain(reply.text);
  const { detail, causes } = explanation;
  const isUnknownPath = status === 404 && isOfNoObject(explanation, number);
  const kind = isUnknownPath ? "configuration" : kindOf(status, explanation);
  const verb = status >= 500 || status === 408 ? "failed at" : "refused";
  return {
    kind,
    happened: `the tenant ${verb} ${method} ${path} (${status})`,
    detail: detail || wordsFor(status),
    causes,
    status,
    trackingId: explanation.trackingId ?? reply.headers["slpt-request-id"],
    remedy: isUnknownPath ? pathRemedy : remedyFor(status, explanation, operationId),
  };
}

const pathRemedy =
  "Not every version of the API has every path: sailpoint:apiVersion (on the command line: --api-version) chooses it, " +
  "and `pulumi-sailpoint doctor` tells which the tenant answers.";

/**
 * A 404 of something before the API, which knows of no objects: the gateway has no such route. Of a path's later number
 * nothing but the API itself is believed: tenants get it one after the other.
 */
const isOfNoObject = ({ from, detail }: Explanation, number: number): boolean =>
  (from === "gateway" && /\bno route\b/i.test(detail)) || (number > 1 && from !== "isc" && from !== "page");

/** Repeating an answer: by its status; a 404 that is a web page comes from the edge and says nothing of the object. */
export function symptomOfReply({ status, text }: Reply): Symptom | undefined {
  return status === 404 && text.trimStart().startsWith("<") ? "edge" : symptomOf(status);
}

function kindOf(status: number, { from }: Explanation): ErrorKind {
  if (status === 404 && from === "page") return "unavailable";
  if (status >= 300 && status < 400) return "configuration";
  if (status >= 500) return "unavailable";
  return kinds[status] ?? "rejected";
}

const kinds: Readonly<Record<number, ErrorKind>> = {
  401: "authentication",
  403: "permission",
  404: "notFound",
  407: "configuration",
  408: "unavailable",
  409: "conflict",
  410: "notFound",
  412: "conflict",
  429: "throttled",
};

function remedyFor(status: number, { from }: Explanation, operationId: string | undefined): string | undefined {
  if (status >= 300 && status < 400) return "Check the base URL: the API does not redirect.";
  if (status === 403 && from === "page")
    return "Something before the tenant (a firewall, a list of addresses) refuses.";
  const known: Readonly<Record<string, Rights>> = rights;
  const needed = status === 403 && operationId !== undefined ? known[operationId] : undefined;
  return needed === undefined ? undefined : rightsRemedy(needed);
}

function rightsRemedy({ scopes, levels, ofUser }: Rights): string {
  const level = levels === undefined ? "" : `, and its owner the user level ${levels.join(" or ")}`;
  const user = ofUser ? ". It must be a personal access token: a client that stands for no user is refused" : "";
  return `Give the client the right to do this: the scope ${scopes.join(" or ")}${level}${user}.`;
}

const wordsFor = (status: number): string => words[status] ?? "it gave no reason";
const words: Readonly<Record<number, string>> = {
  401: "the access token is not accepted",
  403: "no right to do this",
  404: "not found",
  429: "too many requests",
};

export const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
