import type { Client } from "../api";
import { SailPointError } from "../api/errors";
import { ProblemError } from "./problem";
import { type JsonObject, isObject } from "../reconcile";
import { nearestTold } from "../reconcile/nearest";
import type { Reads } from "./reads";
import { eventually } from "./waiting";

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
  /** Everything that may be meant; the tenant filters where it can: what is so, or what begins so. */
  candidates: (lookup: Lookup, by: string, value: string, operator: Operator) => Promise<JsonObject[]>;
  /** The API wants the name beside the id. */
  needsName?: true;
  /** Names are those of one source's. */
  ofSource?: true;
  /** The candidates are the same whatever is looked for, so that one list serves all look-ups. */
  oneList?: true;
  /** Our command that shows all there are, for whoever corrects a name. */
  shownBy?: string;
  /** What to do where there is none of this name; instead of making one. */
  remedy?: string;
  /** Objects of this sort exist that no list shows, so that a similar name is no hint. */
  unlisted?: true;
}

type Operator = "eq" | "sw";

interface Lookup {
  client: Client;
  reads: Reads;
  sourceId: string;
}

/** Two that are to be alike begin alike by no more than this. */
const LONGEST_BEGINNING = 5;
/** Longest list that is searched by name where the API has no filter for it. */
const MOST_CANDIDATES = 10_000;

export async function collected(items: AsyncIterable<object>, most = MOST_CANDIDATES): Promise<JsonObject[]> {
  const list: JsonObject[] = [];
  for await (const item of items) {
    if (isObject(item)) list.push(item);
    if (list.length >= most) break;
  }
  return list;
}

/** So many of what begins alike are looked at for the nearest: one page. */
const MOST_ALIKE = 250;

type Filtered = "listIdentities" | "getPublicIdentities" | "listWorkgroups" | "listSources";
const filtered = (client: Client, operation: Filtered, by: string, operator: Operator, value: string) =>
  collected(
    client.paginate(operation, { filters: `${by} ${operator} ${JSON.stringify(value)}` }),
    operator === "sw" ? MOST_ALIKE : MOST_CANDIDATES,
  );

const REFERABLE: Readonly<Record<string, Referable>> = {
  identity: {
    what: "identity",
    type: "IDENTITY",
    // v3 lists only what every user may see of identities; that is enough here.
    candidates: ({ client }, by, value, operator) => {
      if (client.has("listIdentities")) return filtered(client, "listIdentities", by, operator, value);
      if (by === "name") {
        throw new ProblemError(
          `version ${client.apiVersion} of the API finds no identity by its name: name it by { alias } or { id }, or set ` +
            `sailpoint:apiVersion to a newer one`,
        );
      }
      return filtered(client, "getPublicIdentities", by, operator, value);
    },
    remedy:
      "Correct it, or name the identity in another way ({ alias }, { name } or { id }): one that the tenant has not " +
      "indexed is found by its id only",
  },
  cluster: {
    what: "cluster",
    type: "CLUSTER",
    candidates: ({ client }) => collected(client.paginate("getManagedClusters", {})),
    shownBy: "api getManagedClusters",
    oneList: true,
    needsName: true,
  },
  workgroup: {
    what: "governance group",
    type: "GOVERNANCE_GROUP",
    candidates: ({ client }, by, value, operator) => filtered(client, "listWorkgroups", by, operator, value),
    shownBy: "api listWorkgroups",
  },
  rule: {
    what: "rule",
    type: "RULE",
    candidates: ({ client }) => collected(client.paginate("getConnectorRuleList", {})),
    oneList: true,
    unlisted: true,
    remedy:
      "Cloud rules (correlation, manager correlation, before provisioning) are not in the tenant's list of rules: if it " +
      "is one, name it by { id }. A connector rule must be made first",
  },
  passwordPolicy: {
    what: "password policy",
    type: "PASSWORD_POLICY",
    candidates: ({ client }) => collected(client.paginate("listPasswordPolicies", {})),
    shownBy: "api listPasswordPolicies",
    oneList: true,
    needsName: true,
  },
  source: {
    what: "source",
    type: "SOURCE",
    candidates: ({ client }, by, value, operator) => filtered(client, "listSources", by, operator, value),
    shownBy: "list",
  },
  connector: {
    what: "connector",
    type: "CONNECTOR",
    candidates: ({ client }) => collected(client.paginate("getConnectorList", {})),
    oneList: true,
  },
  subtype: {
    what: "subtype of the source",
    type: "SUBTYPE",
    ofSource: true,
    candidates: async ({ client, sourceId }) => {
      const filters = `source.id eq ${JSON.stringify(sourceId)}`;
      return (await collected(client.paginate("listSourceSubtypes", { filters }))).flatMap(namesOf);
    },
  },
  schema: {
    what: "schema",
    type: "CONNECTOR_SCHEMA",
    ofSource: true,
    candidates: async ({ reads, sourceId }) =>
      (await reads.list("getSourceSchemas", sourceId, reads.settlingMs(sourceId) > 0)) ?? [],
  },
};

