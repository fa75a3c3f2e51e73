import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { secretVariable, type Words } from "../tenant/settings";
import { UsageError } from "./failure";
import { didYouMean } from "../reconcile/nearest";

/*
 * Tenants by name, as SailPoint's own CLI keeps them. Its file is only read, and only for addresses: the secrets of that
 * CLI stay where they are, and ours come from the environment.
 */

/** What an environment gives to the settings. */
export interface Environment {
  /** The environment variables of just this tenant. */
  base: NodeJS.ProcessEnv;
  given: { baseUrl?: string | undefined };
  /** How messages call the address that is given. */
  givenBy?: string;
  /** What to do where something of it is missing. */
  words: Partial<Words>;
}

interface Chosen {
  env?: string | undefined;
  baseUrl?: string | undefined;
}

/** The tenant that is chosen by name, or the environment as it is where none is. */
export function environmentOf({ env, baseUrl }: Chosen, variables: NodeJS.ProcessEnv): Environment {
  if (env !== undefined) return named(env, baseUrl, variables);
  if (baseUrl !== undefined || filled(variables["SAIL_BASE_URL"]) !== undefined) return plain(variables);
  // The official CLI's choice counts where nobody made another one.
  const { active, environments, path } = officialFile(variables);
  const url = active === undefined ? undefined : environments.get(active);
  return url === undefined ? plain(variables) : { ...plain(variables), given: { baseUrl: url }, givenBy: path };
}

const plain = (variables: NodeJS.ProcessEnv): Environment => ({ base: variables, given: {}, words: {} });

function named(env: string, typed: string | undefined, variables: NodeJS.ProcessEnv): Environment {
  const variable = (what: string) => secretVariable(env).replace("CLIENT_SECRET", what);
  const [urlVariable, idVariable, secretVariableName] = [
    variable("BASE_URL"),
    variable("CLIENT_ID"),
    secretVariable(env),
  ];
  const fromVariable = filled(variables[urlVariable]);
  const file = officialFile(variables);
  const baseUrl = typed ?? fromVariable ?? file.environments.get(env);
  if (baseUrl === undefined) {
    const hint = didYouMean(env, [...file.environments.keys()]);
    throw new UsageError(
      `There is no environment "${env}" in ${file.path}, and ${urlVariable} is not set.${hint} ` +
        "`sail environment create` of SailPoint's CLI makes one.",
    );
  }
  const { SAIL_BASE_URL: _url, SAIL_CLIENT_ID: _id, SAIL_CLIENT_SECRET: _secret, ...rest } = variables;
  // Credentials of one tenant are never sent to another: only those of this name count.
  const base = { ...rest, SAIL_CLIENT_ID: variables[idVariable], SAIL_CLIENT_SECRET: variables[secretVariableName] };
  return {
    base,
    given: { baseUrl },
    ...(typed === undefined ? { givenBy: fromVariable === undefined ? file.path : urlVariable } : {}),
    words: {
      missing: {
        baseUrl: `The base URL of ${env} is missing: \`export ${urlVariable}=https://TENANT.api.identitynow.com\``,
        clientId: `The client id of ${env} is missing: \`export ${idVariable}=ID\``,
        clientSecret: `The client secret of ${env} is missing: \`export ${secretVariableName}=SECRET\``,
      },
    },
  };
}

interface OfficialFile {
  path: string;
  active: string | undefined;
  /** Base URLs by the names of the environments. */
  environments: ReadonlyMap<string, string>;
}

function officialFile(variables: NodeJS.ProcessEnv): OfficialFile {
  const path = join(filled(variables["HOME"]) ?? homedir(), ".sailpoint", "config.yaml");
  const content = parsed(path, textOf(path));
  const environments = new Map<string, string>();
  for (const [name, environment] of Object.entries(record(content["environments"]))) {
    const url = record(environment)["baseurl"];
    if (typeof url === "string" && url !== "") environments.set(name, url);
  }
  const active = content["activeenvironment"];
  return { path, active: typeof active === "string" && active !== "" ? active : undefined, environments };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw new UsageError(`The file ${path} of SailPoint's CLI cannot be read: ${String(error)}`, { cause: error });
  }
}

function parsed(path: string, text: string): Record<string, unknown> {
  try {
    return record(parse(text));
  } catch (error) {
    // The message would show lines of a file that holds secrets of others.
    throw new UsageError(`The file ${path} of SailPoint's CLI is no YAML.`, { cause: error });
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const filled = (value: string | undefined): string | undefined => (value === "" ? undefined : value);
