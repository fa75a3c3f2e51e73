import { encryptedKeys, isNoSecret, isSecretIn, isSecretKey } from "./secret-keys";

/** Takes secrets out of anything that is logged or thrown. */
export interface Redactor {
  /** From now on this value is taken out of every text. */
  learn: (secret: unknown) => void;
  /**
   * Learns every value at a key that names a secret, at any depth, also in JSON Patch operations, and by the list of
   * secrets that a source itself has.
   */
  learnFrom: (body: unknown) => void;
  text: (text: string) => string;
  /** A copy of a JSON value: values at secret keys hidden, known secrets taken out of the other texts. */
  value: (value: unknown) => unknown;
  /** A redactor that knows what this one knows and forgets what it learns itself. */
  child: () => Redactor;
}

/** The secrets that a redactor knows from the start. */
export interface RedactOptions {
  /** Values that are known to be secret. */
  secrets?: Iterable<string>;
  /** Key names that are secret here, besides those that everywhere are. */
  keys?: Iterable<string>;
}

/** What stands in the place of a secret. */
export const hidden = "[secret]";

/** Shorter ones occur in innocent words: taking them out would tell more than it hides. */
const shortest = 4;
const deepest = 200;

/** Takes secrets out of texts and values: those that it is told of, and what stands at keys such as `password`. */
export function createRedactor(options: RedactOptions = {}): Redactor {
  return redactor(new Set(), new Set(options.keys), options.secrets ?? []);
}

function redactor(known: Set<string>, keys: Set<string>, secrets: Iterable<string>): Redactor {
  const isSecret = (key: string) => keys.has(key) || isSecretKey(key);
  const self: Redactor = {
    learn(secret) {
      const text = typeof secret === "number" || typeof secret === "bigint" ? String(secret) : secret;
      if (typeof text !== "string" || text.length < shortest) return;
      for (const form of formsOf(text)) known.add(form);
    },
    learnFrom(body) {
      const listed = listedIn(body);
      visit(body, (key) => isSecret(key) || listed.has(key), self.learn);
    },
    text: (text) => hideForms(hideCredentialsInUrls(text), known),
    value: (value) => copy(value, isSecret, self.text, 0),
    child: () => redactor(new Set(known), keys, []),
  };
  for (const secret of secrets) self.learn(secret);
  return self;
}

/** A secret as it may stand in a text: itself, in a URL, in JSON, in Basic authentication. */
function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(Buffer.from(secret).toString()),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  ];
}

function listedIn(body: unknown): ReadonlySet<string> {
  const attributes = isRecord(body) ? body["connectorAttributes"] : undefined;
  return encryptedKeys(isRecord(attributes) ? attributes["encrypted"] : undefined);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function hideForms(text: string, known: Set<string>): string {
  let result = text;
  // The longest first: a secret may be part of another.
  for (const form of [...known].sort((a, b) => b.length - a.length)) {
    if (result.includes(form)) result = result.replaceAll(form, hidden);
  }
  return result;
}

/** `https://user:secret@proxy` and `Bearer eyJ…` are secret whoever wrote them. */
function hideCredentialsInUrls(text: string): string {
  return text
    .replace(/(\w+:\/\/)[^\s/@:]*:[^\s/@]*@/g, `$1${hidden}@`)
    .replace(/\b(Bearer|Basic)\s+[\w.+/=~-]{8,}/gi, `$1 ${hidden}`)
    .replace(/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, hidden)
    .replace(/([?&;]|^)((?:access_token|client_secret|password|token)=)[^&\s]+/gi, `$1$2${hidden}`);
}

function copy(
  value: unknown,
  isSecret: (key: string) => boolean,
  text: (text: string) => string,
  depth: number,
): unknown {
  if (typeof value === "string") return text(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) return "[too deep]";
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => copy(item, isSecret, text, depth + 1));
  const lastKey = patchedKey(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const secret =
        isSecretIn(value, key, isSecret) || (key === "value" && lastKey !== undefined && isSecret(lastKey));
      return [text(key), secret && !isNoSecret(item) ? hidden : copy(item, isSecret, text, depth + 1)];
    }),
  );
}

function visit(start: unknown, isSecret: (key: string) => boolean, found: (secret: unknown) => void): void {
  // Without recursion: a body may be deeper than the stack.
  const open: { value: unknown; secret: boolean }[] = [{ value: start, secret: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, secret } = next;
    if (typeof value !== "object" || value === null) {
      if (secret) found(value);
    } else if (Array.isArray(value)) {
      for (const item of value) open.push({ value: item, secret });
    } else if (!(value instanceof Uint8Array)) {
      const lastKey = patchedKey(value);
      for (const [key, item] of Object.entries(value)) {
        const named =
          isSecretIn(value, key, isSecret) || (key === "value" && lastKey !== undefined && isSecret(lastKey));
        open.push({ value: item, secret: secret || named });
      }
    }
  }
}

/** The last key of the path of a JSON Patch operation. */
function patchedKey(value: object): string | undefined {
  if (!("op" in value && "path" in value && typeof value.path === "string")) return undefined;
  return value.path
    .slice(value.path.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}
