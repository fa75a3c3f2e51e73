import { notFound } from "../http/errors";
import { from2024, ok, type Call, type Operation } from "../http/operation";
import { textOf, type JsonObject } from "../json";
import type { TaskOutcome } from "../options";
import type { Stored } from "../storage";
import type { Tenant } from "../tenant";

export const taskOperations: readonly Operation[] = [
  { id: "getTaskStatus", method: "GET", path: "/task-status/:id", versions: from2024, handle: get },
];

export type TaskKind = NonNullable<TaskOutcome["kind"]>;

/** What a task does when it ends well, and how it is described. */
export interface TaskEffect {
  uniqueName: string;
  description: string;
  finish(tenant: Tenant, task: Task): void;
}

export interface Task extends JsonObject {
  id: string;
  kind: TaskKind;
  sourceId: string;
  dueAt: number;
  open: boolean;
}

const effects = new Map<TaskKind, TaskEffect>();

/** Says what tasks of a kind do; each subject registers its own. */
export function registerTask(kind: TaskKind, effect: TaskEffect): void {
  effects.set(kind, effect);
}

/** Starts a task on a source. One that takes no time is over when this returns. */
export function startTask(
  tenant: Tenant,
  kind: TaskKind,
  source: Readonly<JsonObject>,
  durationMs: number,
  attributes: JsonObject = {},
): Task {
  const sourceId = textOf(source["id"]);
  const startedAt = tenant.now();
  const task: Task = {
    id: tenant.ids.next("task", `${kind}/${sourceId}`),
    kind,
    sourceId,
    sourceName: source["name"],
    startedAt,
    created: tenant.timestamp(),
    dueAt: startedAt + durationMs,
    open: true,
    completionStatus: null,
    outcome: nextOutcome(tenant, kind),
    attributes: { appId: sourceId, ...attributes },
  };
  tenant.storage.collection("tasks").put(task.id, task);
  settleTasks(tenant);
  return task;
}

/** Ends the tasks whose time has come. Called before every request, so that no timer is needed. */
export function settleTasks(tenant: Tenant): void {
  const now = tenant.now();
  for (const stored of tenant.storage.collection("tasks").list()) {
    const task = stored as Task;
    if (task.open && now >= task.dueAt + tenant.settings.behaviours.completionStatusLagMs) finish(tenant, task);
  }
}

/** A task that runs on this source, of this kind if one is given. */
export function busyTask(tenant: Tenant, sourceId: string, kind?: TaskKind): Task | undefined {
  return (tenant.storage.collection("tasks").list() as Task[]).find(
    (task) => task.open && task.sourceId === sourceId && (kind === undefined || task.kind === kind),
  );
}

function finish(tenant: Tenant, task: Task): void {
  const outcome = task["outcome"] as TaskOutcome | undefined;
  const completionStatus = outcome?.completionStatus ?? "SUCCESS";
  const ended: Task = { ...task, open: false, completionStatus, modified: tenant.timestamp() };
  tenant.storage.collection("tasks").put(task.id, ended);
  if (completionStatus === "SUCCESS" || completionStatus === "WARNING") effects.get(task.kind)?.finish(tenant, ended);
}

function nextOutcome(tenant: Tenant, kind: TaskKind): TaskOutcome | null {
  const { taskOutcomes } = tenant.settings;
  const index = taskOutcomes.findIndex((outcome) => outcome.kind === undefined || outcome.kind === kind);
  return index < 0 ? null : (taskOutcomes.splice(index, 1)[0] ?? null);
}

function get(call: Call) {
  const task = call.tenant.storage.collection("tasks").get(call.param("id"));
  if (task === undefined) throw notFound();
  return ok(presented(call.tenant, task));
}

function presented(tenant: Tenant, stored: Stored): JsonObject {
  const task = stored as Task;
  const effect = effects.get(task.kind);
  const now = tenant.now();
  const over = now >= task.dueAt;
  const length = task.dueAt - Number(task["startedAt"]);
  const done = over ? 100 : Math.floor((100 * (now - Number(task["startedAt"]))) / length);
  return {
    id: task.id,
    type: "QUARTZ",
    uniqueName: `${effect?.uniqueName ?? task.kind} of ${textOf(task["sourceName"])}`,
    description: effect?.description ?? "",
    parentName: effect?.uniqueName ?? null,
    launcher: "slpt.services",
    target: { id: task.sourceId, type: "APPLICATION", name: task["sourceName"] },
    created: task["created"],
    modified: task["modified"] ?? task["created"],
    launched: task["created"],
    completed: over ? new Date(task.dueAt).toISOString() : null,
    completionStatus: task["completionStatus"] ?? null,
    messages: messagesOf(task),
    returns: Array.isArray(task["returns"]) ? task["returns"] : [],
    attributes: task["attributes"],
    progress: over ? null : `${String(done)} %`,
    percentComplete: done,
    taskDefinitionSummary: {
      id: tenant.ids.digest(`definition ${task.kind}`).slice(0, 32),
      uniqueName: effect?.uniqueName ?? task.kind,
      description: effect?.description ?? null,
      parentName: effect?.uniqueName ?? task.kind,
      executor: null,
      arguments: {},
    },
  };
}

function messagesOf(task: Task): JsonObject[] {
  const outcome = task["outcome"] as TaskOutcome | null;
  if (task.open || outcome?.message === undefined) return [];
  return [
    {
      type: outcome.completionStatus === "WARNING" ? "WARN" : "ERROR",
      localizedText: { locale: "en-US", message: outcome.message },
      key: outcome.message,
      parameters: [],
    },
  ];
}
