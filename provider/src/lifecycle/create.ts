import { SailPointError } from "../api/errors";
import type { Session } from "../tenant/session";
import { eventually } from "../tenant/waiting";
import type { Kind } from "../kinds/kind";
import { ProblemError } from "../tenant/problem";
import {
  type Found,
  type JsonObject,
  type Path,
  compare,
  fingerprints,
  found,
  immutableDrift,
  isBlank,
  managed,
  patched,
  toPatch,
  unmarked,
} from "../reconcile";
import { type ResolvedIds, resolveAll } from "../tenant/references";
import { adviseOfSecrets } from "./advice";
import { HalfDoneError, setBack } from "./half-done";
import { type Attempt, type Journal, attemptOf, sourceIdOf } from "./journal";
import { alone, keptBefore, ownerBefore, owns, wants } from "./owners";
import { type Kept, modifiedOf, recordOf, recorded } from "./record";
import { stateOf } from "./state";
import { isNowhere, refuseOtherImmutables, takesOver, tellTakeover } from "./takeover";
import { update } from "./update";
import { inPatch, isApart, overlap, viewed } from "./view";
import { type Goal, type Trace, applyParts, bring, unsendable } from "./write";

export interface Created {
  id: string;
  outs: JsonObject;
}

/** Creates the object, or takes over the one that is there. */
export async function create(session: Session, journal: Journal, kind: Kind, inputs: JsonObject): Promise<Created> {
  const attempt = attemptOf(session, journal, kind, inputs);
  const own = (id: string, outs: JsonObject) => owns(session, journal, kind, id, outs);
  const want = (id: string) => {
    wants(session, journal, kind, id);
  };
  const keptOf = (id: string) => keptBefore(session, journal, kind, id);
  try {
    const result = await createOnce({ session, kind, inputs, attempt, own, want, keptOf });
    attempt.end();
    return result;
  } catch (error) {
    if (error instanceof HalfDoneError) {
      attempt.end();
    } else {
      attempt.inDoubt ||= error instanceof SailPointError && error.ambiguous;
      attempt.fail();
    }
    throw error;
  }
}

/** Notes whose the object is from now on. */
type Own = (id: string, outs: JsonObject) => void;

/** Whoever makes an object or takes it over is its owner, also of what was only done in part. */
async function owned(own: Own, act: () => Promise<Created>): Promise<Created> {
  try {
    const result = await act();
    own(result.id, result.outs);
    return result;
  } catch (error) {
    if (error instanceof HalfDoneError) own(error.id, error.properties);
    throw error;
  }
}

async function createOnce(asked: Omit<Making, "desired" | "ids">): Promise<Created> {
  const { session, kind, inputs, attempt } = asked;
  const { earlier } = attempt;
  // Looked for first: the same answer then serves to resolve references to what hangs on the source.
  const looksFirst = takesOver(kind, inputs) || earlier !== undefined;
  const there = looksFirst ? await kind.api.find(session, inputs) : undefined;
  const { desired, ids } = await resolveAll(inputs, kind.rules, session.references, sourceIdOf(inputs));
  const { missing } = unmarked(desired, undefined, kind.rules);
  if (missing.length > 0) throw new ProblemError(unsendable(kind.title(inputs), missing));
  const making: Making = { ...asked, desired, ids };
  if (!there) return make(making);
  const isMade = earlier !== undefined && earlier.before === undefined && kind.api.create !== undefined;
  if (isMade && (await isOurs(making, there, earlier.startedAt))) return finish(making, there);
  return takesOver(kind, inputs) ? takeOver(making, there) : make(making);
}

interface Making {
  session: Session;
  kind: Kind;
  inputs: JsonObject;
  desired: JsonObject;
  ids: ResolvedIds;
  attempt: Attempt;
  own: Own;
  /** Notes that it means an object that is there. */
  want: (id: string) => void;
  /** What a resource of the program that has had an object until now keeps of it. */
  keptOf: (id: string) => Kept | undefined;
}

/** The state of an object just made or taken over. */
function created(
  { session, kind, inputs, desired, ids }: Making,
  live: JsonObject,
  earlier: { former?: JsonObject; found?: Found } = {},
): Created {
  const id = kind.id(inputs, live);
  adviseOfSecrets(session, kind, inputs, live);
  const modified = modifiedOf(live);
  const record: Omit<Kept, "host"> = {
    ids,
    secrets: kind.secrets ? fingerprints(desired, live, kind.secrets(live), {}, kind.rules) : {},
    found: {},
    since: Date.now(),
    writtenAt: Date.now(),
    ...earlier,
    ...(modified === undefined ? {} : { modified }),
  };
  return { id, outs: stateOf({ kind, session, inputs, live, record }) };
}

