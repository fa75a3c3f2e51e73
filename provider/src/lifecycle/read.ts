import { type Session, besideSession } from "../tenant/session";
import { eventually } from "../tenant/waiting";
import type { Kind } from "../kinds/kind";
import {
  type Fingerprints,
  type JsonObject,
  changedSecrets,
  compare,
  fingerprints,
  found,
  holdsMarker,
  immutableDrift,
  isObject,
  managed,
  ofCipherText,
  pathText,
  project,
  secretText,
  valueAt,
} from "../reconcile";
import { idsIn, mapReferences, recalled, respelled, spelled } from "../tenant/references";
import { surely } from "../tenant/surely";
import { importedWithoutSecrets } from "../kinds/imported";
import { asFarAsPossible, tellUsers } from "./foresight";
import { writable } from "./guard";
import { located, nothingThere } from "./located";
import { foundAnew, isMadeAnew } from "./made-anew";
import { type Kept, modifiedOf, recordOf } from "./record";
import { inputsOf, stateOf } from "./state";
import { withUnstable } from "./unstable";
import { isApart, viewed } from "./view";

export interface ReadResult {
  id: string;
  props?: JsonObject;
  inputs?: JsonObject;
}

/** Live, projected onto what the program manages. A resource that nobody declared yet is read whole. */
export async function read(session: Session, kind: Kind, id: string, properties: JsonObject): Promise<ReadResult> {
  const inputs = inputsOf(kind, properties);
  const record = recordOf(properties);
  if (Object.keys(inputs).length === 0) return readWhole(session, kind, id);
  if (session.destroys === true) {
    // What goes with its source is dropped from the state without a call. What was never written may be only read here.
    if (record.writtenAt > 0) writable(session);
    if (await hangsOnSourceThere(session, kind, id)) return { id, props: properties, inputs };
  }

  const applied = await recalled(inputs, kind.rules, record.ids);
  const look = (live: JsonObject | undefined) => (live ? observe(session, kind, id, applied, record, live) : undefined);
  let seen = await look(await kind.api.get(session, id, false));
  if (seen?.drifted !== false && mayBeOld(seen?.live, record, session)) {
    seen = await latest(session, kind, id, record, look);
  }
  if (!seen) return gone(session, kind.sourceOf(id));
  for (const { path, live, why } of immutableDrift(applied, seen.view, kind.rules)) {
    if (isApart(kind, path[0])) continue;
    const told = `${pathText(path)} is ${JSON.stringify(live)} on the tenant, and not as declared. Nothing is replaced for it`;
    session.report.warn(`${kind.title(inputs)}: ${told}: ${why}`);
  }
  // The engine shows no more of a secret than that it is one. What the state has seen of it was told then.
  const news = seen.changedSecrets.filter((pointer) => !holdsMarker(valueAt(inputs, pointer)));
  if (news.length > 0) {
    const secrets = news.map((pointer) => secretText(pointer, inputs)).join(", ");
    session.report.warn(`${kind.title(inputs)}: changed on the tenant without the program: ${secrets}`);
  }
  if (session.destroys === true) await tellUsers(session, kind, id, inputs);
  const known = isMadeAnew(kind, properties, seen.live)
    ? foundAnew(session, kind, record, { applied, ...seen })
    : record;
  const { asNow, ids } = seen.drifted
    ? await asFound(kind, inputs, applied, seen.view)
    : { asNow: inputs, ids: record.ids };
  const state = stateOf({
    kind,
    session,
    inputs: asNow,
    live: seen.live,
    record: { ...known, ids, secrets: seen.secrets },
    before: { kept: record, properties },
  });
  return { id, props: state, inputs: asNow };
}

/**
 * A destroying command does not ask for these: they go with their source, or their own deletion looks at them. What is
 * gone already is no failure of a deletion.
 */
async function hangsOnSourceThere(session: Session, kind: Kind, id: string): Promise<boolean> {
  const source = kind.sourceOf(id);
  if (source === id) return false;
  // Who may read what hangs on a source may not be allowed to read the source.
  const there = await asFarAsPossible(() => session.reads.source(source, false), undefined);
  return there !== undefined;
}

/** On how many sources something may vanish before it is more likely that the client sees less than it did. */
const SUSPICIOUS = 3;
/** The sources that vanished in each session, or something on them: who deletes one takes all that hangs on it. */
const vanished = besideSession(() => new Set<string>());

