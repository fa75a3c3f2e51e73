import { resolveSettings, secretVariable } from "../../../provider/src/tenant/settings";
import { toldOnce } from "../../../provider/src/host/reported";
import { Sessions } from "../../../provider/src/tenant/session";
import { UNKNOWN } from "../../../provider/src/reconcile/unknown";

type Values = Record<string, string>;

const resolve = (config: Values, environment: Values = {}) => resolveSettings((key) => config[key], environment);

function settingsOf(config: Values, environment: Values = {}) {
  const resolved = resolve(config, environment);
  if ("settings" in resolved) return resolved.settings;
  throw new Error(`No settings: ${JSON.stringify(resolved)}`);
}

function problemsOf(config: Values, environment: Values = {}): string[] {
  const resolved = resolve(config, environment);
  return "problems" in resolved ? resolved.problems : [];
}

const config = { baseUrl: "https://acme.api.identitynow.com", clientId: "id", clientSecret: "secret" };
const environment = {
  SAIL_BASE_URL: "https://acme.api.identitynow.com",
  SAIL_CLIENT_ID: "environment's id",
  SAIL_CLIENT_SECRET: "environment's secret",
};

test("the configuration is enough, with defaults for the rest", () => {
  expect(settingsOf(config)).toEqual({ ...config, apiVersion: "v2025", readOnly: false, settleMs: 10_000 });
});

test("the environment is enough", () => {
  expect(settingsOf({}, environment)).toMatchObject({
    baseUrl: environment.SAIL_BASE_URL,
    clientId: "environment's id",
    clientSecret: "environment's secret",
  });
});

test("for the secret and the id that belongs to it the environment wins: a rotation reaches refresh and destroy", () => {
  expect(settingsOf(config, environment)).toMatchObject({
    clientId: "environment's id",
    clientSecret: "environment's secret",
  });
  expect(settingsOf(config, { SAIL_CLIENT_SECRET: "rotated" })).toMatchObject({
    clientId: "id",
    clientSecret: "rotated",
  });
});

test("empty is as good as not set, on either side", () => {
  const empty = { SAIL_BASE_URL: "", SAIL_CLIENT_ID: "", SAIL_CLIENT_SECRET: "" };
  expect(settingsOf(config, empty)).toMatchObject(config);
  const limits = { SAIL_SETTLE_SECONDS: "", SAIL_TIMEOUT_SECONDS: "", SAIL_REQUESTS_PER_10_SECONDS: "" };
  const blank = { settleSeconds: "", timeoutSeconds: "", requestsPer10Seconds: "", apiVersion: "", readOnly: "" };
  for (const settings of [settingsOf(config, limits), settingsOf({ ...config, ...blank })]) {
    expect(settings).toEqual(settingsOf(config));
  }
  expect(settingsOf({ baseUrl: "", clientId: "", clientSecret: "" }, environment)).toMatchObject({
    baseUrl: environment.SAIL_BASE_URL,
  });
});

test("all that is missing is told at once, with both ways to set it", () => {
  expect(problemsOf({})).toEqual([
    "sailpoint:baseUrl is missing: set it with `pulumi config set sailpoint:baseUrl " +
      "https://TENANT.api.identitynow.com` or the environment's SAIL_BASE_URL",
    "sailpoint:clientId is missing: set it with `pulumi config set sailpoint:clientId ID` or the environment's SAIL_CLIENT_ID",
    "sailpoint:clientSecret is missing: set it with `pulumi config set --secret sailpoint:clientSecret` or the " +
      "environment's SAIL_CLIENT_SECRET",
  ]);
  expect(problemsOf({ baseUrl: config.baseUrl }, { SAIL_CLIENT_ID: "x" })).toEqual([
    expect.stringContaining("sailpoint:clientSecret is missing"),
  ]);
});

describe("two base URLs", () => {
  test("that differ are an error that names both", () => {
    const [problem, ...others] = problemsOf(config, { SAIL_BASE_URL: "https://other.api.identitynow.com" });
    expect(others).toEqual([]);
    expect(problem).toContain("two different tenants are configured");
    expect(problem).toContain("https://acme.api.identitynow.com");
    expect(problem).toContain("https://other.api.identitynow.com");
  });

  test.each([
    "https://ACME.api.identitynow.com/",
    " https://acme.api.identitynow.com//",
    "https://acme.api.identitynow.com:443",
    "HTTPS://acme.API.identitynow.com:443/",
    "https://acme.api.identitynow.com.",
  ])("%s is the same", (url) => {
    expect(problemsOf(config, { SAIL_BASE_URL: url })).toEqual([]);
    expect(settingsOf({ ...config, baseUrl: url }).baseUrl).toBe(config.baseUrl);
  });

  test.each([
    "https://acme.api.identitynow.com:8443",
    "https://acme.api.identitynow-demo.com",
    "https://acme2.api.identitynow.com/",
    "acme.api.identitynow.com",
  ])("%s is another", (url) => {
    expect(problemsOf(config, { SAIL_BASE_URL: url })).toEqual([expect.stringContaining("two different tenants")]);
  });

  test("that differ only behind the host are told as one mistake, of what stands there", () => {
    const problems = problemsOf({ ...config, baseUrl: `${config.baseUrl}/v2025` }, { SAIL_BASE_URL: config.baseUrl });
    expect(problems).toEqual([expect.stringContaining("ends in /v2025")]);
  });
});

