import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

import type { Tenant } from "../tenant";
import { Refusal } from "./errors";
import { errorBody, type FaultRule, type Faults } from "./faults";
import type { Answer } from "./operation";
import type { RequestRecord } from "./requests";
import type { TokenDesk } from "./token";
import { madeUnusual } from "./unusual-json";

export type WebContext = Context<{ Bindings: HttpBindings }>;

/** What stands between a request and its answer. */
interface Between {
  tenant: Tenant;
  tokens: TokenDesk;
  faults: Faults;
}

/** Runs the work under the fault that strikes this request, if one does, and sends what came of it. */
export async function withFaults(
  gate: Between,
  context: WebContext,
  record: RequestRecord,
  work: () => Answer,
): Promise<Response> {
  const struck = gate.faults.strike(record, gate.tenant.now());
  if (struck !== undefined) record.fault = struck.kind;
  const early = struck === undefined ? undefined : await insteadOfAnswer(gate, context, record, struck);
  if (early !== undefined) return early;
  const done = refusable(gate, work);
  if (struck?.kind === "reset-after") {
    context.env.outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  const unusual = struck?.kind === "unusual-json" && done.status < 300;
  const told = unusual ? { ...done, body: madeUnusual(done.body, struck.seed ?? 0) } : done;
  return send(context, record, told, struck?.kind === "truncated-json");
}

/** The answer of a fault that comes before the work. */
async function insteadOfAnswer(
  gate: Between,
  context: WebContext,
  record: RequestRecord,
  fault: FaultRule,
): Promise<Response | undefined> {
  const json = { "Content-Type": "application/json" };
  switch (fault.kind) {
    case "reset-before":
      context.env.outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    case "timeout":
      await new Promise((resolve) => context.env.outgoing.once("close", resolve));
      return RESPONSE_ALREADY_SENT;
    case "html-502": {
      record.status = 502;
      const page =
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>502 Bad Gateway</body>\r\n</html>\r\n";
      return new Response(page, { status: 502, headers: { "Content-Type": "text/html" } });
    }
    case "bogus-encoding": {
      record.status = fault.status ?? 500;
      const body = JSON.stringify(fault.body ?? standardBody(gate, fault));
      return new Response(body, { status: record.status, headers: { ...json, "Content-Encoding": "UTF-8" } });
    }
    case "status": {
      record.status = fault.status ?? 500;
      const text =
        typeof fault.body === "string" ? fault.body : JSON.stringify(fault.body ?? standardBody(gate, fault));
      const bodiless = record.status === 204 || record.status === 304;
      return new Response(bodiless ? null : text, { status: record.status, headers: { ...json, ...fault.headers } });
    }
    case "expire-token":
      gate.tokens.expireAll();
      return undefined;
    case "reset-after":
    case "truncated-json":
    case "unusual-json":
      return undefined;
  }
}

const standardBody = (gate: Between, fault: FaultRule) =>
  errorBody(fault.shape ?? "messages", fault.status ?? 500, gate.tenant.ids.next("tracking", ""));

function refusable(gate: Between, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const trackingId = gate.tenant.ids.next("tracking", "").slice(0, 32);
    return { status: error.status, body: error.body(trackingId), headers: error.headers };
  }
}

/** Writes to the socket itself: a `Response` would pass the text through a stream first. */
function send(context: WebContext, record: RequestRecord, answer: Answer, truncated: boolean): Response {
  record.status = answer.status;
  const { outgoing } = context.env;
  if (answer.body === undefined) {
    outgoing.writeHead(answer.status, answer.headers).end();
    return RESPONSE_ALREADY_SENT;
  }
  const whole = answer.contentType === undefined ? JSON.stringify(answer.body) : String(answer.body);
  const text = truncated ? whole.slice(0, Math.floor(whole.length / 2)) : whole;
  const type = { "Content-Type": answer.contentType ?? "application/json" };
  const length = { "Content-Length": Buffer.byteLength(text) };
  outgoing.writeHead(answer.status, { ...type, ...length, ...answer.headers }).end(text);
  return RESPONSE_ALREADY_SENT;
}
