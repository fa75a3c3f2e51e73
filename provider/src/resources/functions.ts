import * as pulumi from "@pulumi/pulumi";
import type { Occasion, Session, Sessions } from "../tenant/session";
import type { JsonObject } from "../reconcile";
import type { Reference } from "./inputs";
import { Tenant } from "./tenant";

/** Where a function looks. */
export interface FunctionOptions {
  /** Default: the configured tenant. */
  provider?: Tenant | undefined;
}

/** A source as the tenant has it, without its connector's settings. */
export interface SourceResult {
  id: string;
  name: string;
  description: string | undefined;
  /** For example `DelimitedFile`. */
  type: string | undefined;
  connector: string | undefined;
  owner: { id: string; name: string } | undefined;
  cluster: { id: string; name: string } | undefined;
  authoritative: boolean;
  healthy: boolean;
  schemas: { id: string; name: string }[];
}

/** An identity of the tenant. */
export interface IdentityResult {
  id: string;
  name: string;
  alias: string | undefined;
  email: string | undefined;
}

/** A managed cluster of the tenant. */
export interface ClusterResult {
  id: string;
  name: string;
  type: string | undefined;
  /** Whether it works at present. */
  operational: boolean | undefined;
}

/** A kind of connector that the tenant offers. */
export interface ConnectorResult {
  /** What `connector` of a Source names it by. */
  scriptName: string;
  name: string;
  type: string | undefined;
  className: string | undefined;
  features: string[];
}

/**
 * The source with this name or id, also one that no program manages.
 *
 * @throws when there is none. API: `listSources`.
 * @example
 * const ad = await getSource({ name: "Active Directory" });
 */
export async function getSource(args: Reference, options?: FunctionOptions): Promise<SourceResult> {
  return sourceResult(await found("source", args, options));
}
/** {@link getSource} for arguments that are known only later. */
export const getSourceOutput = (args: pulumi.Input<Reference>, options?: FunctionOptions) =>
  pulumi.output(args).apply((known) => getSource(known as Reference, options));

/**
 * All sources, or those that a filter of the API selects.
 *
 * @example
 * const files = await getSources({ filters: 'connectorName eq "Delimited File"' });
 */
export async function getSources(args: { filters?: string } = {}, options?: FunctionOptions): Promise<SourceResult[]> {
  return inSession(options, async ({ client }) => {
    const { asObject } = await import("../tenant/wire.js");
    const sources: SourceResult[] = [];
    for await (const source of client.paginate("listSources", args)) sources.push(sourceResult(asObject(source)));
    return sources;
  });
}
/** {@link getSources} for arguments that are known only later. */
export const getSourcesOutput = (args: pulumi.Input<{ filters?: string }> = {}, options?: FunctionOptions) =>
  pulumi.output(args).apply((known) => getSources(known, options));

/**
 * The identity with this alias, name or id.
 *
 * @throws when there is none, or more than one of this name. API: `listIdentities`.
 * @example
 * const owner = await getIdentity({ alias: "jane.doe" });
 */
export async function getIdentity(
  args: Reference<"alias" | "name" | "id">,
  options?: FunctionOptions,
): Promise<IdentityResult> {
  const identity = await found("identity", args, options);
  return {
    id: text(identity["id"]) ?? "",
    name: text(identity["name"]) ?? "",
    alias: text(identity["alias"]),
    email: text(identity["emailAddress"]),
  };
}
/** {@link getIdentity} for arguments that are known only later. */
export const getIdentityOutput = (args: pulumi.Input<Reference<"alias" | "name" | "id">>, options?: FunctionOptions) =>
  pulumi.output(args).apply((known) => getIdentity(known as Reference<"alias" | "name" | "id">, options));

/**
 * The managed cluster with this name or id.
 *
 * @throws when there is none. API: `getManagedClusters`.
 */
export async function getCluster(args: Reference, options?: FunctionOptions): Promise<ClusterResult> {
  const cluster = await found("cluster", args, options);
  const { operational } = cluster;
  return {
    id: text(cluster["id"]) ?? "",
    name: text(cluster["name"]) ?? "",
    type: text(cluster["type"]),
    operational: typeof operational === "boolean" ? operational : undefined,
  };
}
/** {@link getCluster} for arguments that are known only later. */
export const getClusterOutput = (args: pulumi.Input<Reference>, options?: FunctionOptions) =>
  pulumi.output(args).apply((known) => getCluster(known as Reference, options));

