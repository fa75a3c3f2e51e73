import { SailPointError } from "../api/errors";
import type { Session } from "../tenant/session";
import { eventually } from "../tenant/waiting";
import type { Kind } from "../kinds/kind";
import { ProblemError } from "../tenant/problem";
import {
  type Change,
  type Fingerprints,
  type Found,
  type JsonObject,
  type Patch,
  type Path,
  at,
  compare,
  own,
  patched,
  pathText,
  restoring,
  ruleAt,
  toPatch,
  unmarkedChanges,
} from "../reconcile";
import { confirmed, lookForOurs, patience } from "./confirmed";
import { modifiedOf } from "./record";
import { insist, moved } from "./refused";
import { withUnstable } from "./unstable";
import { inPatch, overlap, viewed } from "./view";

export interface Goal {
  /** In the API's terms. */
  desired: JsonObject;
  /** What we applied, in the API's terms. */
  applied: JsonObject;
  secrets: Fingerprints;
  /** What was there before the program declared it. */
  found?: Found;
  /** What the program asks for beyond what it had applied. Whatever else differs is left to the next refresh. */
  plan?: readonly Change[];
  /** The object's state, where it has one. */
  state?: JsonObject;
  /** The tenant's mark of our last write: an answer from before it is old. */
  modified?: number | undefined;
  /** What the program declares of it, where the rest of the goal is what was there before the program. */
  declared?: JsonObject;
  /** Refuse to write over what the state has not seen. Without, live may be anything, as when taking over. */
  refuseUnseen: boolean;
}

export interface Outcome {
  /** As the tenant has it now. */
  live: JsonObject;
  /** As it was before we wrote. */
  before: JsonObject;
  wrote: boolean;
}

/** How often live may move between our GET and our PATCH before we give up. */
const ATTEMPTS = 3;

/** What was written although the whole did not come to an end. */
export interface Written {
  live: JsonObject;
  before: JsonObject;
  /** What does not stand there, as far as it is known. */
  left: readonly Path[];
}

/** For whoever has to know what was done by what failed. */
export interface Trace {
  written?: Written;
}

/**
 * Brings a live object to its goal by one PATCH of just what differs, computed from a fresh GET (or one just made).
 *
 * @param trace Is told what was written, also if what follows it fails.
 */
export async function bring(
  session: Session,
  kind: Kind,
  id: string,
  asked: Goal,
  justRead?: JsonObject,
  trace: Trace = {},
): Promise<Outcome> {
  const title = kind.title(asked.desired);
  let goal = asked;
  let { refuseUnseen } = asked;
  let before: JsonObject | undefined;
  let mayBeWritten = false;
  for (let attempt = 1; ; attempt += 1) {
    const given = attempt === 1 ? justRead : undefined;
    const live = given ?? (await current(session, kind, id, goal, title));
    // A refusal has written nothing, and the read before it may have been an old answer.
    const earlier = before === undefined || !mayBeWritten ? live : before;
    before = earlier;
    // Other cipher text is somebody's change, unless the tenant gives other cipher text at every read.
    if (refuseUnseen) {
      goal = { ...goal, secrets: await withUnstable(session, kind, id, goal.applied, live, goal.secrets) };
    }
    const view = viewed(kind, id, live, goal.applied, goal.secrets);
    const changes = wanted(goal, view, kind);
    if (changes.length === 0) return { live, before, wrote: attempt > 1 };
    if (refuseUnseen) refuseWhatMoved(title, changes, goal, view, kind);
    const sent = sendable(title, changes, kind.view(live, goal.applied, id), kind);
    const finish = (answer: JsonObject) => finished(session, kind, id, { sent, goal, before: earlier, trace }, answer);
    try {
      return await finish(await send(session, kind, id, live, toPatch(inPatch(sent, kind), live)));
    } catch (error) {
      if (!(error instanceof SailPointError)) throw error;
      const isLast = attempt >= ATTEMPTS;
      mayBeWritten ||= error.ambiguous || trace.written !== undefined;
      if (error.ambiguous) {
        // It may have been applied: what differs now may be our own doing, and is looked at again.
        refuseUnseen = false;
        const applied = await lookForOurs(session, kind, id, { sent, goal, live, isLast });
        if (applied) return await finish(applied);
        if (isLast) throw error;
      } else if (isLast) {
        throw error;
      } else if (!(await moved(session, kind, id, live, error))) {
        return await finish(await insist(session, kind, id, live, inPatch(sent, kind), error));
      }
    }
  }
}

interface Sent {
  sent: readonly Change[];
  goal: Goal;
  before: JsonObject;
  trace: Trace;
}

