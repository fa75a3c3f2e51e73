import { encryptedKeys, isNoSecret, isSecretIn, isSecretKey, isSecretKeyOf } from "../api/secret-keys";
import { type IsSecret, type Json, type JsonObject, type Maybe, type Path, isBlank, isObject, own } from "../reconcile";

/** `********`, or cipher text as the tenant writes it: a scheme's number, perhaps its name, and base64. */
const CIPHER_TEXT = /^(\*{6,}|\d+:(?:[A-Z]+:)?[A-Za-z0-9+/=]{16,})$/;

const listedIn = (source: JsonObject) => encryptedKeys(own(source["connectorAttributes"], "encrypted"));

/** Which values of a source are secrets: by their names, by the tenant's own list, or by how the tenant returns them. */
export function secretsOf(live: JsonObject): IsSecret {
  const isSecret = isSecretKeyOf(own(live["connectorAttributes"], "encrypted"));
  let named: ReadonlySet<Maybe> | undefined;
  const isNamed = (value: Maybe) => (named ??= new Set(namedSecrets(live["connectorAttributes"], isSecret))).has(value);
  return (key, there, applied) =>
    isSecret(key) ||
    (key === "value" && (isNamed(there) || isNamed(applied))) ||
    (typeof there === "string" && !isBlank(there) && CIPHER_TEXT.test(there));
}

/** Values that a name beside them tells to be secret: `{ name: "Authorization", value: "Basic …" }`. */
function namedSecrets(value: Maybe, isSecret: (key: string) => boolean): Json[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((member) => namedSecrets(member, isSecret));
  return Object.entries(value).flatMap(([key, member]) =>
    key === "value" && isSecretIn(value, key, isSecret) && !isNoSecret(member)
      ? [member]
      : namedSecrets(member, isSecret),
  );
}

/**
 * A source that is made with `encrypted` has just these names, and what its connector keeps secret beside them would stand
 * in plain text. So the names join the tenant's own once it has them, and with them comes what they keep secret.
 */
export function keysOfEncrypted(declared: JsonObject): Path[] {
  const { connectorAttributes: attributes } = declared;
  const listed = listedIn(declared);
  if (!isObject(attributes) || listed.size === 0) return [];
  return Object.entries(attributes)
    .filter(([key, value]) => key === "encrypted" || listed.has(key) || holdsKey(value, listed))
    .map(([key]) => ["connectorAttributes", key]);
}

const holdsKey = (value: Json, keys: ReadonlySet<string>): boolean =>
  Array.isArray(value)
    ? value.some((member) => holdsKey(member, keys))
    : isObject(value) && Object.entries(value).some(([key, member]) => keys.has(key) || holdsKey(member, keys));

/** Declared paths that the tenant keeps secret by its own list, and whose names tell nobody else so. */
export function unknownSecrets(declared: JsonObject, live: JsonObject): Path[] {
  const [ours, theirs] = [listedIn(declared), listedIn(live)];
  const isNews = (key: string) => theirs.has(key) && !ours.has(key) && !isSecretKey(key);
  return below(declared["connectorAttributes"], isNews, ["connectorAttributes"]);
}

function below(value: Maybe, isMeant: (key: string) => boolean, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((member, i) => below(member, isMeant, [...path, i]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const inner = [...path, key];
    if (isSecretIn(value, key)) return [];
    return isMeant(key) && !isNoSecret(member) ? [inner] : below(member, isMeant, inner);
  });
}
