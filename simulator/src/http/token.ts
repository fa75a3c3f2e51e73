import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import { textOf, type JsonObject } from "../json";
import type { Tenant } from "../tenant";
import { badCredentials, unauthorized } from "./errors";

interface Issued {
  expiresAt: number;
}

/** The token endpoint and the gate behind it. */
export class TokenDesk {
  readonly clientId: string;
  readonly clientSecret: string;
  private readonly issued = new Map<string, Issued>();
  private count = 0;

  constructor(private readonly tenant: Tenant) {
    this.clientId = tenant.ids.digest("client id").slice(0, 32);
    this.clientSecret = tenant.ids.digest("client secret");
  }

  /** An access token for these credentials. */
  issue(form: JsonObject): JsonObject {
    const grant = textOf(form["grant_type"]);
    if (grant !== "client_credentials") {
      throw badCredentials(`Unsupported grant type: ${grant}`, 400, "unsupported_grant_type");
    }
    const known = same(textOf(form["client_id"]), this.clientId);
    if (!known || !same(textOf(form["client_secret"]), this.clientSecret)) {
      throw badCredentials("Bad client credentials");
    }
    const life = this.tenant.settings.tokenLifeSeconds;
    const token = this.sign(life);
    this.issued.set(token, { expiresAt: this.tenant.now() + life * 1000 });
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

  /** Refuses what does not carry a token of this tenant that still lives. */
  admit(authorization: string | undefined): void {
    const [scheme, token] = (authorization ?? "").split(" ");
    if (scheme?.toLowerCase() !== "bearer" || token === undefined || token === "") {
      throw unauthorized("JWT is required");
    }
    const issued = this.issued.get(token);
    if (issued === undefined) throw unauthorized("JWT signature does not match");
    if (issued.expiresAt <= this.tenant.now()) throw unauthorized("JWT is expired");
  }

  /** Ends every token that was given out. */
  expireAll(): void {
    for (const issued of this.issued.values()) issued.expiresAt = 0;
  }

  private tenantId(): string {
    return this.tenant.ids.digest("tenant id").slice(0, 32);
  }

  private sign(life: number): string {
    this.count += 1;
    const now = Math.floor(this.tenant.now() / 1000);
    const claims = {
      tenant_id: this.tenantId(),
      internal: true,
      pod: "local",
      org: this.tenant.org,
      identity_id: this.tenant.ids.digest("identity slpt.services").slice(0, 32),
      user_name: "slpt.services",
      strong_auth: true,
      scope: ["sp:scopes:all"],
      authorities: ["ORG_ADMIN"],
      client_id: this.clientId,
      iat: now,
      exp: now + life,
      jti: `${String(this.count)}-${this.tenant.ids.digest(`token ${String(this.count)}`).slice(0, 16)}`,
    };
    const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
    const signature = createHmac("sha256", this.clientSecret).update(content).digest("base64url");
    return `${content}.${signature}`;
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const hash = (text: string) => createHash("sha256").update(text).digest();
const same = (left: string, right: string) => timingSafeEqual(hash(left), hash(right));