test("what is missing and what is wrong are told by different headings, once for all resources", async () => {
  const told = (given: Values) => {
    const { told: heading } = resolve(given) as { told?: string };
    return heading;
  };
  const { clientSecret: _secret, ...incomplete } = config;
  const [missing, wrong] = [
    "The SailPoint tenant is not configured",
    "The settings of the SailPoint tenant are not right",
  ];
  expect([incomplete, { ...config, readOnly: "yes" }, { ...incomplete, readOnly: "yes" }].map(told)).toEqual([
    missing,
    wrong,
    wrong,
  ]);
  const connection = new Sessions().connect((key) => ({ ...config, readOnly: "yes" })[key]);
  const failure = await connection.session({ report: SILENT, signal: undefined }).catch((error: unknown) => error);
  const resources = ["a", "b"].map((title) => toldOnce(title, failure as Error));
  expect(resources).toEqual([
    expect.stringContaining(`${wrong}:\nsailpoint:readOnly`),
    "b: not done, for the reason that is told with another resource",
  ]);
});
const SILENT = { info: () => undefined, warn: () => undefined, status: () => undefined };

describe("wrong values", () => {
  const tables: [title: string, change: Values, problem: string][] = [
    ["no URL", { baseUrl: "acme" }, 'sailpoint:baseUrl: The base URL "acme" is not a URL.'],
    [
      "the tenant's pages",
      { baseUrl: "https://acme.identitynow.com" },
      "is the address of the tenant's pages, not of its API. Use https://acme.api.identitynow.com.",
    ],
    ["a version in the URL", { baseUrl: "https://acme.api.identitynow.com/v3" }, "ends in /v3"],
    ["a path", { baseUrl: "https://acme.api.identitynow.com/x" }, "has something after the host"],
    ["plain HTTP", { baseUrl: "http://acme.api.identitynow.com" }, "does not begin with https://"],
    [
      "a version",
      { apiVersion: "2025" },
      'sailpoint:apiVersion is "2025": use one of services, v2026, v2025, v2024, v3, beta',
    ],
    ["readOnly", { readOnly: "yes" }, 'sailpoint:readOnly is "yes": use one of true, false'],
    ["settleSeconds", { settleSeconds: "-1" }, "sailpoint:settleSeconds must be a number of seconds, 0 or more"],
  ];
  test.each(tables)("%s", (_title, change, problem) => {
    expect(problemsOf({ ...config, ...change })).toEqual([expect.stringContaining(problem)]);
  });

  test("are told together, and with what is missing", () => {
    expect(problemsOf({ baseUrl: "acme", readOnly: "yes" })).toHaveLength(4);
  });

  test("a URL with a password in it is refused without repeating the password", () => {
    const problems = problemsOf({ ...config, baseUrl: "https://me:hunter22@acme.api.identitynow.com" });
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain("hunter22");
  });
});

test("what is said is taken", () => {
  const said = { apiVersion: "v2026", readOnly: "true", settleSeconds: "0.5" };
  expect(settingsOf({ ...config, ...said })).toMatchObject({ apiVersion: "v2026", readOnly: true, settleMs: 500 });
  expect(settingsOf(config, { SAIL_SETTLE_SECONDS: "0" })).toMatchObject({ settleMs: 0 });
});

test.each(["baseUrl", "clientId", "clientSecret", "apiVersion", "readOnly"])(
  "%s that is the output of something not deployed yet is no mistake",
  (key) => {
    expect(resolve({ ...config, [key]: UNKNOWN })).toEqual({ unknown: true });
    expect(resolve({ ...config, [key]: UNKNOWN }, { SAIL_BASE_URL: config.baseUrl })).toEqual({ unknown: true });
  },
);

describe("a named tenant", () => {
  const eu = { ...config, tenantName: "eu" };

  test("reads its own configuration, and only its own variable for the secret", () => {
    expect(settingsOf(eu, { ...environment, SAIL_BASE_URL: "https://other.api.identitynow.com" })).toMatchObject(
      config,
    );
    expect(settingsOf(eu, { ...environment, SAIL_CLIENT_SECRET_EU: "rotated" })).toMatchObject({
      clientId: "id",
      clientSecret: "rotated",
    });
  });

  test("lists what is missing, with its own ways to set it", () => {
    expect(problemsOf({ tenantName: "eu" }, environment)).toEqual([
      'baseUrl of the provider "eu" is missing: give it among its arguments (baseUrl)',
      'clientId of the provider "eu" is missing: give it among its arguments (clientId)',
      'clientSecret of the provider "eu" is missing: give it among its arguments (clientSecret) or the environment\'s ' +
        "SAIL_CLIENT_SECRET_EU",
    ]);
  });

  test.each([
    ["eu", "SAIL_CLIENT_SECRET_EU"],
    ["acme-eu.2", "SAIL_CLIENT_SECRET_ACME_EU_2"],
  ])("%s has the variable %s", (name, variable) => {
    expect(secretVariable(name)).toBe(variable);
  });
});
