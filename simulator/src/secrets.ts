import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { isObject, type JsonObject } from "./json";

const prefix = "1:ACP:";
const mask = "********";

/** Seals secrets as a tenant does: what goes in as plain text comes out as cipher text only. */
export class Vault {
  private sealed = 0;

  constructor(private readonly seed: string) {}

  /** The drawer of one source: it opens its own cipher text and no other's. */
  of(sourceId: string): Drawer {
    const nextIv = () => {
      this.sealed += 1;
      return digest(`${this.seed}/${String(this.sealed)}`).subarray(0, 16);
    };
    return new Drawer(digest(`${this.seed}/vault/${sourceId}`), nextIv);
  }

  counter(): number {
    return this.sealed;
  }

  restore(counter: number): void {
    this.sealed = counter;
  }
}

/**
 * The secrets of one source. Which keys are secret says `encrypted` in the attributes themselves, and nothing else:
 * beside `password`, what it does not list is stored in plain text.
 */
export class Drawer {
  constructor(
    private readonly key: Buffer,
    private readonly nextIv: () => Buffer,
  ) {}

  /**
   * The attributes with every secret sealed. Cipher text of this source and the mask, sent back as they were read, keep
   * the secret that `former` holds. Cipher text of another source or tenant is stored as it came: nobody can open it.
   */
  seal(attributes: JsonObject, former: JsonObject): JsonObject {
    return mapSecrets(attributes, former, secretKeysOf(attributes), (value, before) => {
      if (value === mask && typeof before === "string") return before;
      if (typeof before === "string" && this.same(value, before)) return before;
      return isCipherText(value) || value === "" ? value : this.encrypt(value);
    });
  }

  /** The attributes with every secret as a client sees it. */
  present(attributes: JsonObject, how: "changing" | "masked"): JsonObject {
    return mapSecrets(attributes, {}, secretKeysOf(attributes), (value) => {
      if (value === "") return value;
      if (how === "masked") return mask;
      const plain = this.open(value);
      return plain === undefined ? value : this.encrypt(plain);
    });
  }

  /** Every cipher text in these attributes, by JSON Pointer: its plain text, or null where this source cannot open it. */
  reveal(attributes: unknown): Record<string, string | null> {
    const found = cipherTexts(attributes, "/connectorAttributes");
    return Object.fromEntries(found.map(([pointer, value]) => [pointer, this.open(value) ?? null]));
  }

  private open(cipherText: string): string | undefined {
    if (!isCipherText(cipherText)) return undefined;
    try {
      const bytes = Buffer.from(cipherText.slice(prefix.length), "base64");
      const decipher = createDecipheriv("aes-256-gcm", this.key, bytes.subarray(0, 16));
      decipher.setAuthTag(bytes.subarray(16, 32));
      return Buffer.concat([decipher.update(bytes.subarray(32)), decipher.final()]).toString("utf8");
    } catch {
      return undefined; // sealed with another key, or no cipher text but for its first letters
    }
  }

  /** Another cipher text of the same secret: a client may send back any that it was given. */
  private same(value: string, before: string): boolean {
    const plain = this.open(value);
    return plain !== undefined && plain === this.open(before);
  }

  private encrypt(plain: string): string {
    const iv = this.nextIv();
    const cipher = createCipheriv("aes-256-gcm", this.key, iv);
    const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return prefix + Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64");
  }
}

const digest = (text: string) => createHash("sha256").update(text).digest();

const isCipherText = (value: string) => value.startsWith(prefix);

/** `password` is always a secret; the others stand in the comma list `encrypted`. */
export function secretKeysOf(attributes: JsonObject): Set<string> {
  const listed = typeof attributes["encrypted"] === "string" ? attributes["encrypted"].split(",") : [];
  const named = listed.map((key) => key.trim()).filter((key) => key !== "");
  return new Set(["password", ...named]);
}

function cipherTexts(value: unknown, pointer: string): [string, string][] {
  if (typeof value === "string") return isCipherText(value) ? [[pointer, value]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    cipherTexts(member, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
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
