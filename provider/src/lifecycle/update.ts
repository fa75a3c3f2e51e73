import type { Session } from "../tenant/session";
import type { Kind } from "../kinds/kind";
import {
  type Change,
  type Fingerprints,
  type JsonObject,
  type ObjectRule,
  type Rule,
  changedSecrets,
  compare,
  fingerprints,
  found,
  managed,
  patched,
  pathText,
  planned,
  restoring,
  secretText,
  toPatch,
} from "../reconcile";
import { recalled, resolveAll } from "../tenant/references";
import { adviseOfSecrets } from "./advice";
import { HalfDoneError, setBack } from "./half-done";
import { type Kept, modifiedOf, recordOf } from "./record";
import { inputsOf, stateOf } from "./state";
import { type Goal, type Outcome, type Trace, bring } from "./write";

/** Brings an existing object from what was applied to what is declared now. */
export async function update(
  session: Session,
  kind: Kind,
  id: string,
  olds: JsonObject,
  inputs: JsonObject,
): Promise<{ outs: JsonObject }> {
  const record = recordOf(olds);
  const earlier = { inputs: inputsOf(kind, olds), ids: record.ids };
  const applied = await recalled(earlier.inputs, kind.rules, earlier.ids);
  const { desired, ids } = await resolveAll(inputs, kind.rules, session.references, kind.sourceOf(id), earlier);
  const whole = wholeOf(kind, desired, record.former);
  const goal: Goal = {
    desired: whole,
    applied,
    secrets: record.secrets,
    found: record.found,
    plan: [...planned(desired, applied, kind.rules), ...planned(whole, applied, kind.rules)],
    state: olds,
    ...(record.former ? { declared: desired } : {}),
    modified: record.modified,
    refuseUnseen: true,
  };
  const stateAs = (done: { inputs: JsonObject; desired: JsonObject }, { live, before, wrote }: Outcome): JsonObject => {
    const modified = modifiedOf(live);
    const former =
      record.former && formerOf(kind, id, { desired: done.desired, applied, before, former: record.former });
    const now: Omit<Kept, "host"> = {
      ids,
      secrets: secretsNow(kind, {
        desired: done.desired,
        applied,
        before,
        live,
        known: record.secrets,
        plan: goal.plan ?? [],
      }),
      // What was there before an object was taken over stands in its former content.
      found: former ? {} : found(done.desired, applied, kind.view(before, applied, id), kind.rules, record.found),
      since: record.since,
      writtenAt: wrote ? Date.now() : record.writtenAt,
      ...(former === undefined ? {} : { former }),
      ...(modified === undefined ? {} : { modified }),
    };
    return stateOf({ kind, session, inputs: done.inputs, live, record: now });
  };
  const advice = (await kind.consequences?.(session, id, applied, desired)) ?? [];
  const trace: Trace = {};
  try {
    const outcome = await bring(session, kind, id, goal, undefined, trace);
    for (const line of advice) session.report.warn(`${kind.title(inputs)}: ${line}`);
    adviseOfSecrets(session, kind, inputs, outcome.live, goal.plan);
    return { outs: stateAs({ inputs, desired }, outcome) };
  } catch (error) {
    if (!trace.written) throw error;
    const { left } = trace.written;
    const done = { inputs: setBack(inputs, earlier.inputs, left), desired: setBack(desired, applied, left) };
    throw new HalfDoneError(kind.title(inputs), id, stateAs(done, { ...trace.written, wrote: true }), error);
  }
}

interface Secrets {
  desired: JsonObject;
  applied: JsonObject;
  before: JsonObject;
  live: JsonObject;
  known: Fingerprints;
  plan: readonly Change[];
}

/**
 * Fingerprints after an update. A secret that others changed and that this update did not write keeps the one that is
 * recorded: its change has been shown to nobody yet.
 */
function secretsNow(kind: Kind, { desired, applied, before, live, known, plan }: Secrets): Fingerprints {
  if (!kind.secrets) return {};
  const now = fingerprints(desired, live, kind.secrets(live), known, kind.rules, applied);
  const isPlanned = (text: string) => plan.some(({ path }) => text.startsWith(pathText(path)));
  const unseen = changedSecrets(applied, before, kind.secrets(before), known, kind.rules)
    .filter((pointer) => pointer in now && !isPlanned(secretText(pointer, applied)))
    .map((pointer) => [pointer, known[pointer] ?? ""] as const);
  return { ...now, ...Object.fromEntries(unseen) };
}

/**
 * What an object shall be in all: one that we took over as declared, and where something is no longer declared, as it was
 * before us.
 */
export const wholeOf = (kind: Kind, desired: JsonObject, former: JsonObject | undefined): JsonObject =>
  former ? patched(former, toPatch(compare(desired, {}, former, exactly(kind.rules)), former)) : desired;

/** The rule without defaults: a declared `false` must not get lost because the former object says nothing there. */
function exactly<R extends Rule>(rule: R): R {
  if (rule.is === "value") return { ...rule, absent: undefined };
  if (rule.is === "list" || rule.is === "keyed") return { ...rule, of: exactly(rule.of) };
  if (rule.is !== "object") return rule;
  const fields = Object.entries(rule.fields).map(([key, field]) => [key, exactly(field)]);
  return { ...rule, fields: Object.fromEntries(fields) as ObjectRule["fields"] };
}

interface Content {
  desired: JsonObject;
  applied: JsonObject;
  before: JsonObject;
  former: JsonObject;
}

/** What an object that we took over was before us, for all that is managed now: live with our own work undone. */
function formerOf(kind: Kind, id: string, { desired, applied, before, former }: Content): JsonObject {
  const view = kind.view(before, applied, id);
  const undone = restoring(compare(former, applied, view, kind.rules), former, true);
  return managed(desired, patched(view, toPatch(undone, view)), kind.rules);
}

/** Undoes our work on an object that we took over. Gone is as good. */
export async function restore(session: Session, kind: Kind, id: string, olds: JsonObject): Promise<void> {
  const record = recordOf(olds);
  if ((await kind.api.get(session, id, true, olds)) === undefined) return;
  const applied = await recalled(inputsOf(kind, olds), kind.rules, record.ids);
  const desired = { ...record.former };
  const { secrets } = record;
  await bring(session, kind, id, { desired, applied, secrets, state: olds, declared: {}, refuseUnseen: false });
}