function gone(session: Session, source: string): ReadResult {
  const sources = vanished(session);
  const isNew = !sources.has(source);
  if (isNew && sources.add(source).size === SUSPICIOUS) {
    session.report.warn(
      `${String(SUSPICIOUS)} sources, perhaps more, or what hangs on them, are not on the tenant any more. If nobody has ` +
        `deleted them, this client has fewer rights than the one before: look at its scopes before \`pulumi up\` makes ` +
        "them anew",
    );
  }
  return { id: "" };
}

/** What the program declares, as the tenant has it now. A reference that was changed there is recalled by what it is now. */
async function asFound(kind: Kind, inputs: JsonObject, applied: JsonObject, view: JsonObject) {
  const projected = project(applied, view, kind.rules);
  const spelled = respelled(projected, applied, inputs, kind.rules);
  return {
    asNow: isObject(spelled) ? spelled : {},
    ids: isObject(projected) ? await idsIn(projected, kind.rules) : {},
  };
}

async function readWhole(session: Session, kind: Kind, named: string): Promise<ReadResult> {
  const id = await located(session, kind, named);
  const live = await kind.api.get(session, id, false);
  if (!live) throw await nothingThere(session, kind, named, id);
  const whole = importedWithoutSecrets(kind, live, id);
  const inputs = await mapReferences(whole, kind.rules, async ({ to }, reference) => {
    return (await surely(session, to, reference)) ?? spelled(reference) ?? reference;
  });
  const modified = modifiedOf(live);
  // All of it was there before us: giving an import back means leaving it, and taking a line out leaves the value.
  const view = kind.view(live, {}, id);
  const isGivenBack = kind.adoption === "always";
  const record = {
    ids: await idsIn(whole, kind.rules),
    secrets: {},
    found: isGivenBack ? {} : found(inputs, {}, view, kind.rules),
    // From now on it is this resource's: what had it until now and is deleted by the same command leaves it alone.
    since: Date.now(),
    writtenAt: 0,
    ...(isGivenBack ? { former: managed(view, view, kind.rules) } : {}),
    ...(modified === undefined ? {} : { modified }),
  };
  return { id, props: stateOf({ kind, session, inputs, live, record }), inputs };
}

interface Observation {
  live: JsonObject;
  view: JsonObject;
  secrets: Fingerprints;
  /** JSON Pointers. */
  changedSecrets: string[];
  drifted: boolean;
}

async function observe(
  session: Session,
  kind: Kind,
  id: string,
  applied: JsonObject,
  record: Kept,
  live: JsonObject,
): Promise<Observation> {
  const known = await withUnstable(session, kind, id, applied, live, record.secrets);
  const view = viewed(kind, id, live, applied, known);
  const drifted = differences(kind, applied, view).length > 0;
  if (!kind.secrets) return { live, view, secrets: {}, changedSecrets: [], drifted };
  const isSecret = kind.secrets(live);
  // A fingerprint that does not match stays the recorded one: the drift is shown until it is repaired.
  // A look at the object changes nothing in the state that need not be.
  const secrets = { ...ofCipherText(fingerprints(applied, live, isSecret, known, kind.rules)), ...known };
  return { live, view, secrets, drifted, changedSecrets: changedSecrets(applied, live, isSecret, known, kind.rules) };
}

const differences = (kind: Kind, applied: JsonObject, view: JsonObject) =>
  compare(applied, {}, view, kind.rules, view, { settled: true });

/** Shortly after our own write, an answer may be from before it. The tenant's own mark of the write tells, if there is one. */
function mayBeOld(live: JsonObject | undefined, { writtenAt, modified }: Kept, { settleMs }: Session): boolean {
  if (Date.now() - writtenAt >= settleMs) return false;
  const now = live && modifiedOf(live);
  return now === undefined || modified === undefined || now < modified;
}

async function latest(
  session: Session,
  kind: Kind,
  id: string,
  record: Kept,
  look: (live: JsonObject | undefined) => Promise<Observation> | undefined,
): Promise<Observation | undefined> {
  const left = Math.max(0, record.writtenAt + session.settleMs - Date.now());
  let last: Observation | undefined;
  await eventually(
    async () => {
      last = await look(await kind.api.get(session, id, true));
      return last?.drifted === false || (last && !mayBeOld(last.live, record, session)) ? true : undefined;
    },
    { limitMs: left, signal: session.signal },
  );
  return last;
}
