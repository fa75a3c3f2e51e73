import { SailPointError } from "../api";
import type { Kind } from "../kinds/kind";
import { tellingInputs } from "../kinds/imported";
import { create } from "../lifecycle/create";
import type { Journal } from "../lifecycle/journal";
import { otherImmutables } from "../lifecycle/view";
import { connectorsLacking } from "../lifecycle/unknown-names";
import { bring } from "../lifecycle/write";
import {
  type Change,
  type JsonObject,
  type Maybe,
  compare,
  describeChanges,
  isBlank,
  isObject,
  own,
  pathText,
  unmarked,
} from "../reconcile";
import { nearest } from "../reconcile/nearest";
import { ProblemError } from "../tenant/problem";
import { isOfSource } from "../tenant/lookup";
import { resolveAll } from "../tenant/references";
import type { Session } from "../tenant/session";
import { asObject } from "../tenant/wire";
import { atOnce } from "./at-once";
import { parentOf } from "./entries";
import { type Entry, type Inventory, type SourceEntry, byText, childKinds, sourceKind, titleOf } from "./inventory";
import { scriptName } from "./program/templates";
import { removable, spelledOnce } from "./restorable";
import { asMarked, withoutMarks } from "./secrecy";

/** What restoring one object means. */
export interface ObjectPlan {
  title: string;
  /** Nothing where it is as it was saved. */
  action: "create" | "change" | "none";
  /** What changes, as lines for people, without secrets. */
  lines: string[];
  /** Writes it, on the source of this id; answers that id, or the one that a new source got. */
  write: (sourceId: string) => Promise<string>;
}

export interface SourcePlan {
  name: string;
  objects: ObjectPlan[];
  /** Of a source that will be made anew: those of its connector that were not saved. It may be one of them, renamed. */
  alike?: string[];
  /** What a new source has from the start, and was not saved, is known once it is there. */
  afterwards?: (sourceId: string) => Promise<Pick<RestorePlan, "refusals"> & { objects: ObjectPlan[] }>;
}

export interface RestorePlan {
  sources: SourcePlan[];
  /** What cannot be changed, or is not on the tenant: nothing is written while there is any. */
  refusals: string[];
  /** Secrets that neither the file nor the tenant has. */
  lacking: string[];
  /** What waits for something that no program can make, on a source that is made anew. */
  later: string[];
}

export interface Restoring {
  /** The source to write to, where it has another name or id on the tenant. Only for one. */
  target?: JsonObject;
  onProgress?: (done: number, of: number) => void;
}

const AT_ONCE = 4;

/**
 * What would have to be written so that a tenant has what was saved, with all that is saved of a source: keys that came
 * since go, too. Objects that the file does not have are left alone, and secrets that it does not hold stay as they are.
 */
export async function planRestoration(
  session: Session,
  saved: Inventory,
  { target, onProgress }: Restoring = {},
): Promise<RestorePlan> {
  const there = target === undefined ? await sourcesOf(session) : [target];
  const plan: RestorePlan = { sources: [], refusals: [], lacking: [], later: [] };
  let done = 0;
  plan.sources = await atOnce(saved.sources, AT_ONCE, async (source) => {
    const planner = new Planner(session, plan, source);
    const counterpart = target ?? counterpartOf(source, there);
    const objects = await planner.plan(counterpart);
    done += 1;
    onProgress?.(done, saved.sources.length);
    return {
      ...{ name: source.name, objects },
      ...(counterpart === undefined
        ? { alike: alikeOf(source, saved, there), afterwards: (id: string) => afterwards(session, source, id) }
        : {}),
    };
  });
  return plan;
}

export const isChange = ({ sources }: RestorePlan): boolean =>
  sources.some(({ objects }) => objects.some(({ action }) => action !== "none"));

/** A write failed when others were done; the tenant's answer is the cause. */
export class UnfinishedError extends ProblemError {
  constructor(failed: string, written: readonly string[], cause: Error) {
    const before = written.length === 0 ? "Nothing was written before it" : `Written before it: ${written.join("; ")}`;
    super(`${failed}: ${cause.message}\n${before}. Run it again when that is mended: it goes on from here`, { cause });
  }
}

