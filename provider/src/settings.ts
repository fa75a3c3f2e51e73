import { UNKNOWN } from "./unknown";

/** How to reach one tenant, and with which right. */
export interface Settings {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  apiVersion: string;
  readOnly: boolean;
  /** How long the tenant may answer the old state after our own write, in milliseconds. */
  settleMs: number;
}

export const API_VERSIONS = ["v2025", "v2026", "v2024", "v3", "beta"] as const;
const DEFAULT_SETTLE_SECONDS = 10;

type Get = (key: string) => string | undefined;
type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, or everything that is wrong with them, each with its remedy. */
export type Resolved = { settings: Settings } | { problems: string[] } | { unknown: true };

/**
 * Settings from the configuration (`sailpoint:baseUrl` …) and the official tools' environment variables. For the
 * secret, and for the id that belongs to it, the environment wins, since a rotation must reach refresh and destroy,
 * which run with the configuration in the state. Two different base URLs are an error. A named `Tenant` reads only its
 * own configuration and `SAIL_CLIENT_SECRET_<NAME>`.
 */
export function resolveSettings(config: Get, environment: Environment): Resolved {
  const name = config("tenantName");
  const found = name === undefined ? defaultTenant(config, environment) : namedTenant(name, config, environment);
  const values = [found.baseUrl, found.clientId, found.clientSecret, config("apiVersion"), config("readOnly")];
  if (values.includes(UNKNOWN)) return { unknown: true };
  const { baseUrl, clientId, clientSecret } = found;
  const settleSeconds = Number(config("settleSeconds") ?? environment["SAIL_SETTLE_SECONDS"] ?? DEFAULT_SETTLE_SECONDS);
  const problems = [
    ...found.problems,
    ...missing(found, name),
    ...urlProblems(baseUrl),
    ...wordProblems("sailpoint:apiVersion", config("apiVersion"), API_VERSIONS),
    ...wordProblems("sailpoint:readOnly", config("readOnly"), ["true", "false"]),
    ...(Number.isFinite(settleSeconds) && settleSeconds >= 0
      ? []
      : ["sailpoint:settleSeconds must be a number of seconds, 0 or more"]),
  ];
  if (problems.length > 0 || baseUrl === undefined || clientId === undefined || clientSecret === undefined) {
    return { problems };
  }
  return {
    settings: {
      baseUrl: normalised(baseUrl),
      clientId,
      clientSecret,
      apiVersion: config("apiVersion") ?? API_VERSIONS[0],
      readOnly: config("readOnly") === "true",
      settleMs: settleSeconds * 1000,
    },
  };
}

interface Found {
  baseUrl: string | undefined;
  clientId: string | undefined;
  clientSecret: string | undefined;
  problems: string[];
}

function defaultTenant(config: Get, environment: Environment): Found {
  const [fromConfig, fromEnvironment] = [config("baseUrl"), filled(environment["SAIL_BASE_URL"])];
  const differ =
    fromConfig !== undefined &&
    fromConfig !== UNKNOWN &&
    fromEnvironment !== undefined &&
    normalised(fromConfig) !== normalised(fromEnvironment);
  return {
    baseUrl: fromConfig ?? fromEnvironment,
    clientId: filled(environment["SAIL_CLIENT_ID"]) ?? config("clientId"),
    clientSecret: filled(environment["SAIL_CLIENT_SECRET"]) ?? config("clientSecret"),
    problems: differ
      ? [
          `two different tenants are configured: sailpoint:baseUrl is ${fromConfig} and SAIL_BASE_URL is ` +
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

const REMEDIES: Readonly<Record<string, string>> = {
  baseUrl:
    "`pulumi config set sailpoint:baseUrl https://TENANT.api.identitynow.com` or the environment's SAIL_BASE_URL",
  clientId: "`pulumi config set sailpoint:clientId ID` or the environment's SAIL_CLIENT_ID",
  clientSecret: "`pulumi config set --secret sailpoint:clientSecret` or the environment's SAIL_CLIENT_SECRET",
};

function missing(found: Found, name: string | undefined): string[] {
  const keys = (["baseUrl", "clientId", "clientSecret"] as const).filter((key) => filled(found[key]) === undefined);
  return keys.map((key) => {
    if (name === undefined) return `sailpoint:${key} is missing: set it with ${String(REMEDIES[key])}`;
    const variable = key === "clientSecret" ? ` or the environment's ${secretVariable(name)}` : "";
    return `${key} of Tenant "${name}" is missing: give it to new Tenant("${name}", { ${key}: … })${variable}`;
  });
}

function urlProblems(baseUrl: string | undefined): string[] {
  if (filled(baseUrl) === undefined || baseUrl === undefined) return [];
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  return url?.protocol === "https:" || url?.protocol === "http:"
    ? []
    : [`sailpoint:baseUrl is ${JSON.stringify(baseUrl)}, which is no URL: it reads https://TENANT.api.identitynow.com`];
}

const wordProblems = (key: string, value: string | undefined, words: readonly string[]): string[] =>
  value === undefined || words.includes(value)
    ? []
    : [`${key} is ${JSON.stringify(value)}: use one of ${words.join(", ")}`];

const filled = (value: string | undefined): string | undefined => (value === "" ? undefined : value);
const normalised = (url: string): string => url.trim().replace(/\/+$/, "").toLowerCase();
