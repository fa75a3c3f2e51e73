import type { Kind } from "../kinds/kind";
import { type Json, type JsonObject, type Maybe, compare, own, pathText, planned } from "../reconcile";
import { holdsUnknown } from "../reconcile/unknown";
import { collected } from "../tenant/lookup";
import { recalled } from "../tenant/references";
import { ProblemError } from "../tenant/problem";
import { type Session, besideSession } from "../tenant/session";
import { described, inTheirTerms, isReplaced } from "./foresight";
import { type Journal, attemptOf, sourceIdOf } from "./journal";
import { keptBefore, keyOf, ownerBefore } from "./owners";
import { type Kept, recordOf } from "./record";
import { inputsOf } from "./state";
import { wholeOf } from "./update";
import { isApart, otherImmutables, overlap, viewed } from "./view";

/** What a preview can say of a creation that meets what is there already. */
export interface ForeseenCreation {
  lines: string[];
  /** What `up` will refuse as far as can be known now. */
  warnings: string[];
  /** The id that the resource will have: that of the object that it takes over. */
  id?: string;
}

export const NOTHING_MET: ForeseenCreation = { lines: [], warnings: [] };

export const takesOver = (kind: Kind, inputs: JsonObject): boolean =>
  kind.adoption === "always" || inputs["adopt"] === true;

/** Whether it is known yet what there is to look for. */
export const canBeLookedFor = (inputs: JsonObject): boolean =>
  !holdsUnknown(inputs["source"]) && !holdsUnknown(inputs["name"]);

/** What the creation will take over, or fail on. What would be refused then is refused here. */
export async function foreseeCreation(
  session: Session,
  journal: Journal,
  kind: Kind,
  inputs: JsonObject,
): Promise<ForeseenCreation> {
  // With a source that this deployment has just made came what every new one has.
  if (session.reads.hasMade(sourceIdOf(inputs))) return NOTHING_MET;
  const live = await (takesOver(kind, inputs) ? kind.api.find(session, inputs) : sourceNamed(session, inputs));
  if (live === undefined) return { lines: [], warnings: await withoutSource(session, kind, inputs) };
  const id = kind.id(inputs, live);
  if (isReplaced(session, kind, id)) return NOTHING_MET;
  if (!takesOver(kind, inputs)) {
    // What a killed command made is known again.
    if (attemptOf(session, journal, kind, inputs).earlier) return NOTHING_MET;
    const isOurs = keptBefore(session, journal, kind, id) !== undefined;
    return { lines: [], warnings: [isOurs ? isHeld(id) : isTaken(id)] };
  }
  const desired = await inTheirTerms(session, kind, id, inputs);
  refuseOtherImmutables(kind, inputs, desired, kind.view(live, {}, id));
  toldOn(session).add(keyOf(kind, id));
  const warnings = kind.notOffered?.(desired, live) ?? [];
  const kept = keptBefore(session, journal, kind, id);
  return { lines: [await takeoverLine(session, kind, { id, desired, live, kept })], warnings, id };
}

/** A child whose source is not there cannot be made: a wrong id, or that of a source on another tenant. */
async function withoutSource(session: Session, kind: Kind, { source }: JsonObject): Promise<string[]> {
  if (kind.adoption !== "always" || typeof source !== "string") return [];
  // Of what every source has, nothing is found only where there is no source.
  const isThere = (await kind.hasSource?.(session, source)) ?? false;
  return isThere ? [] : [isNowhere(source, session)];
}

/** Of a source that is not to be taken over, its name alone matters: one list tells of all of them. */
async function sourceNamed(session: Session, { name }: JsonObject): Promise<JsonObject | undefined> {
  const all = await namesOn(session);
  return all.find((source) => source["name"] === name);
}

/** Beyond so many, names are not looked at: the creation is refused then. */
const MOST_NAMES = 5_000;

const listsOn = besideSession(() => ({ names: undefined as Promise<JsonObject[]> | undefined }));
const namesOn = (session: Session): Promise<JsonObject[]> => {
  const lists = listsOn(session);
  lists.names ??= collected(session.client.paginate("listSources", {}), MOST_NAMES);
  lists.names.catch(() => (lists.names = undefined));
  return lists.names;
};

interface Met {
  id: string;
  desired: JsonObject;
  live: JsonObject;
  /** What a resource of this stack has kept of the object. */
  kept: Kept | undefined;
}

