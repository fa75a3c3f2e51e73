import { invalid } from "../http/errors";
import { accepted, from2024, type Call, type Operation } from "../http/operation";
import { optionalFile, requiredFile, requireParts, tableOf, type Table } from "../http/uploads";
import { isObject, textOf, type JsonObject } from "../json";
import type { Tenant } from "../tenant";
import { loadAccounts, loadEntitlements, markCorrelated, removeAccounts } from "./accounts";
import { afterConnectorRan, movedAttributes } from "./connector-attributes";
import { requireDelimitedFile, takesCsv } from "./delimited-file";
import { existingSource } from "./references";
import { busyTask, describedTask, registerTask, returnsOf, startTask, type Task, type TaskKind } from "./tasks";

const multipart = { method: "POST", versions: from2024, accepts: "multipart", bodyOptional: true } as const;

export const aggregationOperations: readonly Operation[] = [
  { id: "importAccounts", path: "/sources/:id/load-accounts", ...multipart, handle: importAccounts },
  {
    id: "importUncorrelatedAccounts",
    path: "/sources/:id/load-uncorrelated-accounts",
    ...multipart,
    handle: importUncorrelated,
  },
  { id: "importEntitlements", path: "/sources/:sourceId/load-entitlements", ...multipart, handle: importEntitlements },
  {
    id: "deleteAccountsAsync",
    method: "POST",
    path: "/sources/:id/remove-accounts",
    versions: from2024,
    handle: deleteAccounts,
  },
];

const labels = (prefix: string, names: readonly string[]) =>
  names.map((name) => [`TASK_OUT_${prefix}_${name.toUpperCase()}`, name] as const);

registerTask("account-aggregation", {
  uniqueName: "Cloud Account Aggregation",
  description: "Aggregate from the specified application",
  returns: labels("ACCOUNT_AGGREGATION", ["applications", "total", "created", "updated", "deleted"]),
  finish: (tenant, task) => {
    const result = loadAccounts(tenant, task.sourceId, tableIn(task));
    if (result.completionStatus !== "ERROR") aggregateNow(tenant, task.sourceId);
    return result;
  },
});

registerTask("entitlement-aggregation", {
  uniqueName: "Cloud Group Aggregation",
  description: "Aggregate from the specified application",
  returns: labels("ACCOUNT_GROUP_AGGREGATION", ["applications", "total", "created", "updated", "deleted"]),
  finish: (tenant, task) => loadEntitlements(tenant, task.sourceId, tableIn(task)),
});

registerTask("uncorrelated-accounts", {
  uniqueName: "Cloud Process Uncorrelated Accounts",
  description: "Processes the file of uncorrelated accounts",
  finish: (tenant, task) => markCorrelated(tenant, task.sourceId, tableIn(task)),
});

registerTask("remove-accounts", {
  uniqueName: "Cloud Remove Accounts",
  description: "Removes all accounts of a source",
  finish: (tenant, task) => removeAccounts(tenant, task.sourceId),
});

/** Moves what every account aggregation moves, at once and without a task. */
export function aggregateNow(tenant: Tenant, sourceId: string): void {
  const source = existingSource(tenant, sourceId);
  const ran = tenant.settings.behaviours.connectorWritesItself ? afterConnectorRan(tenant, source) : source;
  tenant.storage.collection("sources").put(sourceId, aggregated(tenant, ran));
}

function aggregated(tenant: Tenant, source: Readonly<JsonObject>): JsonObject {
  const end = tenant.timestamp();
  const milliseconds = Date.parse(end);
  const status = "SOURCE_STATE_HEALTHY";
  return {
    ...source,
    healthy: true,
    status,
    since: end,
    connectorAttributes: movedAttributes(source, {
      healthy: true,
      status,
      since: end,
      hasFullAggregationCompleted: true,
      acctAggregationStart: milliseconds - 1000,
      acctAggregationEnd: milliseconds,
      lastAggregationDate_account: milliseconds,
      deltaAggregation: { token: tenant.ids.digest(`${textOf(source["id"])} ${end}`).slice(0, 16) },
      md5: tenant.ids.digest(`md5 ${textOf(source["id"])} ${end}`).slice(0, 32),
    }),
  };
}

