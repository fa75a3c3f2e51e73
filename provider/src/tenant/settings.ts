import { SailPointError } from "../api/errors";
import { isSameTenant, normalizeBaseUrl } from "../api/options";
import { apiVersions, defaultApiVersion } from "../api/versions";
import { UNKNOWN } from "../reconcile/unknown";

/** How to reach one tenant, and with which right. */
export interface Settings {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  apiVersion: string;
  readOnly: boolean;
  /** How long the tenant may answer the old state after our own write, in milliseconds. */
  settleMs: number;
  /** How long one call may take in all, with its repetitions; undefined: as the client has it. */
  deadlineMs: number | undefined;
  /** How many requests the tenant takes; false: as many as come; undefined: what ISC documents. */
  rateLimit: { requests: number; perMs: number } | false | undefined;
}

const DEFAULT_SETTLE_SECONDS = 10;

/** How messages call the settings, and what they tell to do where one is missing. */
export interface Words {
  names: Readonly<Record<"baseUrl" | "apiVersion" | "readOnly" | "settleSeconds", string>>;
  missing: Readonly<Record<"baseUrl" | "clientId" | "clientSecret", string>>;
}

type Get = (key: string) => string | undefined;
type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, or everything that is wrong with them, each with its remedy. */
export type Resolved = { settings: Settings } | { problems: string[]; told: string } | { unknown: true };

/**
 * Settings from the configuration (`sailpoint:baseUrl` …) and the official tools' environment variables. For the
 * secret, and for the id that belongs to it, the environment wins, since a rotation must reach refresh and destroy,
 * which run with the configuration in the state. Two different base URLs are an error. A named `Tenant` reads only its
 * own configuration and `SAIL_CLIENT_SECRET_<NAME>`.
 */
export function resolveSettings(given: Get, environment: Environment, words: Words = OF_PROGRAMS): Resolved {
  const { names } = words;
  const config: Get = (key) => filled(given(key));
  const name = config("tenantName");
  const found = name === undefined ? defaultTenant(config, environment, names) : namedTenant(name, config, environment);
  const values = [found.baseUrl, found.clientId, found.clientSecret, config("apiVersion"), config("readOnly")];
  if (values.includes(UNKNOWN)) return { unknown: true };
  const { baseUrl, clientId, clientSecret } = found;
  const { settleSeconds, timeout, rate } = numbersIn(config, environment);
  const lacking = missing(found, name, words);
  const problems = [
    ...found.problems,
    ...lacking,
    ...urlProblems(config("baseUrl") === undefined ? "SAIL_BASE_URL" : names.baseUrl, baseUrl),
    ...valueProblems(config, environment, names),
  ];
  if (problems.length > 0 || baseUrl === undefined || clientId === undefined || clientSecret === undefined) {
    const isIncomplete = problems.length === lacking.length;
    const told = isIncomplete
      ? "The SailPoint tenant is not configured"
      : "The settings of the SailPoint tenant are not right";
    return { problems, told };
  }
  return {
    settings: {
      baseUrl: normalizeBaseUrl(baseUrl),
      clientId,
      clientSecret,
      apiVersion: config("apiVersion") ?? defaultApiVersion,
      readOnly: config("readOnly") === "true",
      settleMs: settleSeconds * 1000,
      deadlineMs: timeout === undefined ? undefined : Number(timeout) * 1000,
      rateLimit: rateLimitOf(rate),
    },
  };
}

/** What is wrong with values by themselves, whatever else is given. */
export function valueProblems(
  config: Get,
  environment: Environment,
  names: Pick<Words["names"], "apiVersion" | "readOnly" | "settleSeconds">,
): string[] {
  const { settleSeconds, timeout, rate } = numbersIn(config, environment);
  return [
    ...wordProblems(names.apiVersion, config("apiVersion"), apiVersions),
    ...wordProblems(names.readOnly, config("readOnly"), ["true", "false"]),
    ...(Number.isFinite(settleSeconds) && settleSeconds >= 0
      ? []
      : [`${names.settleSeconds} must be a number of seconds, 0 or more`]),
    ...(timeout === undefined || Number(timeout) > 0
      ? []
      : ["sailpoint:timeoutSeconds (or SAIL_TIMEOUT_SECONDS) must be a number of seconds, more than 0"]),
    ...(rate === undefined || rate === "unlimited" || Number(rate) >= 1
      ? []
      : ["sailpoint:requestsPer10Seconds (or SAIL_REQUESTS_PER_10_SECONDS) must be a number, 1 or more, or unlimited"]),
  ];
}