/** Tells of a takeover before its first write, unless the same command has foretold it. */
export async function tellTakeover(session: Session, kind: Kind, inputs: JsonObject, met: Met): Promise<void> {
  if (toldOn(session).has(keyOf(kind, met.id))) return;
  const line = session.reads.hasMade(kind.sourceOf(met.id))
    ? kind.besides?.(met.desired, met.live)
    : await takeoverLine(session, kind, met);
  const title = kind.title(inputs);
  if (line !== undefined) session.report.info(line.startsWith(TAKES_OVER) ? `${title} ${line}` : `${title}: ${line}`);
}

/** What cannot be changed on an object that is taken over must be as declared, as far as that is known. */
export function refuseOtherImmutables(kind: Kind, inputs: JsonObject, desired: JsonObject, view: JsonObject): void {
  const others = otherImmutables(kind, desired, view).filter(({ declared }) => !holdsUnknown(declared));
  if (others.length === 0) return;
  const told = others.map(
    ({ path, declared, live }) =>
      `${pathText(path)} (${valueText(live)} on the tenant, ${valueText(declared)} declared)`,
  );
  throw new ProblemError(
    `${kind.title(inputs)} is on the tenant already, but with another ${told.join(", ")}, which cannot be changed on an ` +
      `existing one. Declare it as it is, or choose another name`,
  );
}

const toldOn = besideSession(() => new Set<string>());

const TAKES_OVER = "takes over what is there";

async function takeoverLine(session: Session, kind: Kind, { id, desired, live, kept }: Met): Promise<string> {
  const before = ownerBefore(session, kind, id);
  const writes = before
    ? await writesAfter(kind, before, { id, desired, live })
    : writesAnew(kind, { id, desired, live });
  const changes = described(
    writes.filter(({ path: [name] }) => !isApart(kind, name)),
    kind,
  );
  const stays = kind.besides?.(desired, live);
  const told = [changes.length === 0 ? "nothing" : changes.join("; "), ...(stays === undefined ? [] : [stays])];
  const whose = kept ? ", which this stack has already: it goes on and is not deleted" : "";
  return `${TAKES_OVER} (${id})${whose}; changes: ${told.join("; ")}`;
}

const writesAnew = (kind: Kind, { id, desired, live }: { id: string; desired: JsonObject; live: JsonObject }) =>
  compare(desired, {}, kind.view(live, {}, id), kind.rules);

/** The new resource goes on with all that the one before it knew. */
async function writesAfter(
  kind: Kind,
  before: JsonObject,
  { id, desired, live }: { id: string; desired: JsonObject; live: JsonObject },
) {
  const { ids, former, found, secrets } = recordOf(before);
  const applied = await recalled(inputsOf(kind, before), kind.rules, ids);
  const whole = wholeOf(kind, desired, former);
  const view = viewed(kind, id, live, applied, secrets);
  const plan = [...planned(desired, applied, kind.rules), ...planned(whole, applied, kind.rules)];
  return compare(whole, applied, view, kind.rules, view, { found }).filter(({ path }) =>
    plan.some((other) => overlap(path, other.path)),
  );
}

export const isNowhere = (source: string, { tenant, host }: Pick<Session, "tenant" | "host">): string =>
  `hangs on the source ${source}, which is not on tenant ${tenant} (${host}): it cannot be made. Correct the id; if the ` +
  `source is on another tenant, give this resource the provider of its source; if it was deleted or replaced, run the ` +
  `command without --target`;

const isTaken = (id: string): string =>
  `is on the tenant already (${id}), and this resource has not had it: it cannot be made, unless the one that is there ` +
  `goes or is renamed before. Choose another name; give a resource that was renamed in the program the option aliases; ` +
  `or declare adopt: true, and it is taken over`;

/** What has the name may get another one by the same command, in whichever order. */
const isHeld = (id: string): string =>
  `is on the tenant already (${id}), and this stack has it: Pulumi makes before it deletes, which the tenant refuses. ` +
  `Give a resource that was renamed in the program the option aliases; where the one that has the name now gets another ` +
  `one, let this one depend on it`;

/** A scalar, or a reference by its name. */
const valueText = (value: Json): string => JSON.stringify(nameOf(value) ?? value);
const nameOf = (value: Maybe): Maybe => own(value, "name") ?? own(value, "id");
