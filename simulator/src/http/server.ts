import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { setTimeout as sleep } from "node:timers/promises";

import { momentOf, recordOperation } from "../audit/events";
import { isObject, textOf } from "../json";
import { settleTasks } from "../subjects/tasks";
import type { Tenant } from "../tenant";
import { fault, forbidden, invalid, noRoute, notFound, Refusal, unreadable, withoutExperimentalHeader } from "./errors";
import type { Faults } from "./faults";
import { bareAddress, pathUnder, versions, type Form, type Operation, type Version } from "./operation";
import { RateLimiter } from "./rate-limit";
import type { RequestLog, RequestRecord } from "./requests";
import { asShown } from "./shown";
import type { Client, TokenDesk } from "./token";
import { withFaults, type WebContext } from "./struck";
import type { Upload } from "./uploads";
import { VisibleStorage } from "./visible";

export type Web = Hono<{ Bindings: HttpBindings }>;

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
      web.on(operation.method, pathUnder(version, operation), (context) =>
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
    const { behaviours } = tenant.settings;
    if (version === "services" && !behaviours.services) throw noRoute();
    const client = gate.tokens.admit(context.req.header("authorization"));
    limiter.admit(`${client.clientId} ${version}`);
    settleTasks(tenant);
    if (operation === undefined) throw notFound();
    requireExperimental(context, operation, version);
    requireSeen(tenant, context, client);
    const storage = operation.method === "GET" ? tenant.readStorage() : tenant.storage;
    const sourceId = sourceIdOf(context);
    const before = momentOf(tenant, sourceId);
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
    // What only starts a task is recorded when the task ends.
    if (answered.status !== 202) {
      const made = isObject(answered.body) ? textOf(answered.body["id"]) : "";
      recordOperation(tenant, client.owner, operation.id, sourceId === "" ? made : sourceId, before);
    }
    const shown = asShown(tenant, bareAddress(version, context.req.path), answered);
    return isDeprecated(behaviours.deprecated, operation, version)
      ? { ...shown, headers: { ...shown.headers, "X-Deprecated": "true" } }
      : shown;
  });
}

/** Whether a comma list of versions, operations and `version:operation` names this one. */
function isDeprecated(list: string, { id }: Operation, version: Version): boolean {
  const names = list.split(",").map((name) => name.trim());
  return [version, id, `${version}:${id}`].some((name) => names.includes(name));
}

/** The source that the path names. */
const sourceIdOf = (context: WebContext) => context.req.param("sourceId") ?? context.req.param("id") ?? "";

/** A client with fewer rights is told nothing of a source that it does not see. */
function requireSeen(tenant: Tenant, context: WebContext, { sees }: Client): void {
  if (sees === undefined) return;
  const id = sourceIdOf(context);
  const isSource = tenant.storage.collection("sources").get(id) !== undefined;
  if (!isSource || sees.has(id)) return;
  throw tenant.settings.behaviours.unseenSource === 403 ? forbidden("The client may not see this source.") : notFound();
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
  throw withoutExperimentalHeader();
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
