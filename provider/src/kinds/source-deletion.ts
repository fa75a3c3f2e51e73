import { unlessAborted } from "../api/clock";
import { SailPointError } from "../api/errors";
import type { TaskStatus } from "../api/operations";
import { taskMessages, taskOutcome } from "../api/tasks";
import { type Session, besideSession } from "../tenant/session";
import { eventually } from "../tenant/waiting";
import { ProblemError } from "../tenant/problem";
import type { JsonObject } from "../reconcile";
import { forgetDeletion, noteDeletion, notedDeletion } from "../tenant/deletion-notes";
import { absentAsUndefined, asObject } from "../tenant/wire";
import { sourceTitle } from "./source-names";

/** How long the tenant may take to delete a source's accounts and the source. */
const DELETION_LIMIT_MS = 60 * 60 * 1000;
/** How long a deleted source may still answer. */
const LINGER_LIMIT_MS = 60 * 1000;
/** At which looks for a source that is still there its task is asked for, too: the second, the sixth … */
const isTaskDue = (looks: number): boolean => looks % 4 === 2;
/** How often a deletion that the tenant calls a temporary failure is tried. */
const ATTEMPTS = 3;

/**
 * Deletes a source and waits until it is gone: first who uses it (then nothing is deleted), then DELETE, then until the
 * list of sources has it no more and its task has ended. Already gone is success.
 */
export async function deleteSource(session: Session, id: string, applied: JsonObject): Promise<void> {
  const title = `Source "${String(applied["name"])}"`;
  if ((await refuseWhileInUse(session, id, title)) === "gone") return;
  for (let attempt = 1; ; attempt += 1) {
    const begun = await begin(session, title, id);
    const end = begun === "gone" ? begun : await departure(session, { title, id, ...begun });
    if (end === "gone") {
      forgetDeletion(session, id);
      return;
    }
    if (taskOutcome(end.task) !== "temporary" || attempt >= ATTEMPTS) {
      throw new ProblemError(failed(title, end.taskId, end.task));
    }
  }
}

const awaitedOn = besideSession(() => new Map<string, Promise<void>>());

/**
 * Waits for the end of a deletion that an earlier command of this machine began and left: what it deletes is still there,
 * and would be taken for a source that stays.
 */
export function earlierDeletion(session: Session, id: string): Promise<void> {
  const awaited = awaitedOn(session);
  // For all that hangs on the source, too: who asks first may be given up sooner than others.
  const end = awaited.get(id) ?? endOfEarlier({ ...session, signal: undefined, limitMs: undefined }, id);
  awaited.set(id, end);
  return unlessAborted(end, session.signal);
}

async function endOfEarlier(session: Session, id: string): Promise<void> {
  const { client, reads, report } = session;
  const taskId = notedDeletion(session, id);
  if (taskId === undefined || !client.has("getTaskStatus")) return;
  const title = sourceTitle(id).replace(/^s/, "S");
  const context = `Cannot learn what came of the deletion of ${title}`;
  let task: TaskStatus | undefined;
  try {
    task = await absentAsUndefined(client.call("getTaskStatus", { id: taskId }, { context }));
  } catch (error) {
    // The client may read the source and no tasks. What else is wrong the read that follows tells.
    if (error instanceof SailPointError) return;
    throw error;
  }
  if (task && taskOutcome(task) === "running") {
    report.warn(
      `${title} is being deleted by the tenant's task ${taskId}, which an earlier command began: waiting for its end`,
    );
    const end = await departure(session, { title, id, taskId, context });
    if (end !== "gone") report.warn(failed(title, taskId, end.task));
    reads.forget(id);
  }
  forgetDeletion(session, id);
}

/**
 * Begins the deletion. A source that cannot be deleted and is still there is in a deletion that began earlier, by a
 * command that was interrupted or whose answer got lost: then until it is gone, or can be deleted again as that failed.
 */
async function begin(
  session: Session,
  title: string,
  id: string,
): Promise<{ taskId: string; context: string } | "gone"> {
  const { client, reads, report, signal, limitMs = DELETION_LIMIT_MS } = session;
  const context = `Cannot delete ${title}`;
  let told = false;
  const begun = await eventually(
    async () => {
      const task = await absentAsUndefined(client.call("deleteSource", { id }, { context }));
      if (task) {
        noteDeletion(session, id, task.id);
        return { taskId: task.id, context };
      }
      if ((await reads.source(id, true)) === undefined) return "gone" as const;
      if (!told) report.status(`${title}: waiting for a deletion that began earlier`);
      told = true;
      return undefined;
    },
    { limitMs, signal },
  );
  if (begun) return begun;
  throw new ProblemError(`${title}: a deletion that began earlier does not end. Look at it in the tenant's admin page`);
}

