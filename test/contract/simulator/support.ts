import { startTenant, type Credentials, type RunningTenant, type TenantOptions } from "sailpoint-simulator";

export type Json = Record<string, unknown>;

export interface Reply {
  status: number;
  headers: Headers;
  /** The parsed body; the text where it is no JSON. */
  body: Json;
  list: Json[];
  text: string;
}

/** A tenant and a person with a token, speaking plain HTTP. */
export class Caller {
  private token: string | undefined;

  constructor(
    readonly tenant: RunningTenant,
    readonly version = "v2025",
    readonly credentials: Credentials = tenant,
  ) {}

  /** The same tenant under another version of the API, or in its per-service form: `services`. */
  under(version: string): Caller {
    return new Caller(this.tenant, version, this.credentials);
  }

  /** The same tenant as another client. */
  as(credentials: Credentials): Caller {
    return new Caller(this.tenant, this.version, credentials);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send("GET", path, undefined, headers);
  }

  post(path: string, body?: unknown): Promise<Reply> {
    return this.send("POST", path, body);
  }

  put(path: string, body: unknown): Promise<Reply> {
    return this.send("PUT", path, body);
  }

  patch(path: string, body: unknown, type = "application/json-patch+json"): Promise<Reply> {
    return this.send("PATCH", path, body, { "Content-Type": type });
  }

  delete(path: string): Promise<Reply> {
    return this.send("DELETE", path);
  }

  /** Uploads a file as a form does. */
  upload(path: string, name: string, content: string, fields: Record<string, string> = {}): Promise<Reply> {
    const form = new FormData();
    form.append("file", new Blob([content]), name);
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    return this.send("POST", path, form);
  }

  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const { version } = this;
    const address =
      version === "services" ? path.replace(/^\/[^/?]+/, (service) => `${service}/v1`) : `/${version}${path}`;
    return this.at(address, headers, method, body);
  }

  /** A request to an address below the base URL, as it stands. */
  async at(address: string, headers: Record<string, string> = {}, method = "GET", body?: unknown): Promise<Reply> {
    this.token ??= await this.login();
    const raw = body === undefined || typeof body === "string" || body instanceof FormData;
    const type = raw ? {} : { "Content-Type": "application/json" };
    const response = await fetch(`${this.tenant.baseUrl}${address}`, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, "X-SailPoint-Experimental": "true", ...type, ...headers },
      body: raw ? (body ?? null) : JSON.stringify(body),
    });
    return replyOf(response);
  }

  /** Forgets the token: the next request asks for another. */
  forget(): void {
    this.token = undefined;
  }

  async login(): Promise<string> {
    const { clientId, clientSecret } = this.credentials;
    const reply = await askToken(this.tenant, {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    return String(reply.body["access_token"]);
  }

  /** Makes a source with an owner that exists. */
  async createSource(more: Json = {}, query = ""): Promise<Json> {
    const reply = await this.post(`/sources${query}`, { ...(await this.minimalSource()), ...more });
    if (reply.status !== 201) throw new Error(`The source was refused: ${reply.text}`);
    return reply.body;
  }

  async minimalSource(): Promise<Json> {
    return { name: "HR Feed", connector: "active-directory", owner: await this.owner() };
  }

  async owner(alias = "slpt.services"): Promise<Json> {
    const reply = await this.get(`/public-identities?filters=${encodeURIComponent(`alias eq "${alias}"`)}`);
    return { type: "IDENTITY", id: reply.list[0]?.["id"], name: reply.list[0]?.["name"] };
  }
}

export async function askToken(tenant: RunningTenant, form: Record<string, string>): Promise<Reply> {
  const response = await fetch(`${tenant.baseUrl}/oauth/token`, { method: "POST", body: new URLSearchParams(form) });
  return replyOf(response);
}

/** What a refusal says: the texts of its messages and causes. */
export function saidBy(reply: Reply): string {
  const texts = ["messages", "causes"].flatMap((key) => (reply.body[key] ?? []) as Json[]);
  return texts.map(({ text }) => String(text)).join(" ");
}

const tenants: RunningTenant[] = [];

/** A tenant that the test need not close. */
export async function tenantFor(options: TenantOptions = {}): Promise<Caller> {
  const tenant = await startTenant(options);
  tenants.push(tenant);
  return new Caller(tenant);
}

afterEach(async () => {
  await Promise.all(tenants.splice(0).map((tenant) => tenant.close()));
});

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const parsed: unknown = (response.headers.get("content-type") ?? "").startsWith("application/json")
    ? JSON.parse(text)
    : text;
  return {
    status: response.status,
    headers: response.headers,
    body: parsed as Json,
    list: Array.isArray(parsed) ? (parsed as Json[]) : [],
    text,
  };
}