/** People name a subtype as they see it, or as it is called underneath. */
const namesOf = ({ technicalName, displayName, ...subtype }: JsonObject): JsonObject[] =>
  [...new Set([technicalName, displayName])].flatMap((name) =>
    typeof name === "string" ? [{ ...subtype, name }] : [],
  );

/** Names to ids of one tenant. What is found is kept for this command; what is not is asked for again. */
export class References {
  private readonly known = new Map<string, Promise<Resolved>>();
  private readonly lists = new Map<string, Promise<JsonObject[]>>();

  constructor(
    private readonly client: Client,
    private readonly reads: Reads,
    /** Whether what is not found is asked for again: it may have been made meanwhile. */
    private readonly missing: "again" | "once" = "again",
  ) {}

  resolve(to: string, reference: JsonObject, sourceId: string): Promise<Resolved> {
    const scope = referable(to).ofSource === true ? sourceId : "";
    const key = JSON.stringify([to, scope, reference]);
    const known = this.known.get(key);
    if (known) return known;
    const asked = this.lookUp(to, reference, sourceId);
    this.known.set(key, asked);
    asked.catch((error: unknown) => {
      if (this.missing === "again" || !(error instanceof ProblemError)) this.known.delete(key);
    });
    if (to === "schema") void asked.finally(() => this.known.delete(key)).catch(() => undefined);
    return asked;
  }

  /** Takes over what a look-up beside this one has found. */
  remember(to: string, reference: JsonObject, found: Resolved): void {
    this.known.set(JSON.stringify([to, "", reference]), Promise.resolve(found));
  }

  private async lookUp(to: string, reference: JsonObject, sourceId: string): Promise<Resolved> {
    const { type, needsName } = referable(to);
    const { id } = reference;
    if (typeof id === "string" && needsName !== true) return { type, id, name: "" };
    const found = await this.find(to, reference, sourceId);
    return { type, id: String(found["id"]), name: String(found["name"] ?? "") };
  }

  /** The one object that a reference names, as the tenant has it. */
  async find(to: string, reference: JsonObject, sourceId = ""): Promise<JsonObject> {
    const { what } = referable(to);
    const [by, value] = Object.entries(reference).find(([, given]) => typeof given === "string") ?? [];
    if (by === undefined || typeof value !== "string") throw new Error(`Bug: reference without a key (${what})`);
    const look = async () => {
      const all = await this.candidates(to, by, value, sourceId);
      const matches = all.filter((candidate) => candidate[by] === value);
      if (matches.length === 0 && this.missing === "again") this.lists.delete(to);
      return { all, matches };
    };
    // What this deployment has made a moment ago may not be listed yet.
    const limitMs = to === "schema" ? this.reads.settlingMs(sourceId) : 0;
    let last = { all: [] as JsonObject[], matches: [] as JsonObject[] };
    await eventually(
      async () => {
        last = await look();
        return last.matches.length > 0 ? true : undefined;
      },
      { limitMs },
    );
    const { all, matches } = last;
    const [found] = matches;
    if (!found) {
      const alike = all.length > 0 ? all : await this.alike(to, by, value).catch(noHint);
      throw new ProblemError(notFound(referable(to), by, value, alike));
    }
    // Two names of one object are two candidates.
    if (matches.some(({ id }) => id !== found["id"])) throw new ProblemError(ambiguous(what, by, value, matches));
    return found;
  }

