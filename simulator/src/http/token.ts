import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import { textOf, type JsonObject } from "../json";
import type { Tenant } from "../tenant";
import { badCredentials, unauthorized } from "./errors";

/** Who asks: a client, which acts for its owner. */
export interface Client {
  clientId: string;
  clientSecret: string;
  /** The alias of the identity that owns it: the actor of what it does. */
  owner: string;
  /** The ids of the sources that it sees; all if absent. */
  sees?: ReadonlySet<string>;
}

/** What a client can be given. */
export interface ClientOptions {
  /** The alias of its owner. Default `slpt.services`. */
  owner?: string;
  /** The ids of the sources that it sees, as an administrator of sources does; all if absent. */
  sees?: readonly string[];
}

/** What a client signs in with. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
}

interface Issued {
  expiresAt: number;
  client: Client;
}

/** The token endpoint and the gate behind it. */
export class TokenDesk {
  /** The client that every tenant has; it may do everything. */
  readonly first: Client;
  private readonly clients: Client[];
  private readonly issued = new Map<string, Issued>();
  private count = 0;

  constructor(private readonly tenant: Tenant) {
    this.first = {
      clientId: tenant.ids.digest("client id").slice(0, 32),
      clientSecret: tenant.ids.digest("client secret"),
      owner: "slpt.services",
    };
    this.clients = [this.first];
  }

  /** Another client. */
  add({ owner = "slpt.services", sees }: ClientOptions): Credentials {
    const number = String(this.clients.length);
    const credentials = {
      clientId: this.tenant.ids.digest(`client id ${number}`).slice(0, 32),
      clientSecret: this.tenant.ids.digest(`client secret ${number}`),
    };
    this.clients.push({ ...credentials, owner, ...(sees === undefined ? {} : { sees: new Set(sees) }) });
    return credentials;
  }

  /** An access token for these credentials. */
  issue(form: JsonObject): JsonObject {
    const grant = textOf(form["grant_type"]);
    if (grant !== "client_credentials") {
      throw badCredentials(`Unsupported grant type: ${grant}`, 400, "unsupported_grant_type");
    }
    const client = this.clients.find(({ clientId }) => same(textOf(form["client_id"]), clientId));
    if (client === undefined || !same(textOf(form["client_secret"]), client.clientSecret)) {
      throw badCredentials("Bad client credentials");
    }
    const life = this.tenant.settings.tokenLifeSeconds;
    const token = this.sign(client, life);
    this.issued.set(token, { expiresAt: this.tenant.now() + life * 1000, client });
    return {
      access_token: token,
      token_type: "bearer",
      expires_in: life,
      scope: "sp:scopes:all",
      tenant_id: this.tenantId(),
      internal: true,
      pod: "local",
      strong_auth_supported: true,
      org: this.tenant.org,
      claims_supported: true,
    };
  }

  /** The client whose token this is. Refuses what does not carry a token of this tenant that still lives. */
  admit(authorization: string | undefined): Client {
    const [scheme, token] = (authorization ?? "").split(" ");
    if (scheme?.toLowerCase() !== "bearer" || token === undefined || token === "") {
      throw unauthorized("JWT is required");
    }
    const issued = this.issued.get(token);
    if (issued === undefined) throw unauthorized("JWT signature does not match");
    if (issued.expiresAt <= this.tenant.now()) throw unauthorized("JWT is expired");
    return issued.client;
  }

  /** Ends every token that was given out. */
  expireAll(): void {
    for (const issued of this.issued.values()) issued.expiresAt = 0;
  }

  private tenantId(): string {
    return this.tenant.ids.digest("tenant id").slice(0, 32);
  }

  private sign(client: Client, life: number): string {
    this.count += 1;
    const now = Math.floor(this.tenant.now() / 1000);
    const claims = {
      tenant_id: this.tenantId(),
      internal: true,
      pod: "local",
      org: this.tenant.org,
      identity_id: this.tenant.ids.digest(`identity/${client.owner}`).slice(0, 32),
      user_name: client.owner,
      strong_auth: true,
      scope: ["sp:scopes:all"],
      authorities: [client.sees === undefined ? "ORG_ADMIN" : "SOURCE_SUBADMIN"],
      client_id: client.clientId,
      iat: now,
      exp: now + life,
      jti: `${String(this.count)}-${this.tenant.ids.digest(`token ${String(this.count)}`).slice(0, 16)}`,
    };
    const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
    const signature = createHmac("sha256", client.clientSecret).update(content).digest("base64url");
    return `${content}.${signature}`;
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const hash = (text: string) => createHash("sha256").update(text).digest();
const same = (left: string, right: string) => timingSafeEqual(hash(left), hash(right));
