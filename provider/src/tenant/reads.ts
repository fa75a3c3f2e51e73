import type { Client } from "../api";
import { absentAsUndefined, asObject, asObjects } from "./wire";
import { eventually } from "./waiting";
import type { JsonObject } from "../reconcile";

/** A burst of reads is over when none came for this long … */
const IDLE_MS = 2_000;
/** … and in any case after this long. */
const BURST_MS = 60_000;
/** How long asks are gathered before it is decided how to serve them. */
const GATHER_MS = 10;
/** From so many asks together on, pages of the list cost less than single reads. */
const WORTH_LISTING = 3;
/** A tenant may hold many more sources than a program asks for: beyond this many listed, single reads again. */
const MOST_LISTED = 5_000;

/** The lists that hang on a source. */
export type ChildList =
  "getSourceSchemas" | "listProvisioningPolicies" | "listProvisioningPoliciesById" | "getSourceSchedules";

/**
 * Reads, shared while a burst of them lasts: sources come from pages of the list once several are asked for together,
 * children from one list per source. A write to a source drops what is known of it. Nothing outlives the burst.
 */
export class Reads {
  private children = new Map<string, Promise<JsonObject[] | undefined>>();
  private listing: Listing | undefined;
  private gathered: Gathered | undefined;
  private readonly written = new Set<string>();
  private readonly created = new Map<string, number>();
  /** When this process last wrote to a source or to what hangs on it. */
  private readonly touched = new Map<string, number>();
  private burst = { start: 0, last: 0 };

  constructor(
    private readonly client: Client,
    private readonly settleMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** A source, or nothing when the tenant says that there is none. `fresh` asks the tenant for just this one, now. */
  async source(id: string, fresh: boolean): Promise<JsonObject | undefined> {
    if (fresh) return this.sourceNow(id);
    this.keepBurst();
    // One list for all who asked together: each comes back here by itself.
    if (this.listing === undefined && (await this.gather())) this.listing ??= new Listing(this.client);
    if (this.listing === undefined || this.written.has(id)) return this.sourceNow(id);
    return (await this.listing.find(id)) ?? this.sourceNow(id);
  }

  /** The children of a source; nothing when there is no such source. */
  async list(operation: ChildList, sourceId: string, fresh: boolean): Promise<JsonObject[] | undefined> {
    this.keepBurst();
    const key = `${operation} ${sourceId}`;
    const known = fresh ? undefined : this.children.get(key);
    if (known) return known;
    const asked = this.listNow(operation, sourceId);
    this.children.set(key, asked);
    asked.catch(() => this.children.delete(key));
    return asked;
  }

  /** The child of a source that is meant. */
  async member(
    operation: ChildList,
    sourceId: string,
    isMeant: (child: JsonObject) => boolean,
    fresh: boolean,
  ): Promise<JsonObject | undefined> {
    return (await this.list(operation, sourceId, fresh))?.find(isMeant);
  }

  /** Called at every write to a source or to what hangs on it. */
  forget(sourceId: string): void {
    this.written.add(sourceId);
    this.touched.set(sourceId, this.now());
    for (const key of this.children.keys()) if (key.endsWith(` ${sourceId}`)) this.children.delete(key);
  }

  /** For how long yet the tenant may answer what was before our last write to this source. */
  settlingMs(sourceId: string): number {
    const at = this.touched.get(sourceId);
    return at === undefined ? 0 : Math.max(0, at + this.settleMs - this.now());
  }

  /** Tells that this process made the source: if the tenant does not know it yet, that is a matter of moments. */
  expect(sourceId: string): void {
    this.created.set(sourceId, this.now());
  }

  /** Whether this process made the source. */
  hasMade(sourceId: string): boolean {
    return this.created.has(sourceId);
  }

  private sourceNow(id: string): Promise<JsonObject | undefined> {
    return this.patiently(id, () => absentAsUndefined(this.client.call("getSource", { id }).then(asObject)));
  }

  private listNow(operation: ChildList, sourceId: string): Promise<JsonObject[] | undefined> {
    return this.patiently(sourceId, () => absentAsUndefined(this.client.call(operation, { sourceId }).then(asObjects)));
  }

  private patiently<T>(sourceId: string, ask: () => Promise<T | undefined>): Promise<T | undefined> {
    const since = this.created.get(sourceId);
    const left = since === undefined ? 0 : since + this.settleMs - this.now();
    return left > 0 ? eventually(ask, { limitMs: left, now: this.now }) : ask();
  }

  /** Whether so many ask together that listing is worth it. */
  private gather(): Promise<boolean> {
    const gathered = (this.gathered ??= newGathering(() => (this.gathered = undefined)));
    gathered.asks += 1;
    return gathered.decided;
  }

  private keepBurst(): void {
    const now = this.now();
    if (now - this.burst.last > IDLE_MS || now - this.burst.start > BURST_MS) {
      this.burst = { start: now, last: now };
      this.children = new Map();
      this.listing = undefined;
      this.written.clear();
    }
    this.burst.last = now;
  }
}

interface Gathered {
  asks: number;
  decided: Promise<boolean>;
}

function newGathering(over: () => void): Gathered {
  const gathered: Gathered = {
    asks: 0,
    decided: new Promise((resolve) => {
      setTimeout(() => {
        over();
        resolve(gathered.asks >= WORTH_LISTING);
      }, GATHER_MS);
    }),
  };
  return gathered;
}

/** The list of sources, read page by page, no further than needed. */
class Listing {
  private readonly sources: AsyncGenerator<object>;
  private readonly byId = new Map<string, JsonObject>();
  private turn: Promise<unknown> = Promise.resolve();
  private ended = false;

  constructor(client: Client) {
    this.sources = client.paginate("listSources", { sorters: "id" });
  }

  /** The source with this id, as far as the list goes. */
  find(id: string): Promise<JsonObject | undefined> {
    const known = this.byId.get(id);
    if (known) return Promise.resolve(known);
    const found = this.turn.then(() => this.readUntil(id));
    this.turn = found.catch(() => undefined);
    return found;
  }

  private async readUntil(id: string): Promise<JsonObject | undefined> {
    while (!this.ended && !this.byId.has(id)) {
      const next = await this.sources.next();
      this.ended = next.done === true || this.byId.size >= MOST_LISTED;
      if (next.done !== true) {
        const source = asObject(next.value);
        this.byId.set(String(source["id"]), source);
      }
    }
    return this.byId.get(id);
  }
}
