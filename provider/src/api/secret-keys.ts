/**
 * Which names are those of secrets: one answer for what is marked before it leaves a program, what is taken out of
 * everything that is logged, and what is left out of an export. Beside these, a tenant keeps secret what the list
 * `encrypted` of a source names, and a program what it marks.
 */

/** Secrets are told by how their names end: `transportUserPassword`, `pgpPrivateKey`, `s3SecretKey`, `bearer_token` … */
const ENDINGS = [
  ...["password", "passwd", "pwd", "passphrase", "passcode", "secret", "secretkey", "secretaccesskey", "privatekey"],
  ...["privatekeypem", "token", "tokeninfo", "apikey", "accesskey", "subscriptionkey", "authkey", "sharedkey"],
  ...["encryptionkey", "signingkey", "accountkey", "credential", "assertion", "authorization", "cookie"],
  ...["clientkeyspec", "clientcertificate", "functionskey", "basicauth", "authheader", "jwt"],
];

/** Names are one whatever their case, `_`, `-`, `.` and number: `client_secret`, `clientSecret`, `client-secret2`. */
const plain = (key: string): string => key.toLowerCase().replaceAll(/[-_.\s]|\d+$/g, "");

/** True for a key whose value is secret by its name: `password`, `client_secret`, `Authorization` … */
export function isSecretKey(key: string): boolean {
  const name = plain(key);
  return ENDINGS.some((ending) => name.endsWith(ending) || name.endsWith(`${ending}s`));
}

/** What stands at such a key and is no secret all the same: nothing, and a flag such as `generatePassword: true`. */
export const isNoSecret = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || typeof value === "boolean";

/**
 * The same for a key of one object: where a list names its values (`{ name: "Authorization", value: "Basic …" }`), the
 * value at `value` is what the name says.
 */
export function isSecretIn(object: object, key: string, isSecret: (key: string) => boolean = isSecretKey): boolean {
  if (key !== "value") return isSecret(key);
  const { name, key: named } = object as { name?: unknown; key?: unknown };
  return [name, named].some((text) => typeof text === "string" && isSecret(text)) || isSecret(key);
}

/** The same, and the keys that a source's own `encrypted` list names. */
export function isSecretKeyOf(list: unknown): (key: string) => boolean {
  const listed = encryptedKeys(list);
  return (key) => isSecretKey(key) || listed.has(key);
}

/** The keys that a source's own `encrypted` list names. */
export function encryptedKeys(list: unknown): ReadonlySet<string> {
  if (typeof list !== "string") return new Set();
  return new Set(
    list
      .split(",")
      .map((key) => key.trim())
      .filter((key) => key !== ""),
  );
}
