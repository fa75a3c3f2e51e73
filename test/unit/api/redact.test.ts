import { createRedactor, isSecretKey } from "pulumi-sailpoint/api";

test.each([
  ["password", true],
  ["Password", true],
  ["userPasswd", true],
  ["client_secret", true],
  ["clientSecret", true],
  ["access_token", true],
  ["refreshToken", true],
  ["Authorization", true],
  ["private_key", true],
  ["privateKeyPassword", true],
  ["api-key", true],
  ["credentials", true],
  // What tenants keep secret by their own lists.
  ["transportUserPassword", true],
  ["pgpPrivateKeyPassword", true],
  ["pgpPrivateKey", true],
  ["scpPrivateKey", true],
  ["s3SecretKey", true],
  ["PassphraseForPrivateKey", true],
  ["ftpsClientCertificatePassphrase", true],
  ["resourceOwnerPassword", true],
  ["clientKeySpec", true],
  ["clientCertificate", true],
  ["custom_auth_token_info", true],
  ["accesstoken", true],
  ["Ocp-Apim-Subscription-Key", true],
  ["X-Api-Key", true],
  ["passwords", true],
  ["password2", true],
  ["client-secret-2", true],
  ["x-functions-key", true],
  ["basicAuth", true],
  ["2passwordless", false],
  ["passwordAttribute", false],
  ["secretaryAttribute", false],
  ["keyName", false],
  ["passwordPolicies", false],
  ["credentialProviderEnabled", false],
  ["token_type", false],
  ["name", false],
  ["authoritative", false],
  ["tokenizer", false],
])("the key %s is secret: %s", (key, secret) => {
  expect(isSecretKey(key)).toBe(secret);
});

test("a known secret is taken out in every form it may have in a text", () => {
  const redactor = createRedactor({ secrets: ['p&ss "wörd"/1'] });
  for (const text of [
    'plain p&ss "wörd"/1 here',
    `?x=${encodeURIComponent('p&ss "wörd"/1')}`,
    JSON.stringify({ a: 'p&ss "wörd"/1' }),
    `base64 ${Buffer.from('p&ss "wörd"/1').toString("base64")}`,
  ]) {
    expect(redactor.text(text)).toContain("[secret]");
    expect(redactor.text(text)).not.toMatch(/wörd|w%C3|cCZzcy/);
  }
});

test("secrets that nobody named are found by their form", () => {
  const { text } = createRedactor();
  expect(text("GET https://me:hunter2@proxy:3128/")).toBe("GET https://[secret]@proxy:3128/");
  expect(text("Authorization: Bearer abcdefgh12345")).toBe("Authorization: Bearer [secret]");
  expect(text("grant_type=x&client_secret=abc&y=1")).toBe("grant_type=x&client_secret=[secret]&y=1");
  expect(text("token eyJhbGciOiJIUzI1NiJ9.eyJvcmciOiJhIn0.c2ln ended")).toBe("token [secret] ended");
});

test("a body gives away its secrets by their keys, also in a JSON Patch and in lists", () => {
  const redactor = createRedactor({ keys: ["pin"] });
  redactor.learnFrom([
    { op: "add", path: "/connectorAttributes/domain~1password", value: "first-secret" },
    { op: "replace", path: "/connectorAttributes/domainSettings/0", value: { password: "second-secret", user: "me" } },
    { op: "add", path: "/secrets", value: ["third-secret", { deep: "fourth-secret" }] },
    { op: "add", path: "/pin", value: 123456 },
    { op: "add", path: "/description", value: "innocent words" },
  ]);
  expect(redactor.text("first-secret second-secret third-secret fourth-secret 123456 me innocent words")).toBe(
    "[secret] [secret] [secret] [secret] [secret] me innocent words",
  );
});

test("a value is copied without its secrets, whatever its form", () => {
  const redactor = createRedactor({ secrets: ["known-one"] });
  const deep: unknown[] = [];
  let inner = deep;
  for (let i = 0; i < 20_000; i += 1) inner.push((inner = []));
  const value = JSON.parse(
    '{"__proto__":{"password":"x"},"password":"abc","list":["known-one",1,null,true]}',
  ) as object;
  const copy = redactor.value({ ...value, own: value, patch: { op: "add", path: "/a/password", value: "abc" }, deep });
  const text = JSON.stringify(copy);
  expect(text).toContain('"list":["[secret]",1,null,true]');
  expect(text).toContain('"patch":{"op":"add","path":"/a/password","value":"[secret]"}');
  expect(text).not.toMatch(/"abc"|"x"|known-one/);
  expect(text).toContain("[too deep]");
  expect(() => {
    redactor.learnFrom(deep);
  }).not.toThrow();
});

test("a child knows what its parent knows, and keeps what it learns to itself", () => {
  const parent = createRedactor({ secrets: ["of-parent"] });
  const child = parent.child();
  child.learn("of-child");
  expect(child.text("of-parent of-child")).toBe("[secret] [secret]");
  expect(parent.text("of-parent of-child")).toBe("[secret] of-child");
});

test("where a list names its values, a name says what its value is, and a flag is none", () => {
  const redactor = createRedactor();
  const headers = [
    { key: "Authorization", value: "Basic of-us-alone" },
    { name: "Accept", value: "text/html" },
  ];
  expect(redactor.value({ headers, generatePassword: true })).toEqual({
    headers: [{ key: "Authorization", value: "[secret]" }, headers[1]],
    generatePassword: true,
  });
});

test("words too short to be told from others stay", () => {
  expect(createRedactor({ secrets: ["a", "", "the"] }).text("a cat on the mat")).toBe("a cat on the mat");
});