function importAccounts(call: Call) {
  const source = existingSource(call.tenant, call.param("id"));
  const form = call.form === "unreadable" ? undefined : call.form;
  const optimized = form?.fields.get("disableOptimization") === "true" ? "disabled" : "enabled";
  const table = csvOf(call, source);
  const task = start(call, "account-aggregation", source, table, { optimizedAggregation: optimized });
  return accepted({ success: true, task: launched(task, labelled(task.kind)) });
}

function importUncorrelated(call: Call) {
  const source = existingSource(call.tenant, call.param("id"));
  requireParts(call);
  const task = start(call, "uncorrelated-accounts", source, tableOf(requiredFile(call)), {
    qpocJobId: call.tenant.ids.nextUuid("qpoc-job", textOf(source["id"])),
  });
  return accepted({ success: true, task: launched(task, {}) });
}

function importEntitlements(call: Call) {
  const source = existingSource(call.tenant, call.param("sourceId"));
  const task = start(call, "entitlement-aggregation", source, csvOf(call, source), {});
  const { uniqueName, description } = describedTask(task.kind);
  const returns = labelled(task.kind);
  return accepted({
    id: task.id,
    type: "QUARTZ",
    uniqueName,
    description,
    launcher: task.launcher,
    created: task["created"],
    returns,
  });
}

function deleteAccounts(call: Call) {
  const source = existingSource(call.tenant, call.param("id"));
  const task = startTask(call.tenant, "remove-accounts", source, call.tenant.settings.deletionMs, {
    launcher: call.client.owner,
  });
  return accepted({ type: "TASK_RESULT", id: task.id, name: null });
}

/** The CSV that a Delimited File source needs; other sources read their system and take none. */
function csvOf(call: Call, source: Readonly<JsonObject>): Table | undefined {
  requireParts(call);
  if (!takesCsv(source)) {
    if (optionalFile(call) !== undefined) requireDelimitedFile(source, "a file of accounts or entitlements");
    return undefined;
  }
  return tableOf(requiredFile(call), delimiterOf(source));
}

function delimiterOf(source: Readonly<JsonObject>): string {
  const attributes = source["connectorAttributes"];
  const delimiter = isObject(attributes) ? textOf(attributes["delimiter"]) : "";
  if (delimiter.length > 1) throw invalid(`connectorAttributes.delimiter "${delimiter}" is longer than one character.`);
  return delimiter === "" ? "," : delimiter;
}

const busyMessage =
  "This aggregation failed because the currently running aggregation must complete before the next one can start.";

/** Starts the task. One that comes while another of its kind runs is taken, and fails. */
function start(
  call: Call,
  kind: TaskKind,
  source: Readonly<JsonObject>,
  table: Table | undefined,
  attributes: JsonObject,
): Task {
  const { tenant } = call;
  const launcher = call.client.owner;
  if (busyTask(tenant, textOf(source["id"]), kind) !== undefined) {
    tenant.settings.taskOutcomes.unshift({ kind, completionStatus: "ERROR", message: busyMessage });
    return startTask(tenant, kind, source, 0, { launcher, attributes });
  }
  const input = table === undefined ? {} : { table };
  return startTask(tenant, kind, source, tenant.settings.aggregationMs, { launcher, attributes, input });
}

const tableIn = (task: Task) => task.input["table"] as Table | undefined;

const labelled = (kind: TaskKind) =>
  returnsOf(kind).map(([displayLabel, attributeName]) => ({ displayLabel, attributeName }));

/** A task as it looks in the answer that starts it. */
function launched(task: Task, returns: unknown): JsonObject {
  const { uniqueName, description } = describedTask(task.kind);
  return {
    id: task.id,
    type: "QUARTZ",
    name: uniqueName,
    description,
    launcher: task.launcher,
    created: task["created"],
    launched: null,
    completed: null,
    completionStatus: null,
    parentName: null,
    messages: [],
    progress: null,
    attributes: task.attributes,
    returns,
  };
}
