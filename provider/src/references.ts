import { closest } from "fastest-levenshtein";
import type { Client } from "./api";
import { ProblemError } from "./problem";
import {
  type Json,
  type JsonObject,
  type Maybe,
  type Path,
  type Rule,
  isObject,
  own,
  pathText,
  put,
} from "./reconcile";
import { merges } from "./reconcile/rules";
import type { Reads } from "./reads";

/** A reference as the API has it. */
export interface Resolved {
  type: string;
  id: string;
  name: string;
}

interface Referable {
  /** What messages call it. */
  what: string;
  /** The API's type of such a reference. */
  type: string;
  /** Everything that may be meant; the tenant filters where it can. */
  candidates: (lookup: Lookup, by: string, value: string) => Promise<JsonObject[]>;
  /** The API wants the name beside the id. */
  needsName?: true;
}

interface Lookup {
  client: Client;
  reads: Reads;
  sourceId: string;
}

/** Longest list that is searched by name where the API has no filter for it. */
const MOST_CANDIDATES = 10_000;

async function collected(items: AsyncIterable<object>): Promise<JsonObject[]> {
  const list: JsonObject[] = [];
  for await (const item of items) {
    if (isObject(item)) list.push(item);
    if (list.length >= MOST_CANDIDATES) break;
  }
  return list;
}

const REFERABLE: Readonly<Record<string, Referable>> = {
  identity: {
    what: "identity",
    type: "IDENTITY",
    candidates: ({ client }, by, value) =>
      collected(client.paginate("listIdentities", { filters: `${by} eq ${JSON.stringify(value)}` })),
  },
  cluster: {
    what: "cluster",
    type: "CLUSTER",
    candidates: ({ client }) => collected(client.paginate("getManagedClusters", {})),
    needsName: true,
  },
  workgroup: {
    what: "governance group",
    type: "GOVERNANCE_GROUP",
    candidates: ({ client }, by, value) =>
      collected(client.paginate("listWorkgroups", { filters: `${by} eq ${JSON.stringify(value)}` })),
  },
  rule: {
    what: "rule",
    type: "RULE",
    candidates: ({ client }) => collected(client.paginate("getConnectorRuleList", {})),
  },
  passwordPolicy: {
    what: "password policy",
    type: "PASSWORD_POLICY",
    candidates: ({ client }) => collected(client.paginate("listPasswordPolicies", {})),
    needsName: true,
  },
  schema: {
    what: "schema",
    type: "CONNECTOR_SCHEMA",
    candidates: async ({ reads, sourceId }) => (await reads.list("getSourceSchemas", sourceId, false)) ?? [],
  },
};

/** Names to ids of one tenant. What is found is kept for this command; what is not is asked for again. */
export class References {
  private readonly known = new Map<string, Promise<Resolved>>();

  constructor(
    private readonly client: Client,
    private readonly reads: Reads,
  ) {}

  resolve(to: string, reference: JsonObject, sourceId: string): Promise<Resolved> {
    const scope = to === "schema" ? sourceId : "";
    const key = JSON.stringify([to, scope, reference]);
    const known = this.known.get(key);
    if (known) return known;
    const asked = this.lookUp(to, reference, sourceId);
    this.known.set(key, asked);
    asked.catch(() => this.known.delete(key));
    if (to === "schema") void asked.finally(() => this.known.delete(key)).catch(() => undefined);
    return asked;
  }

  private async lookUp(to: string, reference: JsonObject, sourceId: string): Promise<Resolved> {
    const referable = REFERABLE[to];
    if (!referable) throw new Error(`Bug: unknown reference table ${to}`);
    const { type, what, candidates, needsName } = referable;
    const [by, value] = Object.entries(reference).find(([, given]) => typeof given === "string") ?? [];
    if (by === undefined || typeof value !== "string") throw new Error(`Bug: reference without a key (${what})`);
    if (by === "id" && needsName !== true) return { type, id: value, name: "" };
    const all = await candidates({ client: this.client, reads: this.reads, sourceId }, by, value);
    const [found, ...others] = all.filter((candidate) => candidate[by] === value);
    if (!found) throw new ProblemError(notFound(what, by, value, all));
    if (others.length > 0) throw new ProblemError(ambiguous(what, by, value, [found, ...others]));
    return { type, id: String(found["id"]), name: String(found["name"] ?? "") };
  }
}

function notFound(what: string, by: string, value: string, all: JsonObject[]): string {
  const names = all.flatMap((candidate) => (typeof candidate[by] === "string" ? [candidate[by]] : []));
  const near = names.length > 0 ? `; the nearest is ${JSON.stringify(closest(value, names))}` : "";
  return `the tenant has no ${what} with ${by} ${JSON.stringify(value)}${near}. Correct it, or create the ${what} first`;
}