/** Takes over what is there; what another resource of the program is just deleting is made anew when it is gone. */
async function takeOver(making: Making, first: JsonObject): Promise<Created> {
  const { session, kind, inputs, own, want } = making;
  const id = kind.id(inputs, first);
  want(id);
  const taken = await alone(session, kind, id, async (waited) => {
    if (waited) session.reads.forget(kind.sourceOf(id));
    const there = waited ? await kind.api.find(session, inputs) : first;
    return there && owned(own, () => takeOverAlone(making, there));
  });
  return taken ?? make(making);
}

/** Only what is declared changes, and what that was before is kept. */
async function takeOverAlone(making: Making, there: JsonObject): Promise<Created> {
  const { session, kind, inputs, desired, attempt } = making;
  const id = kind.id(inputs, there);
  const view = kind.view(there, {}, id);
  refuseOtherImmutables(kind, inputs, desired, view);
  const before = ownerBefore(session, kind, id);
  if (before !== undefined) return succeed(making, id, before);
  const kept = making.keptOf(id);
  await tellTakeover(session, kind, inputs, { id, desired, live: there, kept });
  const goal = { desired, applied: {}, secrets: {}, refuseUnseen: false };
  if (kind.adoption !== "onRequest" && !kept) attempt.begin(attempt.earlier?.before ?? view);
  /** What stood there, by the last look before the write: the first may have been an old answer. */
  const earlier = (before: JsonObject) => {
    if (kept) return { found: kept.found, ...(kept.former && { former: kept.former }) };
    const stood = kind.view(before, {}, id);
    if (kind.adoption === "onRequest") return { found: found(desired, {}, stood, kind.rules) };
    return { former: managed(desired, attempt.earlier?.before ?? stood, kind.rules) };
  };
  const trace: Trace = {};
  try {
    const { live, before } = await bring(session, kind, id, goal, there, trace);
    return created(making, live, earlier(before));
  } catch (error) {
    if (!trace.written) throw error;
    const { live, before, left } = trace.written;
    const done = { ...making, inputs: setBack(inputs, {}, left), desired: setBack(desired, {}, left) };
    throw new HalfDoneError(kind.title(inputs), id, created(done, live, earlier(before)).outs, error);
  }
}

/** Another resource of this program has had the object until now: the new one goes on with all that it knew. */
async function succeed({ session, kind, inputs }: Making, id: string, before: JsonObject): Promise<Created> {
  const title = kind.title(inputs);
  const taken = (outs: JsonObject) => ({ ...outs, ...recorded({ ...recordOf(outs), since: Date.now() }) });
  session.report.info(`${title} (${id}) goes on as another resource of the program; it is not made anew`);
  try {
    const { outs } = await update(session, kind, id, before, inputs);
    return { id, outs: taken(outs) };
  } catch (error) {
    if (!(error instanceof HalfDoneError)) throw error;
    throw new HalfDoneError(title, id, taken(error.properties), error.cause);
  }
}

/** By how much our clock and the tenant's may disagree … */
const CLOCK_SKEW_MS = 5 * 60 * 1000;
/** … and by how much two of the tenant's own, where its token tells how its clock goes. */
const TENANT_SKEW_MS = 5_000;
const ATTEMPTS = 3;

/** Makes the object; after a lost answer, exactly once all the same. */
async function make(making: Making): Promise<Created> {
  const { session, kind, inputs, desired, attempt: note } = making;
  const { api } = kind;
  if (!api.create) {
    throw new ProblemError(`${kind.title(inputs)}: the source has none, or is not there. Check the source`);
  }
  const start = Date.now();
  note.begin();
  for (let attempt = 1; ; attempt += 1) {
    let refusal: SailPointError;
    try {
      const live = await api.create(session, bodyOf(kind, desired), inputs);
      return await finish(making, live);
    } catch (error) {
      if (!(error instanceof SailPointError)) throw error;
      refusal = error;
    }
    note.inDoubt ||= refusal.ambiguous;
    const sourceId = sourceIdOf(inputs);
    session.reads.forget(sourceId);
    if (refusal.kind === "notFound" && (await kind.hasSource?.(session, sourceId)) === false) {
      throw new ProblemError(`${kind.title(inputs)} ${isNowhere(sourceId, session)}`, { cause: refusal });
    }
    const there = await lookFor(making, refusal);
    if (note.inDoubt && there && (await isOurs(making, there, note.earlier?.startedAt ?? start))) {
      return await finish(making, there);
    }
    if (there && kind.adoption === "always") return await takeOver(making, there);
    if (there) throw alreadyThere(making, there, refusal);
    if (!refusal.ambiguous || attempt >= ATTEMPTS) throw refusal;
  }
}

