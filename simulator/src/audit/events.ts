import { textOf, type JsonObject } from "../json";
import type { Tenant } from "../tenant";
import { changesOf, changesOfTasks, type Change, type Moment } from "./changes";

/** A source at this moment: what events are made of, and compared by. */
export function momentOf(tenant: Tenant, sourceId: string): Moment {
  const enabled = tenant.storage.collection("attribute-sync-config", sourceId).get("")?.["enabled"];
  return {
    source: tenant.storage.collection("sources").get(sourceId),
    synchronised: Array.isArray(enabled) ? enabled : [],
  };
}

/** Records what an operation on a source has changed, and who did it. */
export function recordOperation(
  tenant: Tenant,
  actor: string,
  operationId: string,
  sourceId: string,
  before: Moment,
): void {
  const after = momentOf(tenant, sourceId);
  const source = after.source ?? before.source;
  if (source === undefined) return;
  for (const change of changesOf[operationId]?.(before, after) ?? []) {
    record(tenant, actor, change, { id: sourceId, name: textOf(source["name"]) });
  }
}

/** Records how a task on a source ended. */
export function recordTask(tenant: Tenant, actor: string, kind: string, status: string, source: Target): void {
  const change = changesOfTasks[kind]?.(status);
  if (change !== undefined) record(tenant, actor, change, source, status);
}

interface Target {
  id: string;
  name: string;
}

function record(tenant: Tenant, actor: string, change: Change, target: Target, status = "PASSED"): void {
  const id = tenant.ids.next("event", `${change.action}/${target.id}`);
  const created = tenant.timestamp();
  const event: JsonObject = {
    id,
    name: [change.operation, ...change.objects, status].map(titled).join(" "),
    action: change.action,
    type: change.type,
    technicalName: [...change.objects, change.operation, status].join("_"),
    objects: [...change.objects],
    operation: change.operation,
    status,
    created,
    synced: created,
    actor: { name: actor },
    target: { name: target.name },
    attributes: {
      sourceName: target.name,
      ...(tenant.settings.behaviours.eventSourceId ? { sourceId: target.id } : {}),
    },
    trackingNumber: tenant.ids.digest(`tracking ${id}`).slice(0, 32),
    ipAddress: "127.0.0.1",
    details: tenant.ids.digest(`details ${id}`).slice(0, 32),
    stack: "tpe",
    pod: "local",
    org: tenant.org,
    _type: "event",
    _version: "v2",
  };
  tenant.storage.collection("events").put(id, event);
}

const titled = (word: string) => word.slice(0, 1) + word.slice(1).toLowerCase();
