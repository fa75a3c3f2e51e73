import type { UploadFile } from "../api/operations";
import { taskMessages, taskOutcome } from "../api/tasks";
import { type Json, type JsonObject, isObject } from "../reconcile";
import { ProblemError } from "../tenant/problem";
import type { Session } from "../tenant/session";
import { contentOf, hashOf, nameOf } from "./assets";
import { childId, splitId } from "./children";
import { action } from "./kind";
import { sourceTitle } from "./source-names";
import { file, flag, json, number, parent, word } from "./tree/field";

const DEFAULT_TIMEOUT_MINUTES = 60;

/** What can be aggregated, and how it is started: each answers the id of its task. */
const STARTS: Readonly<
  Record<string, (session: Session, id: string, file?: UploadFile, full?: boolean) => Promise<string>>
> = {
  accounts: async ({ client }, id, file, full) => {
    const body = { ...(file ? { file } : {}), ...(full === true ? { disableOptimization: true } : {}) };
    const { task } = await client.call("importAccounts", { id, ...(file || full === true ? { body } : {}) });
    return task.id;
  },
  entitlements: async ({ client }, id, file) =>
    (await client.call("importEntitlements", { sourceId: id, ...(file ? { body: { file } } : {}) })).id,
  uncorrelatedAccounts: async ({ client }, id, file) =>
    (await client.call("importUncorrelatedAccounts", { id, ...(file ? { body: { file } } : {}) })).task.id,
};

export const aggregation = action({
  name: "Aggregation",
  doc:
    "An aggregation that runs when the resource is created, and again when its rows, `triggers` or other inputs change. The " +
    "deployment waits until the tenant's task has ended, and fails with the task's messages when the task does. Destroying " +
    "the resource does nothing: what was aggregated stays. It waits for its source and for nothing else: name the source's " +
    "Schema in `dependsOn`, since accounts that are loaded before it lack the attributes that it declares.",
  operations: ["importAccounts", "importEntitlements", "importUncorrelatedAccounts", "getTaskStatus", "getSource"],
  example: `const loaded = new Aggregation(
  "hr-load",
  { source: hr, csv: new pulumi.asset.FileAsset("people.csv") },
  { dependsOn: account },
);
export const people = loaded.counts;`,
  fields: {
    source: parent("an aggregation"),
    of: word({
      doc: "What is aggregated.",
      default: "`accounts`",
      what: "kind of aggregation",
      of: Object.keys(STARTS),
      absent: "accounts",
      immutable: "it is the aggregation's key",
    }),
    csv: file({
      doc:
        "The rows, as CSV; for Delimited File sources, and for uncorrelated accounts. Only a hash of them is kept in the " +
        "state of a file. The same rows are not loaded again.",
      equal: (declared, live) => hashOf(declared) === hashOf(live),
    }),
    triggers: { ...json({ doc: "Anything: a change of it aggregates again." }) },
    disableOptimization: flag("Reads every account, also those that did not change."),
    timeoutMinutes: number({
      doc: "How long to wait for the tenant, in minutes.",
      default: String(DEFAULT_TIMEOUT_MINUTES),
      give: "a number of minutes",
      least: 1,
    }),
  },
  notInputs: { id: "it follows from source and of" },
  needs: "importAccounts",
  outputs: {
    taskId: { doc: "The tenant's task.", type: "text" },
    status: { doc: "How it ended: `SUCCESS` or `WARNING`.", type: "text" },
    completed: { doc: "When it ended, as an ISO 8601 time.", type: "text" },
    counts: {
      doc: "The numbers that the task left, for example `total`, `created`, `updated`, `deleted`.",
      type: "numberByName",
    },
    messages: { doc: "What the tenant said.", type: "texts" },
  },
  title: (declared) => `Aggregation of ${ofWhat(declared)} of ${sourceTitle(declared["source"])}`,
  id: (declared) => childId(declared["source"], ofWhat(declared)),
  sourceOf: (id) => splitId(id).sourceId,
  run,
});

const ofWhat = (declared: JsonObject): string => (typeof declared["of"] === "string" ? declared["of"] : "accounts");

async function run(session: Session, declared: JsonObject): Promise<JsonObject> {
  const title = aggregation.title(declared);
  const csv = isObject(declared["csv"]) ? declared["csv"] : undefined;
  const rows = csv && { name: nameOf(csv) || "accounts.csv", content: await contentOf(csv) };
  const start = STARTS[ofWhat(declared)];
  if (!start) throw new Error(`Bug: no aggregation of ${ofWhat(declared)}`);
  const taskId = await start(session, String(declared["source"]), rows, declared["disableOptimization"] === true);
  const minutes = typeof declared["timeoutMinutes"] === "number" ? declared["timeoutMinutes"] : DEFAULT_TIMEOUT_MINUTES;
  const began = Date.now();
  const status = await session.client.awaitTask(taskId, {
    timeoutMs: minutes * 60_000,
    context: title,
    onProgress: (task) => {
      if (taskOutcome(task) !== "running") return;
      session.report.status(`${title}: ${String(Math.round((Date.now() - began) / 1000))} s`);
    },
  });
  const outcome = taskOutcome(status);
  if (outcome !== "success" && outcome !== "warning") {
    const told = taskMessages(status).join("; ");
    throw new ProblemError(
      `${title}: the tenant's task ${taskId} ended with ${String(status.completionStatus)}` +
        `${told === "" ? "" : `: ${told}`}. Correct what it names; the next \`pulumi up\` aggregates again`,
    );
  }
  return {
    taskId,
    status: String(status.completionStatus),
    completed: String(status.completed),
    counts: countsOf(isObject(status.attributes) ? status.attributes : {}),
    messages: taskMessages(status),
  };
}

/** The numbers among a task's results: `total`, `created`, `updated`, `deleted` … */
const countsOf = (attributes: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]): [string, Json][] => {
      const isNumber = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
      return isNumber ? [[key, Number(value)]] : [];
    }),
  );