/** What there is under this natural key after a creation failed, as far as the failure lets one expect something. */
async function lookFor({ session, kind, inputs }: Making, error: SailPointError): Promise<JsonObject | undefined> {
  const find = () => kind.api.find(session, inputs);
  if (error.ambiguous) return eventually(find, { limitMs: session.settleMs, signal: session.signal });
  return error.kind === "rejected" || error.kind === "conflict" ? find() : undefined;
}

/** Whether what was found is what we just made, and not something of another's with the same name. */
async function isOurs(making: Making, there: JsonObject, start: number): Promise<boolean> {
  const { session, kind, inputs, desired } = making;
  // What the state has already was not made just now, however young it is.
  if (making.keptOf(kind.id(inputs, there)) !== undefined) return false;
  const at = typeof there["created"] === "string" ? Date.parse(there["created"]) : NaN;
  if (!Number.isNaN(at) && at < (await earliest(session, start))) return false;
  // What the tenant made of our secrets tells nothing.
  const shown = viewed(kind, kind.id(inputs, there), there, desired, {});
  const later = kind.afterCreation?.(desired) ?? [];
  const differs = inPatch(compare(desired, {}, shown, kind.rules, shown, { settled: true }), kind);
  const isAsDeclared = differs.every(({ path }) => later.some((other) => overlap(path, other)));
  return isAsDeclared && immutableDrift(desired, shown, kind.rules).every(({ path: [field] }) => isApart(kind, field));
}

/** What the tenant says was made before this was not made after the start, whatever its clock. */
async function earliest({ client, signal }: Session, start: number): Promise<number> {
  const { clockAheadMs = -Infinity } = await client.bearer(signal ? { signal } : {});
  return start + Math.max(clockAheadMs - TENANT_SKEW_MS, -CLOCK_SKEW_MS);
}

function alreadyThere(
  { kind, inputs, attempt, want, keptOf }: Making,
  there: JsonObject,
  error: SailPointError,
): ProblemError {
  const id = kind.id(inputs, there);
  want(id);
  const isOfThisStack = keptOf(id) !== undefined;
  const replacing = isOfThisStack
    ? "If it shall be replaced (replaceOnChanges, --replace), set deleteBeforeReplace: true, too. "
    : "";
  const cutOff = attempt.earlier
    ? `An earlier command was cut off while it made one of this name; this one (${id}) is not as declared, so it may be ` +
      `another's: if it is the one, import it (the option import, with the id) or declare adopt: true. `
    : "";
  return new ProblemError(
    `${kind.title(inputs)} is on the tenant already. If this program has made it under another resource name, tell ` +
      `Pulumi so by the option aliases (or \`pulumi state rename\`), and nothing is made or deleted. ${replacing}${cutOff}To ` +
      `let this program manage one that others made, declare adopt: true: only what the program declares is then ` +
      `changed. Otherwise choose another name (${error.detail || error.message})`,
    { cause: error },
  );
}

/** What follows its creation, and the fields with their own endpoints; if that fails, the object is kept in the state. */
const finish = (making: Making, made: JsonObject): Promise<Created> =>
  owned(making.own, () => finishMaking(making, made));

async function finishMaking(making: Making, made: JsonObject): Promise<Created> {
  const { session, kind, inputs, desired } = making;
  const id = kind.id(inputs, made);
  session.reads.forget(kind.sourceOf(id));
  if (kind.sourceOf(id) === id) session.reads.expect(id);
  const later = kind.afterCreation?.(desired) ?? [];
  let live = made;
  try {
    if (later.length > 0) live = (await bring(session, kind, id, followingGoal(desired, later), made)).live;
    const changes = compare(desired, {}, kind.view(live, {}, id), kind.rules);
    return created(making, await applyParts(session, kind, id, changes, { desired, applied: {} }, live));
  } catch (error) {
    const done = withoutParts(kind, live === made ? without(inputs, later) : inputs);
    const { outs } = created({ ...making, inputs: done }, live);
    throw new HalfDoneError(kind.title(inputs), id, outs, error);
  }
}

/** What was left out of the creation is all that is planned. */
const followingGoal = (desired: JsonObject, paths: readonly Path[]): Goal => ({
  desired,
  applied: {},
  secrets: {},
  plan: paths.map((path) => ({ kind: "added", path, to: null })),
  refuseUnseen: false,
});

const withoutParts = (kind: Kind, inputs: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(inputs).filter(([field]) => kind.parts?.[field] === undefined));

/** A copy of an object without what stands at these paths. */
const without = (object: JsonObject, paths: readonly Path[]): JsonObject =>
  patched(
    object,
    toPatch(
      paths.map((path) => ({ kind: "removed", path, from: null })),
      object,
    ),
  );

/** The body of the creating request: what is declared, without what has its own endpoint, follows or is ours alone. */
const bodyOf = (kind: Kind, desired: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(without(desired, kind.afterCreation?.(desired) ?? [])).filter(
      ([field, value]) => !isApart(kind, field) && !isBlank(value),
    ),
  );
