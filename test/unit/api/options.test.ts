import { SailPointError, createClient, normalizeBaseUrl } from "pulumi-sailpoint/api";

test.each([
  ["https://acme.api.identitynow.com", "https://acme.api.identitynow.com"],
  ["https://Acme.api.identitynow.com/", "https://acme.api.identitynow.com"],
  [" https://acme.api.identitynow-demo.com// ", "https://acme.api.identitynow-demo.com"],
  ["https://identity.acme.com", "https://identity.acme.com"],
  ["HTTPS://ACME.API.IDENTITYNOW.COM:443/", "https://acme.api.identitynow.com"],
  ["https://acme.api.identitynow.com.", "https://acme.api.identitynow.com"],
  ["https://acme.api.identitynow.com.:443", "https://acme.api.identitynow.com"],
  ["https://identity.acme.com:8443/", "https://identity.acme.com:8443"],
  ["http://localhost:80", "http://localhost"],
  ["https://localhost:8443", "https://localhost:8443"],
  ["http://127.0.0.1:8080/", "http://127.0.0.1:8080"],
  ["http://localhost:8080", "http://localhost:8080"],
  ["http://[::1]:8080", "http://[::1]:8080"],
])("the base URL %j is %j", (given, normal) => {
  expect(normalizeBaseUrl(given)).toBe(normal);
});

test.each([
  ["", "is not a URL. It should read like https://acme.api.identitynow.com."],
  ["acme.api.identitynow.com", "is not a URL"],
  ["http://acme.api.identitynow.com", "does not begin with https://. Write it with https://"],
  ["ftp://acme.api.identitynow.com", "does not begin with https://"],
  [
    "https://acme.identitynow.com",
    "is the address of the tenant's pages, not of its API. Use https://acme.api.identitynow.com.",
  ],
  [
    "https://acme.api.identitynow.com/v2025",
    "ends in /v2025. Use https://acme.api.identitynow.com; the version of the API is a setting of its own",
  ],
  ["https://acme.api.identitynow.com/beta/", "ends in /beta. Use https://acme.api.identitynow.com;"],
  ["https://acme.api.identitynow.com/oauth/token", "ends in /oauth/token"],
  ["https://acme.api.identitynow.com/V3", "ends in /V3"],
  ["https://acme.api.identitynow.com/sources/v1/", "ends in /sources/v1. Use https://acme.api.identitynow.com;"],
  ["https://acme.api.identitynow.com/ui/admin", "has something after the host. Use https://acme.api.identitynow.com."],
  ["https://me:pass@acme.api.identitynow.com", "holds a user name or a password"],
])("the base URL %j is refused", (given, problem) => {
  const build = () => createClient({ baseUrl: given, clientId: "id", clientSecret: "secret" });
  expect(build).toThrow(SailPointError);
  expect(build).toThrow(problem);
  expect(build).not.toThrow("pass@");
});

test("what is missing is told together", () => {
  const build = () => createClient({ baseUrl: "https://acme.api.identitynow.com", clientId: "", clientSecret: "" });
  expect(build).toThrow(/client id \(sailpoint:clientId or SAIL_CLIENT_ID\) and the client secret \(.*\) are missing/);
});

test("a version that is none is refused", () => {
  const settings = { baseUrl: "https://acme.api.identitynow.com", clientId: "id", clientSecret: "secret" };
  expect(() => createClient({ ...settings, apiVersion: "2025" })).toThrow(
    'The API version "2025" is not one. Use one of services, v2026, v2025, v2024, v3, beta.',
  );
});