function ambiguous(what: string, by: string, value: string, found: JsonObject[]): string {
  const list = found.map(({ id, alias }) => (typeof alias === "string" ? `alias ${alias}` : `id ${String(id)}`));
  return (
    `the tenant has ${String(found.length)} objects of kind ${what} with ${by} ${JSON.stringify(value)}: ` +
    `${list.join(", ")}. Name one of them that way`
  );
}

/** A look-up for each reference on the way through declared values. */
type Replace = (rule: { to: string }, reference: JsonObject, path: Path) => Promise<Json> | Json;

/** The declared values with each reference replaced. All that cannot be found is told together. */
export async function mapReferences(value: JsonObject, rule: Rule, replace: Replace): Promise<JsonObject> {
  const problems: string[] = [];
  const mapped = await walk(value, rule, [], async (to, reference, path) => {
    try {
      return await replace(to, reference, path);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(`${pathText(path)}: ${error.message}`);
      return null;
    }
  });
  if (problems.length > 0) throw new ProblemError(problems.join("\n"));
  return isObject(mapped) ? mapped : {};
}

async function walk(value: Json, rule: Rule, path: Path, replace: Replace): Promise<Json> {
  if (rule.is === "reference" && isObject(value)) return replace(rule, value, path);
  if ((rule.is === "list" || rule.is === "keyed") && Array.isArray(value)) {
    const step = (item: Json, i: number) =>
      rule.is === "keyed" ? { by: rule.by, key: own(item, rule.by) ?? null } : String(i);
    return Promise.all(value.map((item, i) => walk(item, rule.of, [...path, step(item, i)], replace)));
  }
  if (!merges(rule) || rule.is === "free" || !isObject(value)) return value;
  const mapped: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const field: Rule | undefined = rule.fields[key];
    put(mapped, key, field ? await walk(member, field, [...path, key], replace) : member);
  }
  return mapped;
}

/** The ids that references were resolved to, by path. */
export type ResolvedIds = Record<string, string>;

/** The inputs in the API's terms, each reference looked up on the tenant. */
export async function resolveAll(
  inputs: JsonObject,
  rule: Rule,
  references: References,
  sourceId: string,
): Promise<{ desired: JsonObject; ids: ResolvedIds }> {
  const ids: ResolvedIds = {};
  const desired = await mapReferences(inputs, rule, async ({ to }, reference, path) => {
    const { name, ...found } = await references.resolve(to, reference, sourceId);
    // A schema is told by its name on its source; keeping its id would only weigh on the state.
    if (to !== "schema") ids[pathText(path)] = found.id;
    return name === "" ? found : { ...found, name };
  });
  return { desired, ids };
}

/** The applied inputs in the API's terms, by the ids that are already known: no look-up. */
export const recalled = (inputs: JsonObject, rule: Rule, ids: ResolvedIds): Promise<JsonObject> =>
  mapReferences(inputs, rule, (_to, reference, path) => {
    const id = ids[pathText(path)];
    return id === undefined ? reference : { id };
  });

/** A projected value in the program's own spelling: what it recalls unchanged is spelled as it was. */
export function respelled(projected: Maybe, recalledInputs: Maybe, inputs: Maybe, rule: Rule): Maybe {
  if (rule.is === "reference") return projected === recalledInputs ? inputs : spelled(projected);
  if (rule.is === "keyed" && Array.isArray(projected) && Array.isArray(recalledInputs) && Array.isArray(inputs)) {
    return projected.map((item) => {
      const i = recalledInputs.findIndex((candidate) => own(candidate, rule.by) === own(item, rule.by));
      return respelled(item, recalledInputs[i], inputs[i], rule.of) ?? null;
    });
  }
  if (rule.is === "list" && Array.isArray(projected)) {
    if (projected === recalledInputs) return inputs;
    return projected.map((item) => respelled(item, undefined, undefined, rule.of) ?? null);
  }
  if (rule.is !== "object" || !isObject(projected)) return projected;
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(projected)) {
    const field = rule.fields[key];
    const spelling = field ? respelled(value, own(recalledInputs, key), own(inputs, key), field) : value;
    if (spelling !== undefined) put(result, key, spelling);
  }
  return result;
}

/** A live reference as a program would write it. */
export function spelled(reference: Maybe): Maybe {
  const name = own(reference, "name");
  if (typeof name === "string" && name !== "") return { name };
  const id = own(reference, "id");
  return typeof id === "string" ? { id } : undefined;
}