function numbersIn(config: Get, environment: Environment) {
  const settleSeconds = Number(
    config("settleSeconds") ?? filled(environment["SAIL_SETTLE_SECONDS"]) ?? DEFAULT_SETTLE_SECONDS,
  );
  const timeout = config("timeoutSeconds") ?? filled(environment["SAIL_TIMEOUT_SECONDS"]);
  const rate = config("requestsPer10Seconds") ?? filled(environment["SAIL_REQUESTS_PER_10_SECONDS"]);
  return { settleSeconds, timeout, rate };
}

interface Found {
  baseUrl: string | undefined;
  clientId: string | undefined;
  clientSecret: string | undefined;
  problems: string[];
}

function defaultTenant(config: Get, environment: Environment, names: Words["names"]): Found {
  const [fromConfig, fromEnvironment] = [config("baseUrl"), filled(environment["SAIL_BASE_URL"])];
  const differ =
    fromConfig !== undefined &&
    fromConfig !== UNKNOWN &&
    fromEnvironment !== undefined &&
    !isSameTenant(fromConfig, fromEnvironment);
  return {
    baseUrl: fromConfig ?? fromEnvironment,
    clientId: filled(environment["SAIL_CLIENT_ID"]) ?? config("clientId"),
    clientSecret: filled(environment["SAIL_CLIENT_SECRET"]) ?? config("clientSecret"),
    problems: differ
      ? [
          `two different tenants are configured: ${names.baseUrl} is ${fromConfig} and SAIL_BASE_URL is ` +
            `${fromEnvironment}. Remove one, or make them equal`,
        ]
      : [],
  };
}

function namedTenant(name: string, config: Get, environment: Environment): Found {
  return {
    baseUrl: config("baseUrl"),
    clientId: config("clientId"),
    clientSecret: filled(environment[secretVariable(name)]) ?? config("clientSecret"),
    problems: [],
  };
}

/** The environment variable with the client secret of a named tenant. */
export const secretVariable = (name: string): string =>
  `SAIL_CLIENT_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`;

const OF_PROGRAMS: Words = {
  names: {
    baseUrl: "sailpoint:baseUrl",
    apiVersion: "sailpoint:apiVersion",
    readOnly: "sailpoint:readOnly",
    settleSeconds: "sailpoint:settleSeconds",
  },
  missing: {
    baseUrl:
      "sailpoint:baseUrl is missing: set it with `pulumi config set sailpoint:baseUrl " +
      "https://TENANT.api.identitynow.com` or the environment's SAIL_BASE_URL",
    clientId:
      "sailpoint:clientId is missing: set it with `pulumi config set sailpoint:clientId ID` or the environment's " +
      "SAIL_CLIENT_ID",
    clientSecret:
      "sailpoint:clientSecret is missing: set it with `pulumi config set --secret sailpoint:clientSecret` or the " +
      "environment's SAIL_CLIENT_SECRET",
  },
};

function missing(found: Found, name: string | undefined, words: Words): string[] {
  const keys = (["baseUrl", "clientId", "clientSecret"] as const).filter((key) => found[key] === undefined);
  return keys.map((key) => {
    if (name === undefined) return words.missing[key];
    const variable = key === "clientSecret" ? ` or the environment's ${secretVariable(name)}` : "";
    return `${key} of the provider "${name}" is missing: give it among its arguments (${key})${variable}`;
  });
}

function urlProblems(name: string, baseUrl: string | undefined): string[] {
  if (baseUrl === undefined) return [];
  try {
    normalizeBaseUrl(baseUrl);
    return [];
  } catch (error) {
    if (!(error instanceof SailPointError)) throw error;
    return [`${name}: ${error.message}`];
  }
}

const wordProblems = (key: string, value: string | undefined, words: readonly string[]): string[] =>
  value === undefined || words.includes(value)
    ? []
    : [`${key} is ${JSON.stringify(value)}: use one of ${words.join(", ")}`];

const rateLimitOf = (rate: string | undefined): Settings["rateLimit"] =>
  rate === undefined ? undefined : rate !== "unlimited" && { requests: Math.floor(Number(rate)), perMs: 10_000 };

const filled = (value: string | undefined): string | undefined => (value === "" ? undefined : value);
