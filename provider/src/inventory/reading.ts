import { SailPointError } from "../api/errors";
import type { Kind } from "../kinds/kind";
import { type JsonObject, isObject, own } from "../reconcile";
import type { Session } from "../tenant/session";
import { asObject } from "../tenant/wire";
import { atOnce } from "./at-once";
import { distinct } from "./distinct";
import { type Spell, asTheTenantKnows, entryOf } from "./entries";
import {
  type Entry,
  type Inventory,
  type Note,
  type SourceEntry,
  byText,
  childKinds,
  sourceKind,
  titleOf,
} from "./inventory";
import { Naming } from "./naming";

export interface Reading {
  /** Which of the tenant's sources, by the source as the list has it. Default: all. */
  which?: (source: JsonObject) => boolean;
  /** The API's own filter. */
  filters?: string;
  /** Called when one more source is read. */
  onProgress?: (done: number, of: number) => void;
}

/** Sources that are read together. */
const AT_ONCE = 8;

/**
 * The sources of a tenant with everything that hangs on them: a request for each page of the list, one for each kind that
 * a source may have, and the look-ups of names. What cannot be read of one source is noted, and fails none of the others.
 */
export async function readTenant(session: Session, { which, filters, onProgress }: Reading = {}): Promise<Inventory> {
  const all = await listed(session, filters);
  const { wanted, notes } = onlyOnes(which ? all.filter(which) : all, all);
  const naming = new Naming(session);
  await naming.learnIdentities(wanted.flatMap((source) => textOf(own(source["owner"], "id"))));
  const inventory: Inventory = {
    title: `tenant ${session.tenant}`,
    tenant: session.tenant,
    sources: [],
    notes,
    unnamable: new Map(),
  };
  const read = new SourceReading(session, inventory, asTheTenantKnows(naming));
  let done = 0;
  onProgress?.(0, wanted.length);
  const sources = await atOnce(wanted, AT_ONCE, async (source) => {
    const entry = await read.source(source);
    done += 1;
    onProgress?.(done, wanted.length);
    return entry;
  });
  inventory.sources = sources.sort((left, right) => byText(left.name, right.name));
  inventory.notes.sort((left, right) => byText(left.source, right.source) || byText(left.title, right.title));
  return inventory;
}

async function listed({ client, signal }: Session, filters: string | undefined): Promise<JsonObject[]> {
  const sources: JsonObject[] = [];
  const parameters = { sorters: "id", ...(filters === undefined ? {} : { filters }) };
  for await (const source of client.paginate("listSources", parameters, { signal })) {
    if (isObject(source) && typeof source.name === "string") sources.push(asObject(source));
  }
  return sources;
}

/** Without the sources that no name tells: they share one, by which a program would mean any of them, or have none. */
function onlyOnes(chosen: readonly JsonObject[], all: readonly JsonObject[]): { wanted: JsonObject[]; notes: Note[] } {
  const byName = new Map<string, string[]>();
  for (const { id, name } of all.filter(isNamed))
    byName.set(String(name), [...(byName.get(String(name)) ?? []), String(id)]);
  const idsOf = ({ name }: JsonObject) => byName.get(String(name)) ?? [];
  const shared = new Map(chosen.filter((one) => idsOf(one).length > 1).map((one) => [String(one["name"]), idsOf(one)]));
  const nameless = chosen.filter((one) => !isNamed(one)).map(({ id }) => String(id));
  const unnamed = nameless.map((id) => ({
    source: id,
    title: `Source ${id}`,
    why: "it has no name, which a program must declare: give it one on the tenant",
  }));
  const several = [...shared].map(([name, ids]) => ({
    source: name,
    title: sourceKind.title({ name }),
    why: `the tenant has ${String(ids.length)} sources of this name (${ids.join(", ")}), which a program cannot tell apart: rename all but one`,
  }));
  return {
    wanted: chosen.filter((one) => isNamed(one) && idsOf(one).length === 1),
    notes: [...unnamed, ...several],
  };
}

const isNamed = ({ name }: JsonObject): boolean => name !== "";

const textOf = (value: unknown): string[] => (typeof value === "string" ? [value] : []);

class SourceReading {
  constructor(
    private readonly session: Session,
    private readonly inventory: Inventory,
    private readonly spell: Spell,
  ) {}

  async source(live: JsonObject): Promise<SourceEntry> {
    const name = String(live["name"]);
    const entry = await this.entry(name, sourceKind, live, String(live["id"]));
    const children = await Promise.all(childKinds.map((kind) => this.children(name, kind, live)));
    const unsaid = childKinds.filter((_, i) => children[i] === undefined).map((kind) => kind.name);
    return {
      ...{ ...entry, name, children: children.flatMap((some) => some ?? []) },
      ...(unsaid.length > 0 ? { unsaid } : {}),
    };
  }

  /** What a source has of one kind; nothing where that cannot be read. */
  private async children(source: string, kind: Kind, live: JsonObject): Promise<Entry[] | undefined> {
    const found = await this.ask(source, kind, live);
    if (found === undefined) return undefined;
    const entries = await Promise.all(
      found.map((child) => this.entry(source, kind, child, kind.id({ ...child, source: live["id"] ?? null }, child))),
    );
    const said = entries.filter(({ inputs }) => Object.keys(inputs).length > 0);
    return distinct(source, said, this.inventory.notes).sort((left, right) => byText(left.key, right.key));
  }

  private async ask(source: string, kind: Kind, live: JsonObject): Promise<JsonObject[] | undefined> {
    try {
      return (await kind.listed?.(this.session, live)) ?? [];
    } catch (error) {
      // A right that the client lacks, or a service that the tenant has not: the rest can be read all the same.
      if (!(error instanceof SailPointError) || (error.kind !== "permission" && error.kind !== "rejected")) throw error;
      this.note(source, kind.name, `it could not be read: ${error.message}`);
      return undefined;
    }
  }

  private async entry(source: string, kind: Kind, live: JsonObject, id: string): Promise<Entry> {
    const entry = await entryOf(kind, live, id, this.spell, this.inventory.unnamable);
    for (const why of kind.uncarried?.(live) ?? []) this.note(source, titleOf(entry), why);
    return entry;
  }

  private note(source: string, title: string, why: string): void {
    this.inventory.notes.push({ source, title, why });
  }
}