  /** What begins alike, where the tenant lists not all; asked for once for all that begins so. */
  private alike(to: string, by: string, value: string): Promise<JsonObject[]> {
    const { candidates, oneList, ofSource } = referable(to);
    const beginning = value.slice(0, Math.min(Math.ceil(value.length / 2), LONGEST_BEGINNING));
    if (oneList === true || ofSource === true || by === "id" || beginning.length < 2) return Promise.resolve([]);
    const key = JSON.stringify([to, by, beginning]);
    const asked =
      this.lists.get(key) ?? candidates({ client: this.client, reads: this.reads, sourceId: "" }, by, beginning, "sw");
    this.lists.set(key, asked);
    asked.catch(() => this.lists.delete(key));
    return asked;
  }

  /** All of a sort that is one list, whatever is looked for. */
  all(to: string): Promise<JsonObject[]> {
    return this.candidates(to, "", "", "");
  }

  private candidates(to: string, by: string, value: string, sourceId: string): Promise<JsonObject[]> {
    const { candidates, oneList } = referable(to);
    const known = this.lists.get(to);
    if (known) return known;
    const asked = candidates({ client: this.client, reads: this.reads, sourceId }, by, value, "eq");
    if (oneList !== true) return asked;
    this.lists.set(to, asked);
    asked.catch(() => this.lists.delete(to));
    return asked;
  }
}

/** What is wrong is told all the same, without the nearest. */
function noHint(error: unknown): JsonObject[] {
  if (error instanceof SailPointError) return [];
  throw error;
}

/** Whether such objects are looked for among those of one source. */
export const isOfSource = (to: string): boolean => referable(to).ofSource === true;

/** A reference whose id is known already, unless the API wants more of it than the reference says. */
export function recall(to: string, { name }: JsonObject, id: string): Resolved | undefined {
  const { type, needsName } = referable(to);
  if (needsName === true && typeof name !== "string") return undefined;
  return { type, id, name: needsName === true && typeof name === "string" ? name : "" };
}

function referable(to: string): Referable {
  const found = REFERABLE[to];
  if (!found) throw new Error(`Bug: unknown reference table ${to}`);
  return found;
}

function notFound(
  { what, shownBy, remedy, unlisted }: Referable,
  by: string,
  value: string,
  all: JsonObject[],
): string {
  const names = all.flatMap((candidate) => (typeof candidate[by] === "string" ? [candidate[by]] : []));
  const near = unlisted === true ? "" : nearestTold(value, names);
  const shown = shownBy === undefined ? "" : ` (\`pulumi-sailpoint ${shownBy}\` shows all)`;
  const advice = remedy ?? `Correct it${shown}, or create the ${what} first`;
  return `the tenant has no ${what} with ${by} ${JSON.stringify(value)}${near}. ${advice}`;
}

function ambiguous(what: string, by: string, value: string, found: JsonObject[]): string {
  const list = found.map(({ id, alias }) => (typeof alias === "string" ? `alias ${alias}` : `id ${String(id)}`));
  return (
    `the tenant has ${String(found.length)} objects of kind ${what} with ${by} ${JSON.stringify(value)}: ` +
    `${list.join(", ")}. Name one of them that way`
  );
}