/** What follows the object's own PATCH: the fields with their own endpoints, and a look at what the tenant made of it. */
async function finished(
  session: Session,
  kind: Kind,
  id: string,
  { sent, goal, before, trace }: Sent,
  answer: JsonObject,
): Promise<Outcome> {
  const own = inPatch(sent, kind);
  const note = (live: JsonObject, left: readonly Path[]) => {
    if (own.length > 0) trace.written = { live, before, left };
  };
  note(
    answer,
    Object.keys(kind.parts ?? {})
      .filter((field) => sent.some(({ path }) => path[0] === field))
      .map((field) => [field]),
  );
  const whole = await applyParts(session, kind, id, sent, goal, answer);
  const live = await confirmed(session, kind, id, own, goal.desired, whole, note);
  return { live, before, wrote: true };
}

/**
 * The changes as they may be sent: where a text stands for a secret that others changed (the program ignores it), the
 * tenant's own cipher text, which keeps the secret.
 */
function sendable(title: string, changes: readonly Change[], live: JsonObject, { rules }: Kind): Change[] {
  const { value, missing } = unmarkedChanges(changes, live, rules);
  if (missing.length > 0) throw new ProblemError(unsendable(title, missing));
  return value;
}

/** What must not be sent, since nothing on the tenant corresponds to it. */
export const unsendable = (title: string, paths: readonly Path[]): string =>
  `${title}: the secret at ${paths.map(pathText).join(", ")} was changed on the tenant, and the program does not say ` +
  `what it shall be (ignoreChanges). Nothing was sent. Declare the secret, and leave it out of ignoreChanges for this \`up\``;

/** What is to be written, as far as it is planned. */
function wanted({ desired, applied, found, plan, declared }: Goal, view: JsonObject, kind: Kind): Change[] {
  const all = compare(desired, applied, view, kind.rules, view, { found });
  const changes = declared ? all.filter((change) => !isLostMember(change, { declared, applied }, kind)) : all;
  const asked = plan ? changes.filter(({ path }) => plan.some((other) => overlap(path, other.path))) : changes;
  return restoring(asked, desired, kind.api.patch === undefined);
}

/**
 * A member that was there before the program, and that is gone: others have taken it away, and may have done so for good,
 * unless the program said that the list is `exact`.
 */
function isLostMember(
  { kind, path }: Change,
  { declared, applied }: Pick<Goal, "applied"> & { declared: JsonObject },
  { rules }: Kind,
): boolean {
  const list = path.slice(0, -1);
  const rule = ruleAt(rules, list);
  if (kind !== "added" || rule?.is !== "keyed" || at(declared, path) !== undefined) return false;
  return rule.exact === undefined || own(at(applied, list.slice(0, -1)), rule.exact) !== true;
}

async function current(
  session: Session,
  kind: Kind,
  id: string,
  { state, modified }: Goal,
  title: string,
): Promise<JsonObject> {
  const read = () => kind.api.get(session, id, true, state);
  const isOld = (live: JsonObject) => modified !== undefined && (modifiedOf(live) ?? 0) < modified;
  const live = await eventually(async () => {
    const answer = await read();
    return answer === undefined || isOld(answer) ? undefined : answer;
  }, patience(session));
  const found = live ?? (await read());
  if (found) return found;
  throw new ProblemError(
    `${title} is no longer on the tenant, so it cannot be updated. Run \`pulumi refresh\`, then \`pulumi up\` makes it anew`,
  );
}

/** A path that is to be written has another value than the state has seen: somebody else's work, shown by no preview. */
function refuseWhatMoved(title: string, changes: readonly Change[], goal: Goal, view: JsonObject, kind: Kind): void {
  const moved = compare(goal.applied, undefined, view, kind.rules, view, { settled: true });
  const overwritten = changes.filter(({ path }) => moved.some((other) => overlap(path, other.path)));
  if (overwritten.length === 0) return;
  throw new ProblemError(
    `${title} was changed on the tenant since the state last saw it: ` +
      `${overwritten.map(({ path }) => pathText(path)).join(", ")}. Nothing was written. ` +
      `Run \`pulumi preview --refresh\` to see that change, then \`pulumi up --refresh\` to set what the program declares`,
  );
}

async function send(session: Session, kind: Kind, id: string, live: JsonObject, patch: Patch): Promise<JsonObject> {
  if (patch.length === 0) return live;
  const { patch: change, put } = kind.api;
  try {
    if (change) return await change(session, id, live, patch);
    if (put) return await put(session, id, patched(live, patch));
    throw new Error(`Bug: a ${kind.name} cannot be written`);
  } finally {
    session.reads.forget(kind.sourceOf(id));
  }
}

/** Writes the changed fields that have an endpoint of their own. */
export async function applyParts(
  session: Session,
  kind: Kind,
  id: string,
  changes: readonly Change[],
  { desired, applied }: Pick<Goal, "desired" | "applied">,
  live: JsonObject,
): Promise<JsonObject> {
  let answer = live;
  for (const [field, part] of Object.entries(kind.parts ?? {})) {
    if (!changes.some(({ path }) => path[0] === field)) continue;
    answer = (await part.apply(session, id, desired[field], answer, applied[field])) ?? answer;
    session.reads.forget(kind.sourceOf(id));
  }
  return answer;
}