interface Departure {
  title: string;
  id: string;
  taskId: string;
  /** The beginning of an error. */
  context: string;
}

/** Waits until the source is gone, or its task has ended and has not deleted it. */
async function departure(
  { client, departures, report, signal, limitMs = DELETION_LIMIT_MS }: Session,
  { title, id, taskId, context }: Departure,
): Promise<"gone" | { taskId: string; task: TaskStatus }> {
  // Version v3 of the API cannot tell how a task ended: then the source's absence is all there is to wait for.
  const tellsTasks = client.has("getTaskStatus");
  const start = Date.now();
  let end = start + limitMs;
  const seconds = () => String(Math.round((Date.now() - start) / 1000));
  const onProgress = (task?: TaskStatus) => {
    if (task && taskOutcome(task) !== "running") return;
    report.status(`${title}: waiting for the deletion task ${taskId}, ${seconds()} s`);
  };
  for (let looks = 1; Date.now() < end; looks += 1) {
    const isGone = await unlessAborted(departures.isGone(id, looks === 1), signal);
    if (isGone && !tellsTasks) return "gone";
    // Its end is read when the source is gone; now and then before, since a task that failed leaves the source there.
    const isDue = tellsTasks && isTaskDue(looks);
    const task = isGone
      ? await client.awaitTask(taskId, { timeoutMs: limitMs, context, onProgress })
      : isDue && (await absentAsUndefined(client.call("getTaskStatus", { id: taskId }, { context })));
    const outcome = task ? taskOutcome(task) : "running";
    if (task && !["running", "success", "warning"].includes(outcome)) return { taskId, task };
    if (isGone) return "gone";
    if (outcome === "running") onProgress();
    else end = Math.min(end, Date.now() + LINGER_LIMIT_MS);
  }
  throw new ProblemError(`Waited ${seconds()} s until ${title} is gone, in vain. Run the command again later`);
}

const failed = (title: string, taskId: string, task: TaskStatus): string => {
  const told = taskMessages(task).join("; ").replace(/\.$/, "");
  return (
    `${title} was not deleted: the tenant's task ${taskId} ended with ${String(task.completionStatus)}` +
    `${told === "" ? "" : `: ${told}`}. The source is still there; run the command again, ` +
    `and if it keeps failing look at the task in the tenant's admin page`
  );
};

/** The lists of `getSourceConnections`, and what their members are called. */
const USERS: Readonly<Record<string, string>> = {
  identityProfiles: "identity profile",
  credentialProfiles: "credential profile",
  sourceAttributes: "identity attribute",
  mappingProfiles: "mapping profile",
  dependentCustomTransforms: "transform",
  dependentApps: "application",
  missingDependents: "dependent",
};

/** The sources that nobody used when a destroying command read them, by the tenant's reads: they are not asked for again. */
const unused = besideSession(() => new Set<string>());

/** Who uses a source, asked before a command's first deletion. */
export async function usersBefore(session: Session, id: string, title: string): Promise<string[]> {
  const users = (await whoUses(session, id, title)) ?? [];
  if (users.length === 0) unused(session).add(id);
  return users;
}

/** Who uses a source; nothing where there is no such source. */
async function whoUses({ client }: Session, id: string, title: string): Promise<string[] | undefined> {
  const context = `Cannot delete ${title}`;
  const connections = await absentAsUndefined(client.call("getSourceConnections", { sourceId: id }, { context }));
  return connections && usersOf(asObject(connections));
}

/** A source in use is not deleted by the tenant, and would lose what hangs on it before that is told. */
export async function refuseWhileInUse(session: Session, id: string, title: string): Promise<"unused" | "gone"> {
  if (unused(session).has(id)) return "unused";
  const users = await whoUses(session, id, title);
  if (users === undefined) return "gone";
  if (users.length === 0) return "unused";
  throw new ProblemError(
    `${title} is in use, so it was not deleted, and nothing was changed on the tenant. It is used by ${users.join(", ")}. ` +
      `Take the source out of these first, or keep the source with retainOnDelete`,
  );
}

/** Who uses a source, each as `transform "name"`. */
export function usersOf(connections: JsonObject): string[] {
  return Object.entries(USERS).flatMap(([list, what]) => {
    const members = connections[list];
    return Array.isArray(members) ? members.map((member) => `${what} ${nameOf(member)}`) : [];
  });
}

function nameOf(member: unknown): string {
  if (typeof member !== "object" || member === null) return JSON.stringify(member);
  const { name, description, cloudAppId, id = cloudAppId } = member as Record<string, unknown>;
  if (name === undefined && typeof description === "string" && description !== "") {
    // Of an application the tenant tells no name here.
    return `${JSON.stringify(description)} (${String(id)})`;
  }
  return JSON.stringify(name ?? id ?? member);
}
