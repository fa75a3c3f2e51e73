import type { JsonObject, Maybe } from "../reconcile";
import { isObject } from "../reconcile";
import type { Session } from "./session";
import { asObject } from "./wire";

/** What a function takes or answers under one name. */
export interface Value {
  readonly doc: string;
  readonly type: "text" | "texts" | "flag" | "named" | "listOfNamed" | "sources";
  readonly optional?: true;
}
export type Values = Readonly<Record<string, Value>>;

/** What a function takes under one name. `give` completes the sentence "give …" where it is wrong. */
export interface Argument extends Value {
  readonly type: "text";
  readonly optional: true;
  readonly give: string;
}

/** A function that looks something up on the tenant, as data: what it takes, what it answers, and how. */
export interface LookUp<Result> {
  readonly doc: string;
  readonly takes: Readonly<Record<string, Argument>>;
  /** What exactly one of the arguments names, where they do. */
  readonly finds?: string;
  readonly answers: Values;
  /** The arguments are checked before. */
  readonly answer: (session: Session, args: JsonObject) => Promise<Result>;
}

/** Another object of the tenant. */
export interface Named {
  id: string;
  name: string;
}

/** A source as the tenant has it, without its connector's settings. */
export interface SourceResult {
  id: string;
  name: string;
  description: string | undefined;
  /** For example `DelimitedFile`. */
  type: string | undefined;
  connector: string | undefined;
  owner: Named | undefined;
  cluster: Named | undefined;
  authoritative: boolean;
  healthy: boolean;
  schemas: Named[];
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

const ID: Value = { doc: "The tenant's id of it.", type: "text" };
const NAME: Value = { doc: "Its name.", type: "text" };
const by = (...names: string[]): Readonly<Record<string, Argument>> =>
  Object.fromEntries(
    names.map((name) => [name, { doc: `Looks for it by its ${name}.`, type: "text", optional: true, give: name }]),
  );

/** What {@link SourceResult} says. */
export const SOURCE_VALUES: Values = {
  id: ID,
  name: NAME,
  description: { doc: "What the source is for.", type: "text", optional: true },
  type: { doc: "The source's type, for example `DelimitedFile`.", type: "text", optional: true },
  connector: { doc: "The connector's script name.", type: "text", optional: true },
  owner: { doc: "Who owns the source.", type: "named", optional: true },
  cluster: { doc: "The managed cluster that reaches the system.", type: "named", optional: true },
  authoritative: { doc: "Whether an identity profile makes identities of the source's accounts.", type: "flag" },
  healthy: { doc: "Whether the tenant reaches the system.", type: "flag" },
  schemas: { doc: "The source's schemas.", type: "listOfNamed" },
};

/** The functions, by their names. */
export const functions = {
  getSource: {
    doc: "The source with this name or id, also one that no program manages.",
    takes: by("name", "id"),
    finds: "source",
    answers: SOURCE_VALUES,
    answer: async (session, args) => sourceResult(await session.references.find("source", args)),
  } satisfies LookUp<SourceResult>,
  getSources: {
    doc: "All sources, or those that a filter of the API selects.",
    takes: {
      filters: {
        doc: 'A filter of the API, for example `connectorName eq "Jdbc"`.',
        type: "text",
        optional: true,
        give: "a filter of the API",
      },
    },
    answers: { sources: { doc: "The sources.", type: "sources" } },
    answer: async ({ client }, { filters }) => {
      const sources: SourceResult[] = [];
      const selected = typeof filters === "string" ? { filters } : {};
      for await (const source of client.paginate("listSources", selected)) sources.push(sourceResult(asObject(source)));
      return { sources };
    },
  } satisfies LookUp<{ sources: SourceResult[] }>,
  getIdentity: {
    doc: "The identity with this alias, name or id.",
    takes: by("alias", "name", "id"),
    finds: "identity",
    answers: {
      id: ID,
      name: NAME,
      alias: { doc: "The name it signs in with.", type: "text", optional: true },
      email: { doc: "Its mail address.", type: "text", optional: true },
    },
    answer: async (session, args) => {
      const identity = await session.references.find("identity", args);
      return { ...namedOf(identity), alias: text(identity["alias"]), email: text(identity["emailAddress"]) };
    },
  } satisfies LookUp<IdentityResult>,
  getCluster: {
    doc: "The managed cluster with this name or id.",
    takes: by("name", "id"),
    finds: "cluster",
    answers: {
      id: ID,
      name: NAME,
      type: { doc: "Its type.", type: "text", optional: true },
      operational: { doc: "Whether it works at present.", type: "flag", optional: true },
    },
    answer: async (session, args) => {
      const cluster = await session.references.find("cluster", args);
      const { operational } = cluster;
      return {
        ...namedOf(cluster),
        type: text(cluster["type"]),
        operational: typeof operational === "boolean" ? operational : undefined,
      };
    },
  } satisfies LookUp<ClusterResult>,
  getConnector: {
    doc: "The connector with this script name or name.",
    takes: by("scriptName", "name"),
    finds: "connector",
    answers: {
      scriptName: { doc: "What `connector` of a Source names it by.", type: "text" },
      name: NAME,
      type: { doc: "Its type.", type: "text", optional: true },
      className: { doc: "The connector's class.", type: "text", optional: true },
      features: { doc: "What its sources can do.", type: "texts" },
    },
    answer: async (session, args) => {
      const connector = await session.references.find("connector", args);
      const { features } = connector;
      return {
        scriptName: text(connector["scriptName"]) ?? "",
        name: text(connector["name"]) ?? "",
        type: text(connector["type"]),
        className: text(connector["className"]),
        features: Array.isArray(features) ? features.map(String) : [],
      };
    },
  } satisfies LookUp<ConnectorResult>,
} as const;

const text = (value: Maybe): string | undefined => (typeof value === "string" ? value : undefined);

const namedOf = ({ id, name }: JsonObject): Named => ({ id: text(id) ?? "", name: text(name) ?? "" });
const named = (value: Maybe): Named | undefined => (isObject(value) ? namedOf(value) : undefined);

function sourceResult(source: JsonObject): SourceResult {
  const { schemas } = source;
  return {
    ...namedOf(source),
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
