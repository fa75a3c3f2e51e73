import { unlessAborted } from "../api/clock";
import type { Kind } from "../kinds/kind";
import type { JsonObject } from "../reconcile";
import { type Connection, type Session, besideSession } from "../tenant/session";
import type { Journal } from "./journal";
import { type Kept, recordOf, recordText, withRecord } from "./record";

/*
 * An id is a natural key, and creation takes over what is there, while the engine creates first and deletes last. After a
 * renaming without alias, `up --replace` or `state taint` the old resource's deletion therefore means an object that a
 * new resource of the same program owns by now. So whoever makes or takes over an object is its owner from then on, and
 * the deletion of an earlier owner leaves it alone. Where a command failed in between, the state has both, and the next
 * program may declare either: so the deletion of any other leaves alone what a declared resource has.
 */

/** What a state says of an object that one of its resources owns. */
interface Owner {
  since: number;
  properties: JsonObject;
}

/** The owners that this deployment has seen in its state, and has made; by kind and id. A tenant's session has them. */
const ownersOn = besideSession(() => new Map<string, Owner>());

/** Tells an object among all of a tenant. */
export const keyOf = (kind: Pick<Kind, "name">, id: string): string => JSON.stringify([kind.name, id]);

/** Notes what the state says of an object. The latest owner counts. */
export function sawOwner(session: Session, journal: Journal, kind: Kind, id: string, properties: JsonObject): void {
  const known = ownersOn(session);
  const key = keyOf(kind, id);
  const { since } = recordOf(properties);
  if ((known.get(key)?.since ?? -1) >= since) return;
  known.set(key, { since, properties });
  journal.note(seenKey(session, kind, id), recordText(properties));
}

/** The properties of the resource of this program that has owned the object until now, as far as they have been seen. */
export const ownerBefore = (session: Session, kind: Kind, id: string): JsonObject | undefined =>
  ownersOn(session).get(keyOf(kind, id))?.properties;

/**
 * What the state keeps of such an owner, also where another process of this command has read it, which does not tell the
 * inputs: secrets are among them.
 */
export function keptBefore(session: Session, journal: Journal, kind: Kind, id: string): Kept | undefined {
  const before = ownerBefore(session, kind, id);
  if (before) return recordOf(before);
  const text = journal.noted(seenKey(session, kind, id)).at(-1) ?? "";
  return text === "" ? undefined : recordOf(withRecord(text));
}

/** Whether the object was read in this command, by whichever process. */
export const wasRead = (
  { host = "" }: Pick<Connection, "host">,
  journal: Journal,
  kind: Pick<Kind, "name">,
  id: string,
): boolean => journal.noted(seenKey({ host }, kind, id)).length > 0;

const seenKey = ({ host }: Pick<Session, "host">, { name }: Pick<Kind, "name">, id: string): string[] => {
  return ["seen", host, name, id];
};

/** Notes that a resource has made the object, or taken it over, just now. */
export function owns(session: Session, journal: Journal, kind: Kind, id: string, properties: JsonObject): void {
  const { since } = recordOf(properties);
  ownersOn(session).set(keyOf(kind, id), { since, properties });
  if (wantedOn(session).delete(keyOf(kind, id))) journal.note(wantedKey(session, kind, id), GOT);
  // Another provider of the same program, which is another process, may be who deletes.
  journal.noteOwner([session.host, kind.name, id], since);
}

/** Whether somebody else of this program owns the object by now. */
export function isOwnedByLater(
  session: Session,
  journal: Journal,
  kind: Kind,
  id: string,
  properties: JsonObject,
): boolean {
  const { since } = recordOf(properties);
  const seen = ownersOn(session).get(keyOf(kind, id))?.since ?? -1;
  const noted = journal.ownerSince([session.host, kind.name, id]) ?? -1;
  return Math.max(seen, noted) > since;
}

/** The objects that resources of the program could not make or take over, since they are there; by kind and id. */
const wantedOn = besideSession(() => new Set<string>());

/**
 * Notes that a resource of the program means an object that is there, and has not got it yet. If it fails and the command
 * goes on all the same, the engine deletes what had the object until now.
 */
export function wants(session: Session, journal: Journal, kind: Kind, id: string): void {
  wantedOn(session).add(keyOf(kind, id));
  journal.note(wantedKey(session, kind, id), "");
}

/** Whether another resource of the program means the object. Asked of what is declared no longer. */
export const isWanted = (session: Session, journal: Journal, kind: Kind, id: string): boolean =>
  wantedOn(session).has(keyOf(kind, id)) || (journal.noted(wantedKey(session, kind, id)).at(-1) ?? GOT) !== GOT;

const wantedKey = ({ host }: Session, { name }: Kind, id: string): string[] => ["wanted", host, name, id];
const GOT = "got";

/** Since when the resources that the program declares have their objects; by deployment, kind and id. */
const declaredIn = new WeakMap<object, Map<string, Set<number>>>();

/** Notes that the program declares a resource which has this object. */
export function declares(
  { host = "", deployment }: Pick<Connection, "host" | "deployment">,
  journal: Journal,
  kind: Pick<Kind, "name">,
  id: string,
  properties: JsonObject,
): void {
  const { since } = recordOf(properties);
  const declared = declaredIn.get(deployment) ?? new Map<string, Set<number>>();
  declaredIn.set(deployment, declared);
  const key = keyOf(kind, id);
  declared.set(key, (declared.get(key) ?? new Set()).add(since));
  // Another provider of the same program, which is another process, may be who deletes.
  journal.note(["declared", host, kind.name, id], String(since));
}

/** Whether the program declares a resource that has this object, and is not the one with these properties. */
export function isDeclaredByOther(
  { host = "", deployment }: Pick<Connection, "host" | "deployment">,
  journal: Journal,
  kind: Pick<Kind, "name">,
  id: string,
  properties: JsonObject,
): boolean {
  const { since } = recordOf(properties);
  const here = declaredIn.get(deployment)?.get(keyOf(kind, id)) ?? [];
  const elsewhere = journal.noted(["declared", host, kind.name, id]).map(Number);
  return [...here, ...elsewhere].some((other) => other !== since);
}

/** Who is at it, taking over or deleting, by kind and id. */
const busyOn = besideSession(() => new Map<string, Promise<unknown>>());

/**
 * Takes an object over, or deletes it, when no other resource of the program is at either: the engine asks for both at
 * once where one resource is replaced while another takes its object over.
 *
 * @param act Is told whether somebody else was at it before.
 */
export async function alone<T>(
  session: Session,
  kind: Pick<Kind, "name">,
  id: string,
  act: (waited: boolean) => Promise<T>,
): Promise<T> {
  const busy = busyOn(session);
  const key = keyOf(kind, id);
  let waited = false;
  for (let other = busy.get(key); other; other = busy.get(key)) {
    waited = true;
    await unlessAborted(Promise.allSettled([other]), session.signal);
  }
  const acting = act(waited);
  busy.set(key, acting);
  try {
    return await acting;
  } finally {
    busy.delete(key);
  }
}

/** The object is gone: whoever makes it anew is its first owner. */
export const disown = (session: Session, journal: Journal, kind: Kind, id: string): void => {
  ownersOn(session).delete(keyOf(kind, id));
  journal.note(seenKey(session, kind, id), "");
};
