import { type Json, type JsonObject, isBlank, isObject, own } from "../reconcile";
import { ProblemError } from "../tenant/problem";
import type { Session } from "../tenant/session";
import { UNNAMED } from "./inventory";

/** What an id is called: nothing where nobody knows, and why it cannot be looked up by that. */
export interface Named {
  reference: JsonObject;
  /** Why a program cannot name it so. */
  unnamable?: string;
}

/** As many identities are asked for together as fit a URL. */
const TOGETHER = 50;

/** Ids to names, as a program has to say them so that the same object is found again. */
export class Naming {
  private readonly known = new Map<string, Promise<Named>>();
  private readonly aliases = new Map<string, JsonObject>();

  constructor(private readonly session: Session) {}

  /** Reads the aliases of identities, many at once. */
  async learnIdentities(ids: readonly string[]): Promise<void> {
    const { client, signal } = this.session;
    const wanted = [...new Set(ids)].filter((id) => !this.aliases.has(id)).sort();
    if (!client.has("listIdentities")) return;
    for (let at = 0; at < wanted.length; at += TOGETHER) {
      const list = wanted.slice(at, at + TOGETHER).map((id) => JSON.stringify(id));
      const filters = `id in (${list.join(",")})`;
      for await (const { id, alias, name } of client.paginate("listIdentities", { filters }, { signal })) {
        if (typeof id === "string")
          this.aliases.set(id, { ...(isBlank(alias) ? {} : { alias: String(alias) }), name: name ?? null });
      }
    }
  }

  /** A live reference, `{ type, id, name }`, by its names. */
  named(to: string, live: JsonObject, sourceId: string): Promise<Named> {
    const key = JSON.stringify([to, live["id"], live["name"]]);
    const known = this.known.get(key) ?? this.look(to, live, sourceId);
    this.known.set(key, known);
    return known;
  }

  private async look(to: string, live: JsonObject, sourceId: string): Promise<Named> {
    const [id, name] = [own(live, "id"), own(live, "name")];
    // A schema is looked for among those of its own source.
    if (to === "schema") return { reference: { name: name ?? UNNAMED } };
    const identity = typeof id === "string" ? this.aliases.get(id) : undefined;
    if (identity?.["alias"] !== undefined) return { reference: identity };
    if (typeof name !== "string" || name === "") return this.byId(to, id, sourceId);
    const found = await this.find(to, { name }, sourceId);
    if (typeof found === "string") return { reference: { name }, unnamable: found };
    if (found["id"] === id) return { reference: { name } };
    return { reference: { name }, unnamable: "another object of the tenant has this name" };
  }

  /** Some tenants give an id alone. */
  private async byId(to: string, id: Json | undefined, sourceId: string): Promise<Named> {
    const found = typeof id === "string" ? await this.find(to, { id }, sourceId) : "it has neither name nor id";
    const name = typeof found === "string" ? undefined : found["name"];
    if (isObject(found) && typeof name === "string" && name !== "")
      return this.look(to, { id: id ?? null, name }, sourceId);
    return { reference: { name: UNNAMED }, unnamable: typeof found === "string" ? found : "it has no name" };
  }

  /** What is found, or why not. */
  private async find(to: string, reference: JsonObject, sourceId: string): Promise<JsonObject | string> {
    try {
      return await this.session.references.find(to, reference, sourceId);
    } catch (error) {
      if (error instanceof ProblemError) return error.message.replace(/\. (?:Correct it|Name one of them).*$/s, "");
      throw error;
    }
  }
}
