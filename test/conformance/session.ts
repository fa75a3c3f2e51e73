import { pathIn } from "pulumi-sailpoint/api";
import type { RunningTenant } from "sailpoint-simulator";

import type { ApiDocument, Json } from "./document";
import type { Judge, Received } from "./judge";

/** What is sent beside method and path. */
export interface Sent {
  body?: unknown;
  /** Content type of a body that is not plain JSON. */
  contentType?: string;
  /** The parts of a multipart body; a file is given as its name and content. */
  parts?: Record<string, string | { name: string; content: string }>;
  /** The number of the path in the per-service form. Default: 1. */
  number?: number;
  withoutToken?: boolean;
  withoutExperimental?: boolean;
}

/** Requests to a tenant, each of whose answers is judged. */
export class Session {
  private token = "";

  constructor(
    readonly tenant: RunningTenant,
    readonly document: ApiDocument,
    readonly judge: Judge,
  ) {}

  async login(): Promise<void> {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: this.tenant.clientId,
      client_secret: this.tenant.clientSecret,
    });
    const response = await fetch(`${this.tenant.baseUrl}/oauth/token`, { method: "POST", body });
    const answer = (await response.json()) as { access_token: string };
    this.token = answer.access_token;
  }

  /** Sends a request that must be answered with this status, and judges the answer. Returns its body. */
  async expect(status: number, what: string, method: string, path: string, sent: Sent = {}): Promise<Json> {
    const bare = path.split("?")[0] ?? path;
    const received = await this.send(method, path, sent);
    const body = this.judge.answer(what, method, pathIn(this.document.version, bare, sent.number), status, received);
    return (body ?? {}) as Json;
  }

  /** The same, for an answer that is a list. */
  async list(what: string, path: string): Promise<Json[]> {
    const body: unknown = await this.expect(200, what, "GET", path);
    return Array.isArray(body) ? (body as Json[]) : [];
  }

  async patch(status: number, what: string, path: string, operations: unknown, number = 1): Promise<Json> {
    const sent = { body: operations, contentType: "application/json-patch+json", number };
    return this.expect(status, what, "PATCH", path, sent);
  }

  private async send(method: string, path: string, sent: Sent): Promise<Received> {
    const headers: Record<string, string> = {
      ...(sent.withoutToken === true ? {} : { Authorization: `Bearer ${this.token}` }),
      ...(sent.withoutExperimental === true ? {} : { "X-SailPoint-Experimental": "true" }),
    };
    const body = sent.parts === undefined ? (sent.body === undefined ? null : jsonOf(sent.body)) : formOf(sent.parts);
    if (typeof body === "string") headers["Content-Type"] = sent.contentType ?? "application/json";
    const response = await fetch(`${this.tenant.baseUrl}${pathIn(this.document.version, path, sent.number)}`, {
      method,
      headers,
      body,
    });
    return {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      text: await response.text(),
    };
  }
}

const jsonOf = (body: unknown) => (typeof body === "string" ? body : JSON.stringify(body));

function formOf(parts: NonNullable<Sent["parts"]>): FormData {
  const form = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === "string") form.append(name, part);
    else form.append(name, new Blob([part.content]), part.name);
  }
  return form;
}
