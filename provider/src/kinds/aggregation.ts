import { z } from "zod";
import type { UploadFile } from "../api/operations";
import { taskMessages, taskOutcome } from "../api/tasks";
import { ProblemError } from "../tenant/problem";
import { type Json, type JsonObject, isObject } from "../reconcile";
import type { Session } from "../tenant/session";
import { contentOf, hashOf, nameOf, textAsset } from "./assets";
import { childId, ofSource, splitId } from "./children";
import type { Action } from "./kind";
import { flag, jsonObject, oneOf, outputOnly, required, whole } from "./validation";

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

const inputs = z.strictObject({
  source: required("a Source, or a source's id"),
  of: oneOf("kind of aggregation", Object.keys(STARTS)).optional(),
  csv: textAsset.optional(),
  triggers: jsonObject.optional(),
  disableOptimization: flag.optional(),
  timeoutMinutes: whole("a number of minutes", 1).optional(),
  id: outputOnly("it follows from source and of"),
});

/** An aggregation that runs with the deployment. API: `importAccounts`, `importEntitlements`, `importUncorrelatedAccounts`. */
export const aggregation: Action = {
  name: "Aggregation",
  inputs,
  needs: "importAccounts",
  rules: {
    is: "object",
    fields: {
      source: ofSource("an aggregation"),
      of: { is: "value", absent: "accounts", immutable: "it is the aggregation's key" },
      // The same rows are not loaded again.
      csv: { is: "value", equal: (declared, live) => hashOf(declared) === hashOf(live) },
      triggers: { is: "value" },
      disableOptimization: { is: "value", absent: false },
      timeoutMinutes: { is: "value" },
    },
  },
  title: (declared) => `Aggregation of ${ofWhat(declared)} of source ${String(declared["source"])}`,
  id: (declared) => childId(declared["source"], ofWhat(declared)),
  sourceOf: (id) => splitId(id).sourceId,
  run,
};

const ofWhat = (declared: JsonObject): string => (typeof declared["of"] === "string" ? declared["of"] : "accounts");

async function run(session: Session, declared: JsonObject): Promise<JsonObject> {
  const title = aggregation.title(declared);
  const csv = isObject(declared["csv"]) ? declared["csv"] : undefined;
  const file = csv && { name: nameOf(csv) || "accounts.csv", content: await contentOf(csv) };
  const start = STARTS[ofWhat(declared)];
  if (!start) throw new Error(`Bug: no aggregation of ${ofWhat(declared)}`);
  const taskId = await start(session, String(declared["source"]), file, declared["disableOptimization"] === true);
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
    counts: countsOf(asJson(status.attributes)),
    messages: taskMessages(status),
  };
}

const asJson = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The numbers among a task's results: `total`, `created`, `updated`, `deleted` … */
const countsOf = (attributes: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]): [string, Json][] => {
      const isNumber = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
      return isNumber ? [[key, Number(value)]] : [];
    }),
  );
