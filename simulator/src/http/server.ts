import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type Context } from "hono";
import { setTimeout as sleep } from "node:timers/promises";

import { settleTasks } from "../subjects/tasks";
import type { Tenant } from "../tenant";
import { fault, forbidden, invalid, notFound, Refusal, unreadable } from "./errors";
import { errorBody, type FaultRule, type Faults } from "./faults";
import { versions, type Answer, type Form, type Operation, type Version } from "./operation";
import { RateLimiter } from "./rate-limit";
import type { RequestLog, RequestRecord } from "./requests";
import { asShown } from "./shown";
import type { Client, TokenDesk } from "./token";
import { madeUnusual } from "./unusual-json";
import type { Upload } from "./uploads";
import { VisibleStorage } from "./visible";

export type Web = Hono<{ Bindings: HttpBindings }>;
type WebContext = Context<{ Bindings: HttpBindings }>;

export interface Gate {
  tenant: Tenant;
  tokens: TokenDesk;
  faults: Faults;
  log: RequestLog;
}

/** The tenant's web server: the token endpoint, and each operation under each version that has it. */
export function webOf(gate: Gate, operations: readonly Operation[], addRoutes: (web: Web) => void): Web {
  const web: Web = new Hono();
  const limiter = new RateLimiter(gate.tenant);
  web.post("/oauth/token", (context) => answerToken(gate, context));
  for (const version of versions) {
    for (const operation of operations) {
      if (operation.versions !== undefined && !operation.versions.includes(version)) continue;
      web.on(operation.method, `/${version}${operation.path}`, (context) =>
        answer(gate, limiter, context, operation, version),
      );
    }
  }
  addRoutes(web);
  web.onError((error, context) => {
    process.stderr.write(`sailpoint-simulator: ${context.req.method} ${context.req.path}: ${String(error.stack)}\n`);
    return context.json(fault(error.message).body(gate.tenant.ids.next("tracking", "")), 500);
  });
  web.notFound((context) => answer(gate, limiter, context, undefined, "v2025"));
  return web;
}

async function answerToken(gate: Gate, context: WebContext): Promise<Response> {
  const text = await context.req.text();
  const form = { ...context.req.query(), ...Object.fromEntries(new URLSearchParams(text)) };
  const record = recordOf(gate, context, undefined, { grant_type: form["grant_type"] });
  await latency(gate);
  return withFaults(gate, context, record, () => {
    const type = context.req.header("content-type") ?? "";
    if (text !== "" && !type.startsWith("application/x-www-form-urlencoded")) {
      throw new Refusal(415, () => ({ error: "Unsupported Media Type" }));
    }
    return { status: 200, body: gate.tokens.issue(form), headers: { "Cache-Control": "no-store" } };
  });
}

async function answer(
  gate: Gate,
  limiter: RateLimiter,
  context: WebContext,
  operation: Operation | undefined,
  version: Version,
): Promise<Response> {
  const { tenant } = gate;
  const type = context.req.header("content-type") ?? "";
  const multipart = operation?.accepts === "multipart" && type.startsWith("multipart/form-data");
  const form = multipart ? await formOf(context) : undefined;
  const text = multipart || context.req.method === "GET" ? "" : await context.req.text();
  const record = recordOf(gate, context, operation, form === undefined ? parsedOr(text) : partsOf(form));
  await latency(gate);
  return withFaults(gate, context, record, () => {
    const client = gate.tokens.admit(context.req.header("authorization"));
    limiter.admit(`${client.clientId} ${version}`);
    settleTasks(tenant);
    if (operation === undefined) throw notFound();
    requireExperimental(context, operation, version);
    requireSeen(tenant, context, client);
    const storage = operation.method === "GET" ? tenant.readStorage() : tenant.storage;
    const answered = operation.handle({
      tenant,
      version,
      client,
      storage: client.sees === undefined ? storage : new VisibleStorage(storage, client.sees),
      param: (name) => context.req.param(name) ?? "",
      query: (name) => context.req.query(name),
      body: bodyOf(operation, type, text),
      form,
    });
    return asShown(tenant, context.req.path.replace(/^\/[^/]+/, ""), answered);
  });
}

/** A client with fewer rights is told nothing of a source that it does not see. */
function requireSeen(tenant: Tenant, context: WebContext, { sees }: Client): void {
  if (sees === undefined) return;
  const id = context.req.param("sourceId") ?? context.req.param("id") ?? "";
  const isSource = tenant.storage.collection("sources").get(id) !== undefined;
  if (!isSource || sees.has(id)) return;
  throw tenant.settings.behaviours.unseenSource === 403 ? forbidden("The client may not see this source.") : notFound();
}

/** Runs the work under the fault that strikes this request, if one does. */
async function withFaults(
  gate: Gate,
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
  gate: Gate,
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

const standardBody = (gate: Gate, fault: FaultRule) =>
  errorBody(fault.shape ?? "messages", fault.status ?? 500, gate.tenant.ids.next("tracking", ""));

function refusable(gate: Gate, work: () => Answer): Answer {
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

function recordOf(gate: Gate, context: WebContext, operation: Operation | undefined, body: unknown): RequestRecord {
  const { authorization: _authorization, ...headers } = context.req.header();
  const record: RequestRecord = {
    at: gate.tenant.now(),
    method: context.req.method,
    path: context.req.path,
    query: context.req.query(),
    operationId: operation?.id,
    status: 0,
    body,
    headers,
  };
  gate.log.add(record);
  return record;
}

const contentTypes = {
  json: "application/json",
  "json-patch": "application/json-patch+json",
  multipart: "multipart/form-data",
};

function bodyOf(operation: Operation, type: string, text: string): unknown {
  if (operation.accepts === undefined || (operation.bodyOptional === true && type === "" && text === ""))
    return undefined;
  const wanted = contentTypes[operation.accepts];
  const given = type.split(";")[0]?.trim().toLowerCase();
  if (given !== wanted) throw invalid(`The Content-Type must be ${wanted}, not ${type === "" ? "absent" : type}.`);
  if (operation.accepts === "multipart") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable("The body is no JSON.");
  }
}

function requireExperimental(context: WebContext, operation: Operation, version: Version): void {
  if (operation.experimentalIn?.includes(version) !== true) return;
  if (context.req.header("x-sailpoint-experimental")?.toLowerCase() === "true") return;
  throw forbidden("This endpoint is experimental: send the header X-SailPoint-Experimental: true.");
}

async function formOf(context: WebContext): Promise<Form | "unreadable"> {
  const fields = new Map<string, string>();
  const files = new Map<string, Upload>();
  try {
    for (const [name, part] of await context.req.formData()) {
      if (typeof part === "string") fields.set(name, part);
      else files.set(name, { name: part.name, bytes: Buffer.from(await part.arrayBuffer()) });
    }
  } catch {
    return "unreadable"; // an empty multipart body cannot be parsed; each operation says what that means for it
  }
  return { fields, files };
}

const partsOf = (form: Form | "unreadable"): unknown =>
  form === "unreadable"
    ? form
    : Object.fromEntries([
        ...form.fields,
        ...[...form.files].map(([name, file]) => [name, { file: file.name, size: file.bytes.length }]),
      ]);

function parsedOr(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // the log keeps what was sent, whatever it was
  }
}

async function latency(gate: Gate): Promise<void> {
  const { latencyMs } = gate.tenant.settings;
  if (latencyMs > 0) await sleep(latencyMs);
}
