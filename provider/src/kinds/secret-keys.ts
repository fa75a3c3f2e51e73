/**
 * Keys of `connectorAttributes`, at any depth, that hold secrets whatever the connector. Values at these keys are
 * marked as Pulumi secrets before they leave the program; those that a connector lists in `encrypted` are too. The
 * names are compared without case, `_` and `-`, so that `client_secret`, `clientSecret` and `client-secret` are one.
 */
const SECRET_KEYS: ReadonlySet<string> = new Set(
  [
    "password",
    "passphrase",
    "passwd",
    "adminPassword",
    "authPassword",
    "bindPassword",
    "dbPassword",
    "iqServicePassword",
    "keystorePassword",
    "keyPassword",
    "privateKeyPassword",
    "proxyPassword",
    "serviceAccountPassword",
    "truststorePassword",
    "userPassword",
    "clientSecret",
    "secret",
    "secretKey",
    "secretAccessKey",
    "sharedSecret",
    "apiKey",
    "apiSecret",
    "apiToken",
    "accessToken",
    "authToken",
    "bearerToken",
    "oauthBearerToken",
    "oauthTokenInfo",
    "refreshToken",
    "securityToken",
    "token",
    "privateKey",
    "privateKeyPem",
    "clientCertificatePrivateKey",
    "samlAssertion",
    "jwtAssertion",
  ].map(plain),
);

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[-_.]/g, "");
}

export const isSecretKey = (key: string): boolean => SECRET_KEYS.has(plain(key));

/** The keys that a connector's own `encrypted` list names. */
export function encryptedKeys(list: unknown): ReadonlySet<string> {
  if (typeof list !== "string") return new Set();
  return new Set(
    list
      .split(",")
      .map((key) => key.trim())
      .filter((key) => key !== ""),
  );
}