/** Writes what is planned: each source first, then what hangs on it, in the order in which kinds need each other. */
export async function carryOut(plan: RestorePlan, onProgress?: (title: string) => void): Promise<void> {
  const refusals: string[] = [];
  const written: string[] = [];
  for (const { name, objects, afterwards: rest } of plan.sources) {
    let sourceId = "";
    const carry = async ({ title, action, write }: ObjectPlan) => {
      const what = `${name}: ${title}`;
      if (action !== "none") onProgress?.(what);
      try {
        sourceId = await write(sourceId);
      } catch (error) {
        throw error instanceof Error && isTold(error) ? new UnfinishedError(what, written, error) : error;
      }
      if (action !== "none") written.push(what);
    };
    for (const object of objects) await carry(object);
    const left = await rest?.(sourceId);
    for (const object of left?.objects ?? []) await carry(object);
    refusals.push(...(left?.refusals ?? []));
  }
  if (refusals.length > 0) {
    throw new ProblemError(`all was written, and this of new sources is not as saved:\n  ${refusals.join("\n  ")}`);
  }
}

/** Whether a failure is no mistake of ours. */
const isTold = (error: Error): boolean => error instanceof SailPointError || error instanceof ProblemError;

/** What is left to be written of a source that was just made. */
async function afterwards(session: Session, source: SourceEntry, id: string) {
  session.reads.forget(id);
  const made = await sourceKind.api.get(session, id, true);
  const plan: RestorePlan = { sources: [], refusals: [], lacking: [], later: [] };
  const children = source.children.filter((child) => !isForLater(child));
  const planner = new Planner(session, plan, { ...source, children });
  // Nothing where somebody has deleted it already.
  return { objects: made === undefined ? [] : await planner.plan(made), refusals: plan.refusals };
}

async function sourcesOf({ client, signal }: Session): Promise<JsonObject[]> {
  const sources: JsonObject[] = [];
  for await (const source of client.paginate("listSources", { sorters: "id" }, { signal }))
    sources.push(asObject(source));
  return sources;
}

/** The same source by its id, else the one of its name. */
function counterpartOf({ live, name }: SourceEntry, there: readonly JsonObject[]): JsonObject | undefined {
  const id = live?.["id"];
  return (
    there.find((source) => typeof id === "string" && source["id"] === id) ??
    there.find((source) => source["name"] === name)
  );
}

/** The sources that this one may be by now, the nearest first: an export knows names and no ids. */
function alikeOf({ name, inputs }: SourceEntry, saved: Inventory, there: readonly JsonObject[]): string[] {
  const others = there
    .filter((source) => scriptName(source["connector"]) === scriptName(inputs["connector"]))
    .map((source) => String(source["name"]))
    .filter((other) => !saved.sources.some((one) => one.name === other))
    .sort(byText);
  const first = nearest(name, others);
  return first === undefined ? others : [first, ...others.filter((other) => other !== first)];
}

class Planner {
  constructor(
    private readonly session: Session,
    private readonly told: Pick<RestorePlan, "refusals" | "lacking" | "later">,
    private readonly source: SourceEntry,
  ) {}

  async plan(target: JsonObject | undefined): Promise<ObjectPlan[]> {
    const children = childKinds.flatMap((kind) => this.source.children.filter((child) => child.kind === kind));
    if (target === undefined) {
      return Promise.all([this.source, ...children].map((entry) => this.orRefuse(entry, () => this.creation(entry))));
    }
    const id = String(target["id"]);
    // Ids and cipher text of the file mean something where they came from, and nowhere else.
    const isOwn = this.source.live?.["id"] === target["id"];
    const first = await this.orRefuse(this.source, async () =>
      this.change(this.source, target, id, await this.wanted(this.source, id, isOwn)),
    );
    const others = await Promise.all(
      children.map((child) =>
        this.orRefuse(child, async () => {
          const wanted = await this.wanted(child, id, isOwn);
          const live = await child.kind.api.find(this.session, wanted);
          return live === undefined ? this.creation(child, id) : this.change(child, live, id, wanted);
        }),
      ),
    );
    return [first, ...others];
  }

  /** A name that is not there, or could be any of several, is told with all else that cannot be. */
  private async orRefuse(entry: Entry, plan: () => Promise<ObjectPlan>): Promise<ObjectPlan> {
    try {
      return await plan();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      for (const reason of error.message.split("\n")) this.refuse(entry, reason);
      return unchanged(entry, "");
    }
  }

  private change(entry: Entry, live: JsonObject, sourceId: string, wanted: JsonObject): ObjectPlan {
    const { kind } = entry;
    const id = kind.id({ ...entry.inputs, source: sourceId }, live);
    const view = kind.view(live, {}, id);
    const desired = this.withLiveSecrets(entry, wanted, view);
    const goal = { desired, applied: removable(kind, live, id), secrets: {}, state: live, refuseUnseen: false };
    const changes = compare(desired, goal.applied, view, kind.rules);
    this.refuseImmutable(entry, desired, view);
    if (changes.length === 0) return unchanged(entry, sourceId);
    return {
      title: titleOf(entry),
      action: "change",
      lines: linesOf(changes, kind, live),
      write: async () => {
        await bring(this.session, kind, id, goal);
        this.session.reads.forget(sourceId);
        return sourceId;
      },
    };
  }

