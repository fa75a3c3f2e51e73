import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { isObject, type JsonObject } from "./json";

const prefix = "1:ACP:";
const mask = "********";

/** Seals secrets as a tenant does: what goes in as plain text comes out as cipher text only. */
export class Vault {
  private readonly key: Buffer;
  private sealed = 0;

  constructor(private readonly seed: string) {
    this.key = createHash("sha256").update(`${seed}/vault`).digest();
  }

  /**
   * The attributes with every secret sealed. Cipher text of this tenant and the mask, sent back as they were read, keep
   * the secret that `former` holds.
   */
  seal(attributes: JsonObject, former: JsonObject, alsoSecret: readonly string[]): JsonObject {
    const secretKeys = secretKeysOf(attributes, alsoSecret);
    return mapSecrets(attributes, former, secretKeys, (value, before) => {
      if (value === mask && typeof before === "string") return before;
      if (typeof before === "string" && this.same(value, before)) return before;
      return this.isSealed(value) || value === "" ? value : this.encrypt(value);
    });
  }

  /** The attributes with every secret as a client sees it. */
  present(attributes: JsonObject, alsoSecret: readonly string[], how: "changing" | "masked"): JsonObject {
    const secretKeys = secretKeysOf(attributes, alsoSecret);
    return mapSecrets(attributes, {}, secretKeys, (value) => {
      if (!this.isSealed(value)) return value;
      return how === "masked" ? mask : this.encrypt(this.open(value));
    });
  }

  /** The plain text of a secret. */
  open(cipherText: string): string {
    const bytes = Buffer.from(cipherText.slice(prefix.length), "base64");
    const decipher = createDecipheriv("aes-256-cbc", this.key, bytes.subarray(0, 16));
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString("utf8");
  }

  counter(): number {
    return this.sealed;
  }

  restore(counter: number): void {
    this.sealed = counter;
  }

  isSealed(value: string): boolean {
    if (!value.startsWith(prefix)) return false;
    try {
      this.open(value);
      return true;
    } catch {
      return false; // cipher text of another tenant is to this one a plain text like any other
    }
  }

  /** Another cipher text of the same secret: a client may send back any that it was given. */
  private same(value: string, before: string): boolean {
    return this.isSealed(value) && this.isSealed(before) && this.open(value) === this.open(before);
  }

  private encrypt(plain: string): string {
    this.sealed += 1;
    const iv = createHash("sha256")
      .update(`${this.seed}/${String(this.sealed)}`)
      .digest()
      .subarray(0, 16);
    const cipher = createCipheriv("aes-256-cbc", this.key, iv);
    return prefix + Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final()]).toString("base64");
  }
}

/** `password` is always a secret; the others stand in the comma list `encrypted`, or are the connector's own. */
function secretKeysOf(attributes: JsonObject, alsoSecret: readonly string[]): Set<string> {
  const listed = typeof attributes["encrypted"] === "string" ? attributes["encrypted"].split(",") : [];
  const named = listed.map((key) => key.trim()).filter((key) => key !== "");
  return new Set(["password", ...alsoSecret, ...named]);
}

type Seal = (value: string, before: unknown) => string;

function mapSecrets(attributes: JsonObject, former: unknown, keys: Set<string>, seal: Seal, path = ""): JsonObject {
  const before = isObject(former) ? former : {};
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => {
      const here = path === "" ? key : `${path}.${key}`;
      const secret = keys.has(key) || keys.has(here);
      return [key, mapValue(value, before[key], keys, seal, here, secret)];
    }),
  );
}

function mapValue(
  value: unknown,
  before: unknown,
  keys: Set<string>,
  seal: Seal,
  path: string,
  secret: boolean,
): unknown {
  if (typeof value === "string") return secret ? seal(value, before) : value;
  if (Array.isArray(value)) {
    const formerItems: unknown[] = Array.isArray(before) ? before : [];
    return value.map((item, index) => mapValue(item, formerItems[index], keys, seal, path, secret));
  }
  return isObject(value) ? mapSecrets(value, before, keys, seal, path) : value;
}
