import * as pulumi from "@pulumi/pulumi";
import type { JsonObject } from "../reconcile";
import type { ClusterResult, ConnectorResult, IdentityResult, SourceResult, functions } from "../tenant/answers";
import type { Occasion, Session, Sessions } from "../tenant/session";
import { type Reference, isKnownLater } from "./inputs";
import { Tenant } from "./tenant";

export type { ClusterResult, ConnectorResult, IdentityResult, SourceResult } from "../tenant/answers";

/** Where a function looks. */
export interface FunctionOptions {
  /** Default: the configured tenant. */
  provider?: Tenant | undefined;
}

/**
 * The source with this name or id, also one that no program manages.
 *
 * @throws when there is none. API: `listSources`.
 * @example
 * const ad = await getSource({ name: "Active Directory" });
 */
export function getSource(args: Reference, options?: FunctionOptions): Promise<SourceResult> {
  return answer("getSource", args, options);
}
/** {@link getSource} for arguments that are known only later. */
export const getSourceOutput = (args: pulumi.Input<Reference>, options?: FunctionOptions) =>
  later(args, options, (known) => getSource(known as Reference, options));

/**
 * All sources, or those that a filter of the API selects.
 *
 * @example
 * const files = await getSources({ filters: 'connectorName eq "Delimited File"' });
 */
export async function getSources(args: { filters?: string } = {}, options?: FunctionOptions): Promise<SourceResult[]> {
  return (await answer("getSources", args, options)).sources;
}
/** {@link getSources} for arguments that are known only later. */
export const getSourcesOutput = (args: pulumi.Input<{ filters?: string }> = {}, options?: FunctionOptions) =>
  later(args, options, (known) => getSources(known, options));

/**
 * The identity with this alias, name or id.
 *
 * @throws when there is none, or more than one of this name. API: `listIdentities`.
 * @example
 * const owner = await getIdentity({ alias: "jane.doe" });
 */
export function getIdentity(
  args: Reference<"alias" | "name" | "id">,
  options?: FunctionOptions,
): Promise<IdentityResult> {
  return answer("getIdentity", args, options);
}
/** {@link getIdentity} for arguments that are known only later. */
export const getIdentityOutput = (args: pulumi.Input<Reference<"alias" | "name" | "id">>, options?: FunctionOptions) =>
  later(args, options, (known) => getIdentity(known as Reference<"alias" | "name" | "id">, options));

/**
 * The managed cluster with this name or id.
 *
 * @throws when there is none. API: `getManagedClusters`.
 */
export function getCluster(args: Reference, options?: FunctionOptions): Promise<ClusterResult> {
  return answer("getCluster", args, options);
}
/** {@link getCluster} for arguments that are known only later. */
export const getClusterOutput = (args: pulumi.Input<Reference>, options?: FunctionOptions) =>
  later(args, options, (known) => getCluster(known as Reference, options));

/**
 * The connector with this script name or name.
 *
 * @throws when the tenant offers none. API: `getConnectorList`.
 * @example
 * const { features } = await getConnector({ scriptName: "active-directory" });
 */
export function getConnector(
  args: Reference<"scriptName" | "name">,
  options?: FunctionOptions,
): Promise<ConnectorResult> {
  return answer("getConnector", args, options);
}
/** {@link getConnector} for arguments that are known only later. */
export const getConnectorOutput = (args: pulumi.Input<Reference<"scriptName" | "name">>, options?: FunctionOptions) =>
  later(args, options, (known) => getConnector(known as Reference<"scriptName" | "name">, options));

/** An answer that waits for the arguments, for what they come from, and for the settings of the tenant that is asked. */
function later<Args, Result>(
  args: pulumi.Input<Args>,
  options: FunctionOptions | undefined,
  ask: (known: pulumi.Unwrap<Args>) => Promise<Result>,
) {
  const given = pulumi.output(args);
  const settings = options?.provider && Tenant.known(options.provider);
  return pulumi.output([settings, idsBehind(given)]).apply(() => given.apply(ask));
}

/**
 * The ids of the resources that an output comes from. A preview knows the name of a source that is yet to be made, and
 * not its id; what is asked for by that name is unknown like the id, as Pulumi's own functions have it.
 */
async function idsBehind(output: object): Promise<pulumi.Output<string>[]> {
  const { allResources } = output as { allResources: () => Promise<Set<pulumi.Resource>> };
  return customOf(await allResources()).flatMap(({ id }: { id?: pulumi.Output<string> }) => (id ? [id] : []));
}

/** A component stands for the resources in it. */
const customOf = (resources: Iterable<pulumi.Resource>): pulumi.CustomResource[] =>
  [...resources].flatMap((resource) => {
    if (pulumi.CustomResource.isInstance(resource)) return [resource];
    const { __childResources = [] } = resource as { __childResources?: Iterable<pulumi.Resource> };
    return customOf(__childResources);
  });

type Functions = typeof functions;
type Answer<Name extends keyof Functions> = Awaited<ReturnType<Functions[Name]["answer"]>>;

/** A mistake of the user or a refusal of the tenant ends the program with its message and no stack. */
async function answer<Name extends keyof Functions>(
  name: Name,
  given: object | undefined,
  options: FunctionOptions | undefined,
): Promise<Answer<Name>> {
  const args = await checkedArguments(name, given);
  // Loaded when a program asks for something, not with every program.
  const sessions = await sessionsOfDeployment();
  const { functions } = await import("../tenant/answers.js");
  const { ProblemError } = await import("../tenant/problem.js");
  const { SailPointError } = await import("../api/errors.js");
  const settings = await (options?.provider ? Tenant.settingsOf(options.provider) : configured());
  const ask = functions[name].answer as (session: Session, args: JsonObject) => Promise<Answer<Name>>;
  try {
    return await ask(await sessions.connect((key) => settings[key]).session(inProgram), args);
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SailPointError) throw mistake(error.message);
    throw error;
  }
}

async function checkedArguments(name: keyof Functions, given: object | undefined): Promise<JsonObject> {
  const { checkArguments } = await import("../lifecycle/arguments.js");
  const isLater = isKnownLater(given);
  // An output has members of its own, which are no arguments.
  const { args, failures } = isLater ? { args: {}, failures: [] } : checkArguments(name, given);
  const mistakes = failures.map(({ reason }) => reason);
  if (isLater || Object.values(given ?? {}).some(isKnownLater)) {
    mistakes.push(`takes no outputs and no promises: ask ${name}Output, which waits for them`);
  }
  if (mistakes.length > 0) throw mistake(mistakes.map((line) => `${name}: ${line}`).join("\n"));
  return args;
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
  // That a version is deprecated, the provider tells: another process, in the same command.
  const sessions = sessionsByDeployment.get(deployment) ?? new Sessions(({ kind }) => kind !== "deprecated");
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
async function configured(): Promise<Record<string, string | undefined>> {
  const { SETTINGS } = await import("../tenant/setting-names.js");
  const config = new pulumi.Config("sailpoint");
  return Object.fromEntries(Object.keys(SETTINGS).map((key) => [key, config.get(key)]));
}
