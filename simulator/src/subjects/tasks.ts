import { recordTask } from "../audit/events";
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
  finish(tenant: Tenant, task: Task): TaskResult;
  /** Label and attribute of what the task gives back. */
  returns?: readonly (readonly [label: string, attribute: string])[];
}

/** What came of a task, where it is more than success. */
export interface TaskResult {
  completionStatus?: TaskOutcome["completionStatus"];
  message?: string;
  /** Added to the task's attributes. */
  attributes?: JsonObject;
}

export interface Task extends JsonObject {
  id: string;
  kind: TaskKind;
  sourceId: string;
  /** The alias of who started it. */
  launcher: string;
  dueAt: number;
  open: boolean;
  attributes: JsonObject;
  /** What the task works on; no client sees it. */
  input: JsonObject;
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
  { launcher, attributes = {}, input = {} }: { launcher: string; attributes?: JsonObject; input?: JsonObject },
): Task {
  const sourceId = textOf(source["id"]);
  const startedAt = tenant.now();
  const task: Task = {
    id: tenant.ids.next("task", `${kind}/${sourceId}`),
    kind,
    sourceId,
    sourceName: source["name"],
    launcher,
    startedAt,
    created: tenant.timestamp(),
    dueAt: startedAt + durationMs,
    open: true,
    completionStatus: null,
    outcome: nextOutcome(tenant, kind),
    attributes: { appId: sourceId, ...attributes },
    input,
  };
  tenant.storage.collection("tasks").put(task.id, task);
  tenant.storage.collection("open-tasks").put(task.id, { id: task.id });
  settleTasks(tenant);
  return task;
}

/** Ends the tasks whose time has come. Called before every request, so that no timer is needed. */
export function settleTasks(tenant: Tenant): void {
  const now = tenant.now();
  for (const task of openTasks(tenant)) {
    if (now >= task.dueAt + tenant.settings.behaviours.completionStatusLagMs) finish(tenant, task);
  }
}

/** A task that runs on this source, of this kind if one is given. */
export const busyTask = (tenant: Tenant, sourceId: string, kind?: TaskKind): Task | undefined =>
  openTasks(tenant).find((task) => task.sourceId === sourceId && (kind === undefined || task.kind === kind));

/** The labels of what tasks of this kind give back. */
export const returnsOf = (kind: TaskKind) => effects.get(kind)?.returns ?? [];

/** Name and description of tasks of this kind. */
export function describedTask(kind: TaskKind): { uniqueName: string; description: string } {
  const effect = effects.get(kind);
  return { uniqueName: effect?.uniqueName ?? kind, description: effect?.description ?? kind };
}

function openTasks(tenant: Tenant): Task[] {
  const tasks = tenant.storage.collection("tasks");
  return tenant.storage
    .collection("open-tasks")
    .entries()
    .flatMap(([id]) => (tasks.get(id) as Task | undefined) ?? []);
}

function finish(tenant: Tenant, task: Task): void {
  tenant.storage.collection("open-tasks").remove(task.id);
  const outcome = task["outcome"] as TaskOutcome | null;
  const works = outcome === null || outcome.completionStatus === "SUCCESS" || outcome.completionStatus === "WARNING";
  const result = works ? effects.get(task.kind)?.finish(tenant, task) : undefined;
  const ended: Task = {
    ...task,
    open: false,
    input: {},
    completionStatus: outcome?.completionStatus ?? result?.completionStatus ?? "SUCCESS",
    message: outcome?.message ?? result?.message ?? null,
    attributes: { ...task.attributes, ...result?.attributes },
    modified: tenant.timestamp(),
  };
  tenant.storage.collection("tasks").put(task.id, ended);
  const target = { id: task.sourceId, name: textOf(task["sourceName"]) };
  recordTask(tenant, task.launcher, task.kind, statusOf(textOf(ended["completionStatus"])), target);
}

/** The status of the audit event that tells how a task ended. */
function statusOf(completionStatus: string): string {
  if (completionStatus === "SUCCESS" || completionStatus === "WARNING") return "PASSED";
  return completionStatus === "TERMINATED" ? "TERMINATED" : "FAILED";
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
  const { uniqueName, description } = describedTask(task.kind);
  const now = tenant.now();
  const over = now >= task.dueAt;
  const startedAt = Number(task["startedAt"]);
  const done = over ? 100 : Math.floor((100 * (now - startedAt)) / (task.dueAt - startedAt));
  return {
    id: task.id,
    type: "QUARTZ",
    uniqueName: `${uniqueName} of ${textOf(task["sourceName"])}`,
    description,
    parentName: uniqueName,
    launcher: task.launcher,
    target: { id: task.sourceId, type: "APPLICATION", name: task["sourceName"] },
    created: task["created"],
    modified: task["modified"] ?? task["created"],
    launched: task["created"],
    completed: over ? new Date(task.dueAt).toISOString() : null,
    completionStatus: task["completionStatus"] ?? null,
    messages: messagesOf(task),
    returns: returnsOf(task.kind).map(([name, attributeName]) => ({ name, attributeName })),
    attributes: task.attributes,
    progress: over ? null : `${String(done)} %`,
    percentComplete: done,
    taskDefinitionSummary: {
      id: tenant.ids.digest(`definition ${task.kind}`).slice(0, 32),
      uniqueName,
      description,
      parentName: uniqueName,
      executor: null,
      arguments: {},
    },
  };
}

function messagesOf(task: Task): JsonObject[] {
  const message = textOf(task["message"]);
  if (message === "") return [];
  return [
    {
      type: task["completionStatus"] === "WARNING" ? "WARN" : "ERROR",
      localizedText: { locale: "en-US", message },
      key: message,
      parameters: [],
    },
  ];
}
