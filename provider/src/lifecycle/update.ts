import type { Session } from "../tenant/session";
import type { Kind } from "../kinds/kind";
import {
  type JsonObject,
  type ObjectRule,
  type Rule,
  compare,
  fingerprints,
  managed,
  patched,
  restoring,
  toPatch,
} from "../reconcile";
import { recalled, resolveAll } from "../tenant/references";
import { type Kept, modifiedOf, recordOf } from "./record";
import { inputsOf, stateOf } from "./state";
import { bring } from "./write";

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
  const goal = {
    desired: record.former ? withFormer(kind, desired, record.former) : desired,
    applied,
    secrets: record.secrets,
    state: olds,
    modified: record.modified,
    refuseUnseen: true,
  };
  const advice = (await kind.consequences?.(session, id, applied, desired)) ?? [];
  const { live, before, wrote } = await bring(session, kind, id, goal);
  for (const line of advice) session.report.warn(`${kind.title(inputs)}: ${line}`);
  const modified = modifiedOf(live);
  const former = record.former && formerOf(kind, id, { desired, applied, before, former: record.former });
  const secrets = kind.secrets ? fingerprints(desired, live, kind.secrets(live), record.secrets) : {};
  const now: Omit<Kept, "host"> = {
    ids,
    secrets,
    since: record.since,
    writtenAt: wrote ? Date.now() : record.writtenAt,
    ...(former === undefined ? {} : { former }),
    ...(modified === undefined ? {} : { modified }),
  };
  return { outs: stateOf({ kind, session, inputs, live, record: now }) };
}

/**
 * What an object that we took over shall be: as declared, and where something is no longer declared, as it was before us.
 */
const withFormer = (kind: Kind, desired: JsonObject, former: JsonObject): JsonObject =>
  patched(former, toPatch(compare(desired, {}, former, exactly(kind.rules)), former));

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
  const undone = restoring(compare(former, applied, view, kind.rules), former);
  return managed(desired, patched(view, toPatch(undone, view)), kind.rules);
}

/** Undoes our work on an object that we took over. Gone is as good. */
export async function restore(session: Session, kind: Kind, id: string, olds: JsonObject): Promise<void> {
  const record = recordOf(olds);
  if ((await kind.api.get(session, id, true, olds)) === undefined) return;
  const applied = await recalled(inputsOf(kind, olds), kind.rules, record.ids);
  const desired = { ...record.former };
  await bring(session, kind, id, { desired, applied, secrets: record.secrets, state: olds, refuseUnseen: false });
}
