import { z } from "zod";
import { since2024 } from "../versions";
import { operation } from "./define";
import { file, flag, freeform, maybe, text, whole } from "./shapes";

/** What a deletion answers: the task that does it. */
export const taskReference = z.looseObject({ type: maybe(text), id: text, name: maybe(text) });
/** A task that was started. */
export type TaskReference = z.infer<typeof taskReference>;

const taskMessage = z.looseObject({
  type: maybe(text),
  key: maybe(text),
  localizedText: maybe(z.union([text, z.looseObject({ locale: maybe(text), message: maybe(text) })])),
});

/** The state of a task. It has ended when both `completed` and `completionStatus` are there. */
const taskStatus = z.looseObject({
  id: text,
  type: maybe(text),
  uniqueName: maybe(text),
  description: maybe(text),
  parentName: maybe(text),
  launcher: maybe(text),
  target: maybe(z.looseObject({ id: maybe(text), type: maybe(text), name: maybe(text) })),
  created: maybe(text),
  modified: maybe(text),
  launched: maybe(text),
  completed: maybe(text),
  /** SUCCESS, WARNING, ERROR, TERMINATED, TEMPERROR (also spelled TEMP_ERROR). */
  completionStatus: maybe(text),
  messages: maybe(z.array(taskMessage)),
  attributes: maybe(freeform),
  progress: maybe(text),
  percentComplete: maybe(whole),
});
/** How far a task is, and how it ended. */
export type TaskStatus = z.infer<typeof taskStatus>;

/** What an aggregation of accounts answers. */
const loadTask = z.looseObject({
  success: maybe(flag),
  task: z.looseObject({ id: text, type: maybe(text), name: maybe(text), completionStatus: maybe(text) }),
});
/** The task of an aggregation of accounts, as it begins. */
export type LoadTask = z.infer<typeof loadTask>;

/** What an aggregation of entitlements answers: the task itself. */
const loadEntitlementsTask = z.looseObject({ id: text, type: maybe(text), uniqueName: maybe(text) });
/** The task of an aggregation of entitlements, as it begins. */
export type LoadEntitlementsTask = z.infer<typeof loadEntitlementsTask>;

const syncJob = z.looseObject({
  id: text,
  status: maybe(text),
  payload: maybe(z.looseObject({ type: maybe(text), dataJson: maybe(text) })),
});
/** The job of an attribute synchronization. */
export type SyncJob = z.infer<typeof syncJob>;

export const tasks = {
  getTaskStatus: operation({
    method: "GET",
    path: "/task-status/{id}",
    does: "read the state of the task",
    versions: since2024,
    answer: taskStatus,
  }),
  importAccounts: operation({
    method: "POST",
    path: "/sources/{id}/load-accounts",
    does: "start the account aggregation",
    versions: since2024,
    sends: "multipart",
    body: z.object({ file: file.optional(), disableOptimization: flag.optional() }).optional(),
    answer: loadTask,
  }),
  importUncorrelatedAccounts: operation({
    method: "POST",
    path: "/sources/{id}/load-uncorrelated-accounts",
    does: "start the aggregation of uncorrelated accounts",
    versions: since2024,
    sends: "multipart",
    body: z.object({ file: file.optional() }).optional(),
    answer: loadTask,
  }),
  importEntitlements: operation({
    method: "POST",
    path: "/sources/{sourceId}/load-entitlements",
    does: "start the entitlement aggregation",
    versions: since2024,
    sends: "multipart",
    body: z.object({ file: file.optional() }).optional(),
    answer: loadEntitlementsTask,
  }),
  deleteAccountsAsync: operation({
    method: "POST",
    path: "/sources/{id}/remove-accounts",
    does: "remove the accounts of the source",
    versions: since2024,
    answer: taskReference,
  }),
  syncAttributesForSource: operation({
    method: "POST",
    path: "/sources/{id}/synchronize-attributes",
    does: "synchronize the attributes of the source",
    versions: since2024,
    experimentalIn: since2024,
    answer: syncJob,
  }),
};