  /** What the object shall be, in the tenant's terms. */
  private async wanted({ kind, inputs, live }: Entry, sourceId: string, isOwn: boolean): Promise<JsonObject> {
    const parent = parentOf(kind);
    const on = parent === undefined ? {} : { [parent]: sourceId };
    if (isOwn && live !== undefined) {
      return { ...tellingInputs(kind, live, kind.id({ ...live, source: sourceId }, live)), ...on };
    }
    return (await resolveAll({ ...inputs, ...on }, kind.rules, this.session.references, sourceId)).desired;
  }

  /** In the place of a secret that the file does not hold, the one that the tenant has. */
  private withLiveSecrets(entry: Entry, wanted: JsonObject, view: JsonObject): JsonObject {
    const { value, missing } = unmarked(asMarked(wanted), view, entry.kind.rules);
    for (const path of missing) this.told.lacking.push(`${this.source.name}: ${titleOf(entry)}: ${pathText(path)}`);
    return withoutMarks(value);
  }

  private refuseImmutable(entry: Entry, desired: JsonObject, view: JsonObject): void {
    for (const { path, declared, live, why } of otherImmutables(entry.kind, desired, view)) {
      this.refuse(entry, `${pathText(path)}: saved is ${text(declared)}, the tenant has ${text(live)}: ${why}`);
    }
  }

  private async creation(entry: Entry, sourceId?: string): Promise<ObjectPlan> {
    const { kind } = entry;
    const parent = parentOf(kind);
    const plain = isObject(entry.inputs) ? this.withoutSecrets(entry) : {};
    // The references are looked up now, so that a name that is not there is told before anything is written.
    if (sourceId !== undefined || parent === undefined)
      await this.wanted({ ...entry, inputs: plain }, sourceId ?? "", false);
    for (const lack of await connectorsLacking(this.session, this.session.references, kind.fields, {}, plain)) {
      this.refuse(entry, lack);
    }
    if (kind.api.create === undefined && sourceId !== undefined) return unchanged(entry, sourceId);
    if (sourceId === undefined && isForLater(entry)) {
      this.told.later.push(`${this.source.name}: ${titleOf(entry)}`);
      return { ...unchanged(entry, ""), write: (made) => Promise.resolve(made) };
    }
    return {
      title: titleOf(entry),
      action: "create",
      lines: [],
      write: async (made) => {
        const on = sourceId ?? made;
        const inputs = { ...plain, ...(parent === undefined ? {} : { [parent]: on }) };
        const { id } = await create(this.session, NO_JOURNAL, kind, spelledOnce(inputs, kind.fields));
        return parent === undefined ? id : on;
      },
    };
  }

  private withoutSecrets(entry: Entry): JsonObject {
    const { value, missing } = unmarked(asMarked(entry.inputs), {}, entry.kind.rules);
    for (const path of missing) this.told.lacking.push(`${this.source.name}: ${titleOf(entry)}: ${pathText(path)}`);
    return withoutMarks(value);
  }

  private refuse(entry: Entry, why: string): void {
    this.told.refusals.push(`${this.source.name}: ${titleOf(entry)}: ${why}`);
  }
}

const unchanged = (entry: Entry, sourceId: string): ObjectPlan => ({
  title: titleOf(entry),
  action: "none",
  lines: [],
  write: () => Promise.resolve(sourceId),
});

/** What only an administrator can make for a source that there is: a new one has none of it. */
const isForLater = ({ kind, inputs }: Entry): boolean =>
  Object.entries(kind.fields).some(
    ([name, field]) => field.type === "reference" && isOfSource(field.to) && own(inputs, name) !== undefined,
  );

/** A command is not a deployment: nobody goes on where it was cut off. */
const NO_JOURNAL: Journal = {
  attempt: () => ({
    earlier: undefined,
    inDoubt: false,
    begin: () => undefined,
    end: () => undefined,
    fail: () => undefined,
  }),
  noteOwner: () => undefined,
  ownerSince: () => undefined,
  note: () => undefined,
  noted: () => [],
};

function linesOf(changes: readonly Change[], kind: Kind, live: JsonObject): string[] {
  const isSecret = kind.secrets?.(live);
  return describeChanges(changes, kind.rules, isSecret === undefined ? {} : { isSecret });
}

const text = (value: Maybe): string => (value === undefined || isBlank(value) ? "nothing" : JSON.stringify(value));
