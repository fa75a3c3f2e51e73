import { type Client, type Notice, createClient } from "../api";
import { sentRequests } from "../tenant/sent-requests";
import { resolveSettings, type Settings, type Words } from "../tenant/settings";
import { environmentOf } from "./environments";
import { CommandError } from "./failure";

/** The options that every command has, as commander gives them. */
export interface Globals {
  /** An environment of the official CLI: a tenant by name. */
  env?: string;
  baseUrl?: string;
  clientId?: string;
  apiVersion?: string;
  readOnly?: boolean;
  json?: boolean;
}

/** A tenant that a command works with. */
export interface Connected {
  client: Client;
  settings: Settings;
}

/** The client for the tenant that options and environment name. Everything that is missing is told at once. */
export function connectionFor(
  globals: Globals,
  environment: NodeJS.ProcessEnv,
  onNotice: (notice: Notice) => void,
): Connected {
  const settings = settingsFor(globals, environment);
  return { client: createClient({ ...settings, onNotice, sentRequests: sentRequests(settings) }), settings };
}

function settingsFor(globals: Globals, environment: NodeJS.ProcessEnv): Settings {
  const { base, given: ofEnvironment, givenBy = WORDS.names.baseUrl, words } = environmentOf(globals, environment);
  const given: Readonly<Record<string, string | undefined>> = {
    baseUrl: globals.baseUrl ?? ofEnvironment.baseUrl,
    apiVersion: globals.apiVersion,
    readOnly: globals.readOnly === true ? "true" : undefined,
  };
  // Whoever types a client id means it, whatever the environment says.
  const chosen = globals.clientId === undefined ? base : { ...base, SAIL_CLIENT_ID: globals.clientId };
  const resolved = resolveSettings((key) => given[key], chosen, {
    ...WORDS,
    ...words,
    names: { ...WORDS.names, baseUrl: givenBy },
  });
  if ("settings" in resolved) return resolved.settings;
  const { problems, told } =
    "problems" in resolved ? resolved : { problems: [], told: "The SailPoint tenant is not known" };
  throw new CommandError("notAllowed", `${told}:\n  ${problems.join("\n  ")}`);
}

const WORDS: Words = {
  names: {
    baseUrl: "--base-url",
    apiVersion: "--api-version",
    readOnly: "--read-only",
    settleSeconds: "SAIL_SETTLE_SECONDS",
  },
  missing: {
    baseUrl: "The base URL is missing: `export SAIL_BASE_URL=https://TENANT.api.identitynow.com`, or --base-url",
    clientId: "The client id is missing: `export SAIL_CLIENT_ID=ID`, or --client-id",
    clientSecret:
      "The client secret is missing: `export SAIL_CLIENT_SECRET=SECRET` (never an option: others could read it there)",
  },
};