/**
 * The connector with this script name or name.
 *
 * @throws when the tenant offers none. API: `getConnectorList`.
 * @example
 * const { features } = await getConnector({ scriptName: "active-directory" });
 */
export async function getConnector(
  args: Reference<"scriptName" | "name">,
  options?: FunctionOptions,
): Promise<ConnectorResult> {
  const connector = await found("connector", args, options);
  const { features } = connector;
  return {
    scriptName: text(connector["scriptName"]) ?? "",
    name: text(connector["name"]) ?? "",
    type: text(connector["type"]),
    className: text(connector["className"]),
    features: Array.isArray(features) ? features.map(String) : [],
  };
}
/** {@link getConnector} for arguments that are known only later. */
export const getConnectorOutput = (args: pulumi.Input<Reference<"scriptName" | "name">>, options?: FunctionOptions) =>
  pulumi.output(args).apply((known) => getConnector(known as Reference<"scriptName" | "name">, options));

const found = (to: string, args: object, options: FunctionOptions | undefined): Promise<JsonObject> =>
  inSession(options, ({ references }) => references.find(to, { ...args }));

/** A mistake of the user or a refusal of the tenant ends the program with its message and no stack. */
async function inSession<T>(options: FunctionOptions | undefined, ask: (session: Session) => Promise<T>): Promise<T> {
  // Loaded when a program asks for something, not with every program.
  const sessions = await sessionsOfDeployment();
  const { ProblemError } = await import("../tenant/problem.js");
  const { SailPointError } = await import("../api/errors.js");
  const settings = await (options?.provider ? Tenant.settingsOf(options.provider) : configured());
  try {
    return await ask(await sessions.connect((key) => settings[key]).session(inProgram));
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SailPointError) throw mistake(error.message);
    throw error;
  }
}

/**
 * With the Automation API one process runs many deployments: what a deployment has read and looked up ends with it, as
 * its root resource does.
 */
const sessionsByDeployment = new WeakMap<object, Sessions>();
const outsideOfDeployments = {};

async function sessionsOfDeployment(): Promise<Sessions> {
  const { Sessions } = await import("../tenant/session.js");
  const deployment = pulumi.runtime.getStackResource() ?? outsideOfDeployments;
  const sessions = sessionsByDeployment.get(deployment) ?? new Sessions();
  sessionsByDeployment.set(deployment, sessions);
  return sessions;
}

/** What a function has to tell goes where the program's own lines go. */
const inProgram: Occasion = {
  report: {
    info: (line) => void pulumi.log.info(line),
    warn: (line) => void pulumi.log.warn(line),
    status: () => undefined,
  },
  signal: undefined,
};

function mistake(message: string): Error {
  const error = new pulumi.RunError(message);
  // Pulumi shows the stack of an error in a promise that nobody awaits.
  error.stack = "";
  return error;
}

/** The stack's configuration, as the provider gets it. */
function configured(): Promise<Record<string, string | undefined>> {
  const config = new pulumi.Config("sailpoint");
  const keys = [
    ...["baseUrl", "clientId", "clientSecret", "apiVersion", "readOnly", "settleSeconds", "timeoutSeconds"],
    "requestsPer10Seconds",
  ];
  return Promise.resolve(Object.fromEntries(keys.map((key) => [key, config.get(key)])));
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function named(value: unknown): { id: string; name: string } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id, name } = value as { id?: unknown; name?: unknown };
  return { id: text(id) ?? "", name: text(name) ?? "" };
}

function sourceResult(source: JsonObject): SourceResult {
  const { schemas } = source;
  return {
    id: text(source["id"]) ?? "",
    name: text(source["name"]) ?? "",
    description: text(source["description"]),
    type: text(source["type"]),
    connector: text(source["connector"]),
    owner: named(source["owner"]),
    cluster: named(source["cluster"]),
    authoritative: source["authoritative"] === true,
    healthy: source["healthy"] === true,
    schemas: Array.isArray(schemas) ? schemas.flatMap((schema) => named(schema) ?? []) : [],
  };
}
